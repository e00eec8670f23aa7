//! Days and hours in Paris, and two months later: written again here, so that the model believes none of the code that it
//! judges.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

fn days(date: Date) -> i64 {
    i64::from(date.since(epoch()).unwrap().get_days())
}

fn date(seconds: i64) -> Date {
    epoch().checked_add(seconds.div_euclid(DAY).days()).unwrap()
}

/// The last Sunday of a month of 31 days, at one o'clock UTC: when summer time begins and ends.
fn change(year: i16, month: i8) -> i64 {
    let mut day = Date::constant(year, month, 31);
    while day.weekday() != Weekday::Sunday {
        day = day.yesterday().unwrap();
    }
    days(day) * DAY + HOUR
}

fn offset(seconds: i64) -> i64 {
    let year = date(seconds).year();
    if (change(year, 3)..change(year, 10)).contains(&seconds) { 2 * HOUR } else { HOUR }
}

/// The day in Paris at an instant, in seconds since 1970.
pub(crate) fn paris_day(seconds: i64) -> Date {
    date(seconds + offset(seconds))
}

/// The instant at which clocks in Paris show so many minutes after midnight.
pub(crate) fn paris(day: Date, minutes: i64) -> i64 {
    let local = days(day) * DAY + minutes * 60;
    local - offset(local - HOUR)
}

/// Days from one to the other, from midnight to midnight in Paris.
pub(crate) fn days_between(from: i64, to: i64) -> i64 {
    days(paris_day(to)) - days(paris_day(from))
}

/// The same day and hour two calendar months later, in UTC, or the last day of a month that has no such day.
pub(crate) fn two_months_later(seconds: i64) -> i64 {
    let day = date(seconds);
    let months = i32::from(day.month()) + 1;
    let (year, month) = (day.year() + (months / 12) as i16, (months % 12 + 1) as i8);
    let last = Date::constant(year, month, 1).days_in_month();
    days(Date::constant(year, month, day.day().min(last))) * DAY + seconds.rem_euclid(DAY)
}

#[test]
fn the_days_of_the_model_are_those_of_the_calendar() {
    let instant = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!(two_months_later(instant("2027-12-31T10:00:00Z")), instant("2028-02-29T10:00:00Z"));
    assert_eq!(two_months_later(instant("2027-10-30T23:30:00Z")), instant("2027-12-30T23:30:00Z"));
    // Summer time begins on the 28th of March and ends on the 31st of October.
    for (day, midnight) in [
        ("2027-03-28", "2027-03-27T23:00:00Z"),
        ("2027-03-29", "2027-03-28T22:00:00Z"),
        ("2027-10-31", "2027-10-30T22:00:00Z"),
        ("2027-11-01", "2027-10-31T23:00:00Z"),
    ] {
        let day: Date = day.parse().unwrap();
        assert_eq!(paris(day, 0), instant(midnight));
        assert_eq!(paris_day(paris(day, 0)), day);
        assert_eq!(paris_day(paris(day, 0) - 1), day.yesterday().unwrap());
    }
}

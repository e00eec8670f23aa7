//! Dates as feeds and deposits write them, as instants.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// Reads an ISO-8601 instant; without an offset it is UTC, without a time it is midnight.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let civil = match text.parse::<Date>() {
        Ok(date) if text.len() <= 10 => date.to_datetime(Time::midnight()),
        _ => text.parse::<DateTime>().ok()?,
    };
    Offset::UTC.to_timestamp(civil).ok()
}

/// Seconds since 1970, as cards hold them; none before 1970 or after 2106.
pub fn seconds(instant: Timestamp) -> Option<u32> {
    u32::try_from(instant.as_second()).ok()
}

/// Two calendar months later (the 31st of December gives the last of February): how long an offer lives.
pub fn two_months_later(instant: Timestamp) -> Option<Timestamp> {
    let later = Offset::UTC.to_datetime(instant).checked_add(2.months()).ok()?;
    Offset::UTC.to_timestamp(later).ok()
}

/// The day in Paris at an instant.
pub fn paris_day(instant: Timestamp) -> Date {
    paris().to_datetime(instant).date()
}

/// When a day begins in Paris.
pub fn paris_midnight(day: Date) -> Timestamp {
    // No change of time is at midnight, so that each day has one.
    let midnight = day.to_datetime(Time::midnight());
    paris().to_timestamp(midnight).or_else(|_| Offset::UTC.to_timestamp(midnight)).unwrap_or(Timestamp::MIN)
}

/// What clocks show in Paris at an instant.
pub fn paris_time(instant: Timestamp) -> DateTime {
    paris().to_datetime(instant)
}

/// When clocks show this in Paris: the first time where they show it twice, none where they skip it.
pub fn paris_instant(shown: DateTime) -> Option<Timestamp> {
    let instant = paris().to_timestamp(shown).ok()?;
    (paris_time(instant) == shown).then_some(instant)
}

/// A day as it is said in French.
pub fn in_words(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let month = usize::try_from(day.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let ordinal = if day.day() == 1 { "er" } else { "" };
    format!("{}{ordinal} {} {}", day.day(), month.copied().unwrap_or_default(), day.year())
}

/// The rule of summer time is written out (EU directive 2000/84), since functions run where no table of time zones is
/// installed.
fn paris() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC)
}

/// ISO-8601 in UTC with milliseconds, the only form that the public answers use.
pub fn iso(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Serde's view of an optional instant, through [`parse`] and [`iso`].
pub mod option {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the public form.
    pub fn serialize<S: Serializer>(instant: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        instant.map(super::iso).serialize(serializer)
    }

    /// Reads any form that [`super::parse`] reads; an absent or empty one is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        match Option::<String>::deserialize(deserializer)? {
            Some(text) if !text.trim().is_empty() => {
                super::parse(&text).map(Some).ok_or_else(|| serde::de::Error::custom("not an ISO-8601 date"))
            }
            _ => Ok(None),
        }
    }
}

/// Serde's view of an instant that must be there, through [`parse`] and [`iso`].
pub mod iso_form {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the public form.
    pub fn serialize<S: Serializer>(instant: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        super::iso(*instant).serialize(serializer)
    }

    /// Reads any form that [`super::parse`] reads.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::parse(&text).ok_or_else(|| serde::de::Error::custom("not an ISO-8601 date"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_every_usual_form() {
        for text in [
            "2026-08-01T00:00:00.000Z",
            "2026-08-01T02:00:00+02:00",
            "2026-08-01T00:00:00",
            "2026-08-01 00:00:00",
            " 2026-08-01 ",
        ] {
            assert_eq!(iso(parse(text).unwrap()), "2026-08-01T00:00:00.000Z", "{text}");
        }
    }

    #[test]
    fn refuses_anything_else() {
        for text in ["", "01/08/2026", "2026-13-01", "2026-08-01T25:00", "soon"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn two_months_are_calendar_months() {
        let later = |text| iso(two_months_later(parse(text).unwrap()).unwrap());
        assert_eq!(later("2026-06-15T10:00:00Z"), "2026-08-15T10:00:00.000Z");
        assert_eq!(later("2026-12-31T10:00:00Z"), "2027-02-28T10:00:00.000Z");
    }

    #[test]
    fn the_day_in_paris_begins_one_or_two_hours_before_that_of_utc() {
        let day = |text| paris_day(parse(text).unwrap()).to_string();
        assert_eq!(day("2026-01-31T22:59:59Z"), "2026-01-31");
        assert_eq!(day("2026-01-31T23:00:00Z"), "2026-02-01");
        assert_eq!(day("2026-07-31T21:59:59Z"), "2026-07-31");
        assert_eq!(day("2026-07-31T22:00:00Z"), "2026-08-01");
        // Summer time ended at 01:00 UTC that day.
        assert_eq!(day("2026-10-25T22:59:59Z"), "2026-10-25");
    }

    #[test]
    fn a_day_in_paris_begins_where_the_day_before_ends() {
        for day in ["2026-01-31", "2026-03-29", "2026-03-30", "2026-07-31", "2026-10-25", "2026-10-26"] {
            let day: Date = day.parse().unwrap();
            let begins = paris_midnight(day);
            assert_eq!(paris_day(begins), day);
            assert_eq!(paris_day(begins - jiff::SignedDuration::from_millis(1)), day.yesterday().unwrap());
        }
    }

    #[test]
    fn seconds_hold_1970_to_2106() {
        assert_eq!(seconds(parse("1970-01-01").unwrap()), Some(0));
        assert_eq!(seconds(parse("1969-12-31").unwrap()), None);
        assert_eq!(seconds(parse("2107-01-01").unwrap()), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            if let Some(instant) = parse(&text) {
                let _ = (seconds(instant), two_months_later(instant), iso(instant));
            }
        }
    }
}

//! The years a training is tagged with: those in which it starts or is under way.

use jiff::Timestamp;
use jiff::tz::Offset;

/// The first year that can be told apart.
const FIRST: i16 = 2010;
/// How many years can.
const COUNT: i16 = 32;
/// From this month on the next school year but one is shown.
const SEPTEMBER: i8 = 9;

/// A set of years from 2010 to 2041, packed in the bits of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Years(u32);

impl Years {
    /// The years among the tags of a training; others of its tags say nothing here.
    pub fn of_tags<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        Self::of(tags.into_iter().filter_map(|tag| tag.parse().ok()))
    }

    /// The years whose trainings are shown at `now`: this one and the next, and beside them the last one before
    /// September, the one after the next from September on (contract 1.8).
    pub fn shown_at(now: Timestamp) -> Self {
        let today = Offset::UTC.to_datetime(now).date();
        let third = if today.month() < SEPTEMBER { today.year() - 1 } else { today.year() + 2 };
        Self::of([today.year(), today.year() + 1, third])
    }

    /// Whether one year at least is in both.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The stored form.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Reads the stored form.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    fn of(years: impl IntoIterator<Item = i16>) -> Self {
        let known = years.into_iter().map(|year| year - FIRST).filter(|place| (0..COUNT).contains(place));
        Self(known.fold(0, |bits, place| bits | 1 << place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(day: &str) -> Vec<i16> {
        let years = Years::shown_at(format!("{day}T12:00:00Z").parse().unwrap());
        (2010..2042).filter(|&year| years.meets(Years::of([year]))).collect()
    }

    #[test]
    fn the_last_year_is_shown_until_september_and_the_one_after_the_next_from_then_on() {
        assert_eq!(shown("2026-08-31"), [2025, 2026, 2027]);
        assert_eq!(shown("2026-09-01"), [2026, 2027, 2028]);
    }

    #[test]
    fn a_tag_that_is_no_year_says_nothing() {
        assert_eq!(Years::of_tags(["2026", "rentrée", "1999", "9999"]), Years::of([2026]));
        assert!(!Years::of_tags(["rentrée"]).meets(Years(u32::MAX)));
    }
}

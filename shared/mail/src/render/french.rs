//! Names, days and spans as French says them.

pub(super) use domain::date::in_words;

use crate::words::harmless;

/// Made harmless as a whole, since two halves may make an address.
pub(super) fn full_name(first_name: &str, last_name: &str) -> String {
    harmless(&format!("{first_name} {last_name}"))
}

/// So many of something, whose plural ends in s.
pub(super) fn counted(count: u32, what: &str) -> String {
    let plural = if count > 1 { "s" } else { "" };
    format!("{count} {what}{plural}")
}

/// How long it is until then.
pub(super) fn in_days(days: u8) -> String {
    match days {
        0 => "aujourd'hui".to_owned(),
        1 => "demain".to_owned(),
        days => format!("dans {days} jours"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_said_as_in_french() {
        assert_eq!(in_words(date(2026, 10, 1)), "1er octobre 2026");
        assert_eq!(in_words(date(2027, 2, 28)), "28 février 2027");
    }

    #[test]
    fn what_is_counted_is_one_or_several() {
        assert_eq!([1, 2].map(|count| counted(count, "formation")), ["1 formation", "2 formations"]);
    }

    #[test]
    fn a_span_is_said_as_in_french() {
        assert_eq!([0, 1, 7].map(in_days), ["aujourd'hui", "demain", "dans 7 jours"]);
    }
}

//! When an appointment may be: what a centre types in a form, in the time of Paris, and what becomes of it.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::date;

/// Slots that one answer proposes.
pub const MAX_SLOTS: usize = 5;
/// How far ahead a slot may be, in days: the link by which it is picked and given up works as long.
pub const HORIZON_DAYS: i64 = 60;
/// The shortest appointment, in minutes.
pub const MIN_MINUTES: u16 = 10;
/// The longest one, in minutes.
pub const MAX_MINUTES: u16 = 240;
/// How long one is that nobody says how long it is, in minutes.
pub const USUAL_MINUTES: u16 = 30;

/// When an appointment may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    /// When it begins.
    #[serde(with = "date::iso_form")]
    pub starts_at: Timestamp,
    /// How long it lasts, in minutes.
    pub minutes: u16,
}

impl Slot {
    /// When it ends.
    pub fn ends_at(&self) -> Timestamp {
        let length = jiff::SignedDuration::from_mins(i64::from(self.minutes));
        self.starts_at.checked_add(length).unwrap_or(Timestamp::MAX)
    }

    /// As it is said in French, in the time of Paris: « lundi 7 septembre 2026 à 14 h 30 (30 minutes) ».
    pub fn in_words(&self) -> String {
        let local = date::paris_time(self.starts_at);
        format!(
            "{} à {} h {:02} ({} minutes)",
            day_in_words(local.date()),
            local.hour(),
            local.minute(),
            self.minutes
        )
    }
}

fn day_in_words(day: Date) -> String {
    const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    format!("{} {}", DAYS.get(weekday).unwrap_or(&""), date::in_words(day))
}

/// A slot as a form sends it: any of it may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedSlot {
    /// The day, as browsers send it (`2026-09-07`), or as people write it (`07/09/2026`).
    pub day: String,
    /// The hour: `14:30`, or `14h30`.
    pub hour: String,
    /// How long it lasts, in minutes.
    pub minutes: String,
}

/// Why a slot cannot be proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    /// It has no day, or none that can be read.
    #[error("Indiquez une date, par exemple 07/09/2026.")]
    Day,
    /// It has no hour, or none that can be read, or that day has no such hour, since clocks are put forward.
    #[error("Indiquez une heure, par exemple 14:30.")]
    Hour,
    /// It lasts too short or too long.
    #[error("Indiquez une durée de 10 à 240 minutes.")]
    Minutes,
    /// It is over, or has begun.
    #[error("Ce créneau est déjà passé : proposez-en un à venir.")]
    Past,
    /// It is too far ahead.
    #[error("Ce créneau est trop lointain : proposez-en un dans les 60 jours.")]
    TooFar,
    /// It is there twice.
    #[error("Ce créneau est proposé deux fois.")]
    Twice,
}

impl TypedSlot {
    /// Whether nothing was typed: the length alone says nothing, since forms fill it in.
    pub fn is_empty(&self) -> bool {
        self.day.trim().is_empty() && self.hour.trim().is_empty()
    }

    fn read(&self, now: Timestamp) -> Result<Slot, SlotError> {
        let day = read_day(self.day.trim()).ok_or(SlotError::Day)?;
        let hour = read_hour(self.hour.trim()).ok_or(SlotError::Hour)?;
        let minutes = match self.minutes.trim() {
            "" => USUAL_MINUTES,
            typed => typed.parse().map_err(|_| SlotError::Minutes)?,
        };
        if !(MIN_MINUTES..=MAX_MINUTES).contains(&minutes) {
            return Err(SlotError::Minutes);
        }
        let starts_at = date::paris_instant(day.to_datetime(hour)).ok_or(SlotError::Hour)?;
        if starts_at <= now {
            return Err(SlotError::Past);
        }
        if starts_at.duration_since(now) > jiff::SignedDuration::from_hours(24 * HORIZON_DAYS) {
            return Err(SlotError::TooFar);
        }
        Ok(Slot { starts_at, minutes })
    }
}

/// The slots of a form, in the order of time: those that say nothing are left out. Or what is wrong, with the place of each
/// in the form.
pub fn read_slots(typed: &[TypedSlot], now: Timestamp) -> Result<Vec<Slot>, Vec<(usize, SlotError)>> {
    let (mut slots, mut wrong): (Vec<Slot>, Vec<(usize, SlotError)>) = (Vec::new(), Vec::new());
    for (place, typed) in typed.iter().enumerate().take(MAX_SLOTS).filter(|(_, typed)| !typed.is_empty()) {
        match typed.read(now) {
            Ok(slot) if slots.iter().any(|known| known.starts_at == slot.starts_at) => {
                wrong.push((place, SlotError::Twice));
            }
            Ok(slot) => slots.push(slot),
            Err(error) => wrong.push((place, error)),
        }
    }
    slots.sort();
    if wrong.is_empty() { Ok(slots) } else { Err(wrong) }
}

fn read_day(text: &str) -> Option<Date> {
    if let Ok(day) = Date::strptime("%Y-%m-%d", text) {
        return Some(day);
    }
    Date::strptime("%d/%m/%Y", text).ok()
}

fn read_hour(text: &str) -> Option<Time> {
    let text = text.to_lowercase().replace(" h ", ":").replace('h', ":");
    let text = text.strip_suffix(':').map_or_else(|| text.clone(), |hour| format!("{hour}:00"));
    Time::strptime("%H:%M", &text).or_else(|_| Time::strptime("%H:%M:%S", &text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-09-01T08:00:00Z".parse().unwrap()
    }

    fn typed(day: &str, hour: &str) -> TypedSlot {
        TypedSlot { day: day.to_owned(), hour: hour.to_owned(), minutes: "30".to_owned() }
    }

    fn one(day: &str, hour: &str) -> Result<Timestamp, SlotError> {
        read_slots(&[typed(day, hour)], now()).map(|slots| slots[0].starts_at).map_err(|wrong| wrong[0].1)
    }

    #[test]
    fn a_slot_is_read_in_the_time_of_paris_however_it_is_written() {
        let wanted = Ok("2026-09-07T12:30:00Z".parse().unwrap());
        for (day, hour) in [
            ("2026-09-07", "14:30"),
            (" 07/09/2026 ", "14h30"),
            ("7/9/2026", "14 h 30"),
            ("2026-09-07", "14:30:00"),
        ] {
            assert_eq!(one(day, hour), wanted, "{day} {hour}");
        }
        assert_eq!(one("2026-09-07", "14h"), Ok("2026-09-07T12:00:00Z".parse().unwrap()));
        let winter = one("2026-10-27", "14:30");
        assert_eq!(winter, Ok("2026-10-27T13:30:00Z".parse().unwrap()));
    }

    #[test]
    fn what_is_over_or_far_ahead_or_no_instant_is_refused() {
        for (day, hour, error) in [
            ("", "14:30", SlotError::Day),
            ("31/02/2026", "14:30", SlotError::Day),
            ("demain", "14:30", SlotError::Day),
            ("2026-09-07", "", SlotError::Hour),
            ("2026-09-07", "25:00", SlotError::Hour),
            ("2026-09-01", "10:00", SlotError::Past),
            ("2025-09-07", "14:30", SlotError::Past),
            ("2026-10-31", "09:01", SlotError::TooFar),
            ("2036-09-07", "14:30", SlotError::TooFar),
        ] {
            assert_eq!(one(day, hour), Err(error), "{day} {hour}");
        }
        assert!(one("2026-09-01", "10:01").is_ok() && one("2026-10-31", "09:00").is_ok());
        let spring: Timestamp = "2027-03-20T08:00:00Z".parse().unwrap();
        let gap = read_slots(&[typed("2027-03-28", "02:30")], spring);
        assert_eq!(gap, Err(vec![(0, SlotError::Hour)]), "clocks are put forward at two");
    }

    #[test]
    fn what_says_nothing_is_left_out_and_every_mistake_is_told_with_its_place() {
        let empty = TypedSlot { minutes: "30".to_owned(), ..TypedSlot::default() };
        assert_eq!(read_slots(&[empty.clone(), empty.clone()], now()), Ok(Vec::new()));
        let mixed = [typed("2026-09-08", "9:00"), empty, typed("2026-09-08", "09:00"), typed("x", "9:00")];
        assert_eq!(read_slots(&mixed, now()), Err(vec![(2, SlotError::Twice), (3, SlotError::Day)]));
        let long = TypedSlot { minutes: "241".to_owned(), ..typed("2026-09-08", "9:00") };
        assert_eq!(read_slots(&[long], now()), Err(vec![(0, SlotError::Minutes)]));
        let many = vec![typed("2026-09-08", "9:00"), typed("2026-09-07", "9:00")];
        let sorted = read_slots(&many, now()).unwrap();
        assert!(sorted.is_sorted() && sorted.len() == 2);
    }

    #[test]
    fn a_slot_is_said_as_in_french() {
        let slot = Slot { starts_at: "2026-09-07T12:05:00Z".parse().unwrap(), minutes: 45 };
        assert_eq!(slot.in_words(), "lundi 7 septembre 2026 à 14 h 05 (45 minutes)");
        assert_eq!(slot.ends_at().to_string(), "2026-09-07T12:50:00Z");
    }
}

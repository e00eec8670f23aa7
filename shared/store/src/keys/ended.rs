//! The keys of what is over.

use jiff::civil::Date;

use super::Key;

/// What ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An application.
    Application,
    /// A request for an appointment.
    Appointment,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Appointment => "appointment",
        }
    }
}

/// A shelf of those that end on a day.
pub(crate) fn ending(kind: Kind, day: Date, shelf: u8) -> String {
    format!("{}s-ending#{day}#{shelf}", kind.name())
}

/// One of them on its shelf.
pub(crate) fn shelved(kind: Kind, day: Date, shelf: u8, id: &str) -> Key {
    Key::new(ending(kind, day, shelf), id)
}

/// A statistic, among those of its month. Its id is random: in no order, and of nothing.
pub(crate) fn statistic(kind: Kind, created: Date, id: &str) -> Key {
    Key::new(format!("{}-statistics#{}", kind.name(), created.strftime("%Y-%m")), format!("{created}#{id}"))
}

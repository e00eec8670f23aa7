//! The stored form of marks: short, and exact to the last bit of a distance.

use search::merge::NearMark;
use serde::{Deserialize, Serialize};
use usecases::changes::{ChangesMark, Progress};
use usecases::search::Mark;

/// Of a search.
#[derive(Serialize, Deserialize)]
pub enum MarkForm {
    /// At the beginning.
    S,
    /// After a distance (its bits), a time and an id.
    N(u64, u32, String),
    /// After a position of a list.
    L(String),
}

/// Of changes: written or withdrawn, and expired.
#[derive(Serialize, Deserialize)]
pub struct ChangesForm(ProgressForm, ProgressForm);

/// Of one log.
#[derive(Serialize, Deserialize)]
enum ProgressForm {
    S,
    A(String),
    D,
}

impl From<&Mark> for MarkForm {
    fn from(mark: &Mark) -> Self {
        match mark {
            Mark::Start => Self::S,
            Mark::Near(NearMark { km, created_at, id }) => Self::N(km.to_bits(), *created_at, id.clone()),
            Mark::Listed(position) => Self::L(position.clone()),
        }
    }
}

impl From<MarkForm> for Mark {
    fn from(form: MarkForm) -> Self {
        match form {
            MarkForm::S => Self::Start,
            MarkForm::N(km, created_at, id) => {
                Self::Near(NearMark { km: f64::from_bits(km), created_at, id })
            }
            MarkForm::L(position) => Self::Listed(position),
        }
    }
}

impl From<&ChangesMark> for ChangesForm {
    fn from(mark: &ChangesMark) -> Self {
        Self((&mark.changed).into(), (&mark.expired).into())
    }
}

impl From<ChangesForm> for ChangesMark {
    fn from(ChangesForm(changed, expired): ChangesForm) -> Self {
        Self { changed: changed.into(), expired: expired.into() }
    }
}

impl From<&Progress> for ProgressForm {
    fn from(progress: &Progress) -> Self {
        match progress {
            Progress::Start => Self::S,
            Progress::After(position) => Self::A(position.clone()),
            Progress::Done => Self::D,
        }
    }
}

impl From<ProgressForm> for Progress {
    fn from(form: ProgressForm) -> Self {
        match form {
            ProgressForm::S => Self::Start,
            ProgressForm::A(position) => Self::After(position),
            ProgressForm::D => Self::Done,
        }
    }
}

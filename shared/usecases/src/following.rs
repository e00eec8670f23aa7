//! Pages of what changed: what a partner follows of its applications, and a site of its appointments.

use crate::ports::{PortError, Standing};

/// What one page holds at most.
const PAGE: usize = 100;
/// How long before an instant whoever asks for what changed since gets what changed, in seconds. A change is dated before it
/// is written, and written before it is seen: what was dated first may be seen last.
const OVERLAP_SECONDS: u32 = 60;

/// One of them, as whoever follows it sees it: where it stands, and nothing of who wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed<Id, Facts> {
    /// Its id.
    pub id: Id,
    /// Where it stands.
    pub facts: Facts,
}

impl<Id, Facts> From<Standing<Id, Facts>> for Followed<Id, Facts> {
    fn from(Standing { id, facts, .. }: Standing<Id, Facts>) -> Self {
        Self { id, facts }
    }
}

/// What changed since an instant, in seconds since 1970, or within the minute before, the longest ago first, as it stands; and
/// the mark after which the next page begins, if there is one. `list` is asked from when on, and how many at most.
pub(crate) async fn changed<Id, Facts>(
    since: u32,
    list: impl AsyncFnOnce(u32, usize) -> Result<Vec<(String, Id)>, PortError>,
    find: impl AsyncFn(&Id) -> Result<Option<Standing<Id, Facts>>, PortError>,
) -> Result<(Vec<Followed<Id, Facts>>, Option<String>), PortError> {
    let listed = list(since.saturating_sub(OVERLAP_SECONDS), PAGE).await?;
    let mut followed = Vec::with_capacity(listed.len());
    for (_, id) in &listed {
        // One that was changed since it was listed comes again, further on.
        followed.extend(find(id).await?.map(Followed::from));
    }
    let next = listed.last().filter(|_| listed.len() == PAGE).map(|(mark, _)| mark.clone());
    Ok((followed, next))
}

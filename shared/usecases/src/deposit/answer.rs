//! What partners are answered of a recruiter and its offers.

use domain::recruiter::{Job, Recruiter};
use sha2::{Digest, Sha256};

use crate::ports::{CommitError, PortError, StoredAnswer};

/// Bytes of an entity tag: two states of one offer never meet by chance.
const TAG_BYTES: usize = 12;

/// The longest answer, in bytes: what a function may answer, less what stands around it.
const MAX_BYTES: usize = 5_500_000;

/// The recruiter with its offers; `tag` is the offer that the request was about. [`CommitError::AnswerTooLarge`] where it could
/// not be answered: then nothing may be written either.
pub(crate) fn recruiter(
    status: u16,
    recruiter: &Recruiter,
    tag: Option<&Job>,
) -> Result<StoredAnswer, CommitError> {
    let shown = recruiter.clone().shown();
    let body = serde_json::to_string(&shown).map_err(|error| PortError::new("write an answer", error))?;
    if body.len() > MAX_BYTES {
        return Err(CommitError::AnswerTooLarge);
    }
    Ok(StoredAnswer { status, body, etag: tag.map(etag) })
}

/// That it is done, and nothing else.
pub(crate) fn done(job: &Job) -> StoredAnswer {
    StoredAnswer { status: 204, body: String::new(), etag: Some(etag(job)) }
}

/// The entity tag of an offer: of what a partner may change, and of where the offer stands. Who looked at it, and which
/// reminders left, is no other offer.
pub fn etag(job: &Job) -> String {
    let mut same = job.clone();
    same.relance_mail_sent = false;
    same.reminded_days = None;
    same.stats_detail_view = 0;
    same.stats_search_view = 0;
    for delegation in &mut same.delegations {
        delegation.cfa_read_company_detail_at = None;
    }
    // A job is a tree of texts and numbers, which JSON always holds.
    let json = serde_json::to_vec(&same).unwrap_or_default();
    hex::encode(Sha256::digest(json).get(..TAG_BYTES).unwrap_or_default())
}

/// Whether `If-Match` names this offer as it is: `*` names any (RFC 9110, 13.1.1).
pub(crate) fn names(tags: &[String], job: &Job) -> bool {
    let tag = etag(job);
    tags.iter().any(|named| named == "*" || *named == tag)
}

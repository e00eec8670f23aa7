//! What follows from a write, as actions of its transaction: the stored answer, mails, events, links.

use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::event::EventMessage;
use domain::link::StoredLink;
use domain::mail::DueMail;
use usecases::ports::{CommitError, Completion, Consequences, Guard, PortError, STREAM_SECONDS};

use crate::attributes::{EXPIRES_AT, Item, bytes, number, text};
use crate::change::Change;
use crate::expression::Expression;
use crate::keys;
use crate::mails::new_mail;
use crate::outbox::set_due;
use crate::requests::{ANSWER, ANSWERED, BODY_HASH, ETAG, RUNNING, STATE, STATUS};
use crate::transact::{Condition, put, put_if, put_where, update};

pub(crate) const EVENT: &str = "event";
/// The largest answer that is kept, packed: an item takes 400 KB with all its attributes.
const MAX_ANSWER_BYTES: usize = 380_000;
pub(crate) const ACTION: &str = "action";
pub(crate) const USED_AT: &str = "used_at";

/// The actions of what follows from a write. The stored answer is the first, and then the link that is followed, so that
/// whoever comes second is told so, whatever else would fail as well: see [`refusal`].
pub(crate) fn actions(
    table: &str,
    consequences: &Consequences,
) -> Result<Vec<TransactWriteItem>, CommitError> {
    let mut actions = Vec::new();
    if let Some(kept) = &consequences.completion {
        actions.push(completion(table, kept, consequences.now)?);
    }
    if let Some(link) = &consequences.follows {
        actions.push(follow(table, link, consequences.now)?);
    }
    for due in &consequences.mails {
        actions.push(put_if(table, mail(due, consequences.now)?, Condition::Absent)?);
    }
    for message in &consequences.events {
        actions.push(put(table, event(message, consequences.now)?)?);
    }
    for link in &consequences.links {
        actions.push(put(table, self::link(link)?)?);
    }
    Ok(actions)
}

/// What it means that the condition of an action of [`actions`] failed; none for an action after them.
pub(crate) fn refusal(consequences: &Consequences, at: usize) -> Option<CommitError> {
    let kept = usize::from(consequences.completion.is_some());
    let followed = kept + usize::from(consequences.follows.is_some());
    let Consequences { mails, events, links, .. } = consequences;
    if at < kept {
        Some(CommitError::NotFirst)
    } else if at < followed {
        Some(CommitError::LinkUsed)
    } else if at < followed + mails.len() {
        // A mail has the id of its cause: another request has just done the same.
        Some(CommitError::Overtaken)
    } else if at < followed + mails.len() + events.len() + links.len() {
        Some(PortError::new("write what follows", "a consequence is there already").into())
    } else {
        None
    }
}

/// Marks a link as used, on the conditions that it was not and has not expired.
pub(crate) fn follow(table: &str, link: &StoredLink, now: u32) -> Result<TransactWriteItem, PortError> {
    let unused = "attribute_exists(pk) AND attribute_not_exists(#used_at) AND #expires_at > :now";
    let used = Change::on(unused, &[EXPIRES_AT]).with("now", number(now)).set(USED_AT, number(now));
    update(table, &keys::link(&link.token_hash), &used)
}

/// Stores the answer of a request, on the condition that nobody else answered it.
pub(crate) fn completion(
    table: &str,
    completion: &Completion,
    now: u32,
) -> Result<TransactWriteItem, CommitError> {
    let packed = zstd::encode_all(completion.answer.body.as_bytes(), 3)
        .map_err(|error| PortError::new("pack an answer", error))?;
    if packed.len() > MAX_ANSWER_BYTES {
        return Err(CommitError::AnswerTooLarge);
    }
    let mut item = keys::request(completion.key.as_str()).attributes();
    item.insert(STATE.to_owned(), text(ANSWERED));
    item.insert(BODY_HASH.to_owned(), text(&completion.body_hash));
    item.insert(STATUS.to_owned(), number(completion.answer.status));
    if let Some(tag) = &completion.answer.etag {
        item.insert(ETAG.to_owned(), text(tag));
    }
    item.insert(ANSWER.to_owned(), bytes(packed));
    item.insert(EXPIRES_AT.to_owned(), number(completion.expires_at));
    let condition = match &completion.guard {
        Guard::Claimed { holder } => {
            Expression::new("#state = :running AND #holder = :holder", &["state", "holder"])
                .with("running", text(RUNNING))
                .with("holder", text(holder))
        }
        // TTL deletes days late, so the condition looks at the time as well.
        Guard::Unanswered => {
            Expression::new("attribute_not_exists(pk) OR #expires_at <= :now", &["expires_at"])
                .with("now", number(now))
        }
    };
    Ok(put_where(table, item, &condition)?)
}

fn mail(due: &DueMail, now: u32) -> Result<Item, PortError> {
    let mut item = new_mail(due, now)?;
    set_due(&mut item, due.id.as_str(), now + STREAM_SECONDS);
    Ok(item)
}

/// An event that is owed.
pub(crate) fn event(message: &EventMessage, now: u32) -> Result<Item, PortError> {
    let json = serde_json::to_string(message).map_err(|error| PortError::new("write an event", error))?;
    let mut item = keys::event(&message.id).attributes();
    item.insert(EVENT.to_owned(), text(json));
    set_due(&mut item, &message.id, now + STREAM_SECONDS);
    Ok(item)
}

fn link(link: &StoredLink) -> Result<Item, PortError> {
    let json = serde_json::to_string(&link.action).map_err(|error| PortError::new("write a link", error))?;
    let mut item = keys::link(&link.token_hash).attributes();
    item.insert(ACTION.to_owned(), text(json));
    item.insert(EXPIRES_AT.to_owned(), number(link.expires_at));
    Ok(item)
}

//! A webhook as its item holds it.

use domain::date;
use domain::event::DisabledReason;
use domain::webhook::{Health, Reach, Wanted, Webhook, WebhookState, WebhookUrl};
use jiff::Timestamp;

use crate::attributes::{BadItem, Item, SK, bytes, get_number, get_text, number, text};
use crate::change::Change;
use crate::keys;

pub(super) const STATE: &str = "state";
pub(super) const ENABLED: &str = "enabled";
pub(super) const SECRET: &str = "secret";
pub(super) const VERSION: &str = "version";
pub(super) const REVISION: &str = "revision";
pub(super) const LAST_SUCCESS: &str = "last_success";
pub(super) const LAST_FAILURE: &str = "last_failure";
pub(super) const FAILING_SINCE: &str = "failing_since";
const PAUSED: &str = "paused";
const FAILING: &str = "failing";
const GONE: &str = "gone";
const URL: &str = "url";
const EVENTS: &str = "events";
const CREATED_AT: &str = "created_at";

/// One that nobody has called yet.
pub(super) fn new_webhook(partner: &str, webhook: &Webhook, sealed: Vec<u8>) -> Item {
    let mut item = keys::webhook(partner, &webhook.id).attributes();
    item.insert(URL.to_owned(), text(webhook.url.as_str()));
    item.insert(EVENTS.to_owned(), text(kinds(&webhook.wanted)));
    item.insert(STATE.to_owned(), text(word(webhook.state)));
    item.insert(CREATED_AT.to_owned(), text(date::iso(webhook.created_at)));
    item.insert(SECRET.to_owned(), bytes(sealed));
    item.insert(VERSION.to_owned(), number(0));
    item
}

/// What its partner changes of it.
pub(super) fn replaced(webhook: &Webhook) -> Change {
    let change = Change::on("attribute_exists(pk)", &[])
        .set(URL, text(webhook.url.as_str()))
        .set(EVENTS, text(kinds(&webhook.wanted)))
        .set(STATE, text(word(webhook.state)))
        .add_one(VERSION, true);
    if webhook.health.failing_since.is_none() { change.remove(&[FAILING_SINCE]) } else { change }
}

/// What becomes of one that is given up.
pub(super) fn stopped(change: Change, reason: DisabledReason) -> Change {
    change.set(STATE, text(word(WebhookState::Disabled(reason))))
}

/// Reads an item. Its address was looked at when it was written, and is again when it is called: here, where it may be is
/// not known.
pub(super) fn webhook(item: &Item) -> Result<Webhook, BadItem> {
    Ok(Webhook {
        id: get_text(item, SK)?.parse().map_err(|_| BadItem(SK))?,
        url: WebhookUrl::parse(get_text(item, URL)?, Reach::Loopback).map_err(|_| BadItem(URL))?,
        wanted: wanted(get_text(item, EVENTS)?)?,
        created_at: date::parse(get_text(item, CREATED_AT)?).ok_or(BadItem(CREATED_AT))?,
        state: state(get_text(item, STATE)?)?,
        health: Health {
            last_success: instant(item, LAST_SUCCESS)?,
            last_failure: instant(item, LAST_FAILURE)?,
            failing_since: instant(item, FAILING_SINCE)?,
        },
    })
}

/// A count, zero where it is absent.
pub(super) fn count(item: &Item, name: &'static str) -> Result<u32, BadItem> {
    u32::try_from(get_number(item, name)?).map_err(|_| BadItem(name))
}

/// Types as one text; none for all.
fn kinds(wanted: &Wanted) -> String {
    match wanted {
        Wanted::All => String::new(),
        Wanted::Only(kinds) => kinds.join(","),
    }
}

fn wanted(kinds: &str) -> Result<Wanted, BadItem> {
    if kinds.is_empty() {
        return Ok(Wanted::All);
    }
    Wanted::only(kinds.split(',')).map_err(|_| BadItem(EVENTS))
}

const fn word(state: WebhookState) -> &'static str {
    match state {
        WebhookState::Enabled => ENABLED,
        WebhookState::Paused => PAUSED,
        WebhookState::Disabled(DisabledReason::Failing) => FAILING,
        WebhookState::Disabled(DisabledReason::Gone) => GONE,
    }
}

fn state(word: &str) -> Result<WebhookState, BadItem> {
    Ok(match word {
        ENABLED => WebhookState::Enabled,
        PAUSED => WebhookState::Paused,
        FAILING => WebhookState::Disabled(DisabledReason::Failing),
        GONE => WebhookState::Disabled(DisabledReason::Gone),
        _ => return Err(BadItem(STATE)),
    })
}

fn instant(item: &Item, name: &'static str) -> Result<Option<Timestamp>, BadItem> {
    let seconds = i64::from(count(item, name)?);
    if seconds == 0 {
        return Ok(None);
    }
    Timestamp::from_second(seconds).map(Some).map_err(|_| BadItem(name))
}

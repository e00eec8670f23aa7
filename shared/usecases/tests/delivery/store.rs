//! The store, in memory, with the conditions that its ports promise and no other.
//!
//! What they leave open is decided as an adapter must: a mail is due, for the sweeper, when its state says that
//! something can be done about it; whatever changes its state changes its revision; putting off does neither.

mod requests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::email::Email;
use domain::event::{BounceReason, EventMessage};
use domain::mail::{DueMail, MailId, Template};
use requests::Record;
use usecases::ports::{
    Bounce, MailEntry, MailState, OUTBOX_SHARDS, Overdue, Owed, RequestKey, STREAM_SECONDS, Settle,
    StartSending, Started,
};

use crate::without::Without;

/// A mail in the ledger.
pub(crate) struct Ledgered {
    pub(crate) entry: MailEntry,
    /// The write that made it due.
    pub(crate) cause: String,
    due_at: Option<u32>,
    /// Who changed it last, so that saying it again is no conflict.
    changed_by: String,
    /// Only for [`Without::SuppressionInSameStep`].
    looked_suppressed: bool,
}

/// An event in the outbox.
struct OwedEvent {
    message: EventMessage,
    due_at: Option<u32>,
}

/// What a request created.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) cause: String,
    pub(crate) event: String,
    pub(crate) mail: MailId,
    pub(crate) request: usize,
    pub(crate) key: RequestKey,
    pub(crate) at: u32,
}

#[derive(Default)]
pub(crate) struct Store {
    without: Option<Without>,
    pub(crate) mails: BTreeMap<MailId, Ledgered>,
    pub(crate) entities: Vec<Entity>,
    events: BTreeMap<String, OwedEvent>,
    suppressed: BTreeMap<Email, Vec<BounceReason>>,
    bounces: BTreeSet<String>,
    requests: HashMap<RequestKey, Record>,
    listed: [Vec<Overdue>; OUTBOX_SHARDS as usize],
}

fn shard_of(id: &str) -> u8 {
    id.bytes().next().unwrap_or_default() % OUTBOX_SHARDS
}

/// When something can be done about a mail.
fn due_at(state: MailState) -> Option<u32> {
    match state {
        MailState::Pending { not_before: at } | MailState::Sending { lease_until: at } => Some(at),
        MailState::Unknown { resend_at } => resend_at,
        MailState::Sent | MailState::Failed | MailState::Suppressed => None,
    }
}

impl Ledgered {
    fn change(&mut self, state: MailState, by: &str) {
        self.entry.state = state;
        self.entry.revision += 1;
        self.due_at = due_at(state);
        by.clone_into(&mut self.changed_by);
        if state.is_final() {
            self.entry.due = None;
        }
    }
}

impl Store {
    pub(crate) fn new(without: Option<Without>) -> Self {
        Self { without, ..Self::default() }
    }

    pub(crate) fn lacks(&self, safeguard: Without) -> bool {
        self.without == Some(safeguard)
    }

    /// Whether mails of this template to this address must not leave.
    pub(crate) fn is_suppressed(&self, to: &Email, template: Template) -> bool {
        let counts =
            |reason: &BounceReason| *reason != BounceReason::Unsubscribed || template.may_be_stopped();
        self.suppressed.get(to).is_some_and(|reasons| reasons.iter().any(counts))
    }

    pub(crate) fn suppress(&mut self, address: &Email, reason: BounceReason) {
        self.suppressed.entry(address.clone()).or_default().push(reason);
    }

    pub(crate) fn owe_mail(&mut self, mail: &DueMail, cause: &str, now: u32) {
        let entry = MailEntry {
            id: mail.id.clone(),
            template: mail.mail.template(),
            state: MailState::Pending { not_before: now },
            unknowns: 0,
            deferrals: 0,
            revision: 0,
            application: None,
            appointment: None,
            due: Some(mail.clone()),
        };
        self.mails.entry(mail.id.clone()).or_insert_with(|| Ledgered {
            entry,
            cause: cause.to_owned(),
            due_at: Some(now + STREAM_SECONDS),
            changed_by: String::new(),
            looked_suppressed: false,
        });
    }

    pub(crate) fn owe_event(&mut self, message: &EventMessage, now: u32) {
        let owed = || OwedEvent { message: message.clone(), due_at: Some(now + STREAM_SECONDS) };
        self.events.entry(message.id.clone()).or_insert_with(owed);
    }

    /// Ids of all events that were ever owed.
    pub(crate) fn events(&self) -> impl Iterator<Item = &str> {
        self.events.keys().map(String::as_str)
    }

    /// When the sweeper has something to do, at the earliest.
    pub(crate) fn next_due(&self) -> Option<u32> {
        let mails = self.mails.values().filter_map(|mail| mail.due_at);
        mails.chain(self.events.values().filter_map(|event| event.due_at)).min()
    }

    pub(crate) fn find_mail(&mut self, id: &MailId, now: u32) -> Option<MailEntry> {
        let (held, lapsed) = (self.lacks(Without::Lease), self.lacks(Without::UnknownState));
        let mail = self.mails.get(id)?;
        let to = mail.entry.due.as_ref().map(|due| due.to.clone());
        let suppressed = to.is_some_and(|to| self.is_suppressed(&to, mail.entry.template));
        let mail = self.mails.get_mut(id)?;
        mail.looked_suppressed = suppressed;
        let mut entry = mail.entry.clone();
        if let MailState::Sending { lease_until } = entry.state
            && ((held && lease_until > now) || (lapsed && lease_until <= now))
        {
            entry.state = MailState::Pending { not_before: 0 };
        }
        Some(entry)
    }

    pub(crate) fn take(&mut self, start: &StartSending) -> Started {
        let suppressed = self.is_suppressed(&start.to, start.template);
        let (unchecked, earlier) =
            (self.lacks(Without::SuppressionCheck), self.lacks(Without::SuppressionInSameStep));
        let (any_revision, unwritten) =
            (self.lacks(Without::RevisionOfTake), self.lacks(Without::LedgerBeforeCall));
        let Some(mail) = self.mails.get_mut(&start.id) else { return Started::Overtaken };
        if mail.entry.revision == start.seen + 1 && mail.changed_by == start.holder {
            return Started::Ours;
        }
        if mail.entry.revision != start.seen && !any_revision {
            return Started::Overtaken;
        }
        if !unchecked && if earlier { mail.looked_suppressed } else { suppressed } {
            return Started::Suppressed;
        }
        if !unwritten {
            mail.change(MailState::Sending { lease_until: start.lease_until }, &start.holder);
        }
        Started::Ours
    }

    pub(crate) fn settle(&mut self, settle: &Settle) -> bool {
        let any_revision = self.lacks(Without::RevisionOfSettle);
        let Some(mail) = self.mails.get_mut(&settle.id) else { return false };
        if mail.entry.revision == settle.seen + 1 && mail.changed_by == settle.holder {
            return true;
        }
        if mail.entry.revision != settle.seen && !any_revision {
            return false;
        }
        mail.change(settle.state, &settle.holder);
        mail.entry.unknowns += u32::from(matches!(settle.state, MailState::Unknown { .. }));
        mail.entry.deferrals += u32::from(settle.deferral);
        true
    }

    pub(crate) fn confirm(&mut self, id: &MailId) {
        let keeps_revision = self.lacks(Without::RevisionOfConfirm);
        let Some(mail) = self.mails.get_mut(id) else { return };
        let state = mail.entry.state;
        if !matches!(state, MailState::Sent | MailState::Failed | MailState::Suppressed) {
            let revision = mail.entry.revision;
            mail.change(MailState::Sent, "");
            if keeps_revision {
                mail.entry.revision = revision;
            }
        }
    }

    /// False where it was recorded before.
    pub(crate) fn record_bounce(&mut self, bounce: &Bounce) -> bool {
        if !self.bounces.insert(bounce.dedupe.clone()) {
            return false;
        }
        self.suppress(&bounce.address, bounce.reason);
        if let Some(message) = &bounce.event {
            self.owe_event(message, bounce.now);
        }
        true
    }

    /// What is due, or what was when somebody looked last: an index lags.
    pub(crate) fn list(&mut self, shard: u8, now: u32, limit: u16, stale: bool) -> Vec<Overdue> {
        if stale {
            return self.listed[usize::from(shard)].clone();
        }
        let is_due = |at: Option<u32>| at.filter(|at| *at <= now);
        let mails =
            self.mails.iter().filter(|(id, _)| shard_of(id.as_str()) == shard).filter_map(|(id, mail)| {
                is_due(mail.due_at).map(|due_at| Overdue { owed: Owed::Mail(id.clone()), due_at })
            });
        let events = self.events.iter().filter(|(id, _)| shard_of(id) == shard).filter_map(|(id, event)| {
            is_due(event.due_at).map(|due_at| Overdue { owed: Owed::Event(id.clone()), due_at })
        });
        let mut overdue: Vec<Overdue> = mails.chain(events).collect();
        overdue.sort_by_key(|overdue| overdue.due_at);
        overdue.truncate(usize::from(limit));
        self.listed[usize::from(shard)].clone_from(&overdue);
        overdue
    }

    pub(crate) fn postpone(&mut self, overdue: &Overdue, until: u32) {
        let due_at = match &overdue.owed {
            Owed::Mail(id) => self.mails.get_mut(id).map(|mail| &mut mail.due_at),
            Owed::Event(id) => self.events.get_mut(id).map(|event| &mut event.due_at),
            Owed::Scan(id) => panic!("nobody applied, and there is {id}"),
            Owed::Webhook(id) => panic!("no partner has a webhook, and there is {id}"),
        };
        if let Some(due_at) = due_at
            && *due_at == Some(overdue.due_at)
        {
            *due_at = Some(until);
        }
    }

    /// Only for [`Without::OutboxUntilSettled`].
    pub(crate) fn forget_due(&mut self, id: &MailId) {
        if let Some(mail) = self.mails.get_mut(id) {
            mail.due_at = None;
        }
    }

    pub(crate) fn find_event(&mut self, id: &str) -> Option<EventMessage> {
        let forgets = self.lacks(Without::OutboxUntilPublished);
        let event = self.events.get_mut(id).filter(|event| event.due_at.is_some())?;
        if forgets {
            event.due_at = None;
        }
        Some(event.message.clone())
    }

    pub(crate) fn settle_event(&mut self, id: &str) {
        if let Some(event) = self.events.get_mut(id) {
            event.due_at = None;
        }
    }
}

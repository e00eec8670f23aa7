//! What each process does, as its function will: thin, around the use cases themselves.

use domain::event::{ClosingReason, Event, OfferClosed};
use domain::mail::{DueMail, MailId};
use usecases::mail_events::{Fate, RecordMailEvent};
use usecases::once::{Asked, Once, Promise, Stop, Unkeyed, message};
use usecases::ports::{CommitError, Consequences, Entropy, StoredAnswer};
use usecases::relay::{Relay, Sweep};
use usecases::send_mail::{Outcome, SendMail};

use crate::channels::StreamRecord;
use crate::clients::{NotDone, Request, Wish};
use crate::mails::mail;
use crate::ports::Ports;
use crate::provider::Word;

const PARTNER: &str = "partenaire-invente";
/// How wrong a clock may be, in seconds either way.
pub(crate) const SKEW: u32 = 5;

impl From<CommitError> for NotDone {
    fn from(_: CommitError) -> Self {
        Self::Failed
    }
}

fn relay(ports: &Ports) -> Relay<'_> {
    Relay { queue: ports, scan: ports, webhooks: ports, publish: ports, find: ports, settle: ports }
}

/// Sends a request, which creates something, makes one mail due and owes one event.
pub(crate) async fn ask(ports: Ports, wish: Wish) {
    let request = ports.world().clients.requests[wish.request].clone();
    let asked = Asked {
        partner: PARTNER,
        operation: "create",
        key: request.key.as_deref(),
        body: request.body.as_bytes(),
        unkeyed: Unkeyed::SameBody,
    };
    let once = Once { find: &ports, claim: &ports, release: &ports, clock: &ports, entropy: &ports };
    let answer = once.run(asked, async |promise| create(&ports, wish.request, &request, promise).await).await;
    ports.world().hear(wish, answer);
}

async fn create(
    ports: &Ports,
    number: usize,
    request: &Request,
    promise: Promise,
) -> Result<StoredAnswer, Stop<NotDone>> {
    ports.pause().await;
    if ports.world().dice.chance(20) {
        return Err(NotDone::Refused.into());
    }
    let cause = hex::encode(ports.bytes());
    let answer = StoredAnswer { status: 201, body: cause.clone(), etag: None };
    let (mail, event) = (mail(request.template), closed(&cause));
    let consequences = Consequences {
        mails: vec![DueMail::new(&cause, request.to.clone(), mail)],
        events: vec![message(&cause, event, Some(PARTNER), ports)],
        ..promise.answered(answer.clone())
    };
    ports.commit(number, &cause, consequences).await.map_err(Stop::<NotDone>::of_commit)?;
    Ok(answer)
}

fn closed(cause: &str) -> Event {
    Event::OfferClosed(OfferClosed {
        offer_id: cause.to_owned(),
        establishment_id: String::new(),
        siret: "13002526500013".parse().unwrap(),
        reason: ClosingReason::Filled,
    })
}

/// Hands on what the stream tells. What fails comes again.
pub(crate) async fn hand_on(ports: Ports, mut record: StreamRecord) {
    let mut failed = Vec::new();
    for owed in record.owed {
        if relay(&ports).hand_on(&owed).await.is_err() {
            failed.push(owed);
        }
    }
    record.owed = failed;
    let mut world = ports.world();
    let now = world.now;
    world.stream.give_back(record, now);
}

pub(crate) async fn sweep(ports: Ports) {
    // Whatever became of it, another one follows in a minute.
    drop(Sweep { relay: relay(&ports), list: &ports, postpone: &ports, clock: &ports }.run().await);
}

/// Works off some messages of the queue. One that failed is received again.
pub(crate) async fn send(ports: Ports, messages: Vec<(u64, MailId)>) {
    let sender = SendMail {
        find: &ports,
        take: &ports,
        settle: &ports,
        confirm: &ports,
        applications: None,
        compose: &ports,
        hand_over: &ports,
        clock: &ports,
        entropy: &ports,
    };
    for (number, id) in messages {
        let is_paused = {
            let world = ports.world();
            world.paused_until > world.now
        };
        let outcome =
            if is_paused { sender.defer(&id, "too many bounces").await } else { sender.run(&id).await };
        ports.world().note("is", id.as_str(), &outcome.as_ref().ok());
        if matches!(outcome, Ok(Outcome::Sent)) {
            ports.world().known.insert(id);
        }
        if outcome.is_ok() {
            drop(ports.delete(number).await);
        }
    }
}

/// Records what the provider tells. What failed is told again.
pub(crate) async fn record(ports: Ports, told: Word) {
    let recorder =
        RecordMailEvent { find: &ports, confirm: &ports, applications: None, bounce: &ports, clock: &ports };
    if recorder.run(&told.event).await.is_ok() {
        let mut world = ports.world();
        world.provider.recorded(&told);
        if let (Some(id), Fate::Taken | Fate::Returned(_)) = (told.event.mail_id, told.event.fate) {
            world.known.insert(id);
        }
    }
}

impl Ports {
    /// The same world, for a process of its own.
    pub(crate) fn of_process(&self) -> Self {
        let skew = i64::from(self.world().dice.between(0, 2 * SKEW)) - i64::from(SKEW);
        Self { shared: self.shared.clone(), skew }
    }
}

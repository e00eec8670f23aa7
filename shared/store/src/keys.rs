//! The keys of the tables `records` and `ledger`: the only place that spells them. [`search::keys`] spells
//! those of `postings`.
//!
//! | item | table | partition key | sort key |
//! |---|---|---|---|
//! | version of a card | records | `{source}#{record id}` | `{feed}` |
//! | what the index holds of a feed | records | `feed#{kind, or derived}#{feed}#{shard}` | `{id in the index}` |
//! | recruiter | records | `recruiter#{owner}#{establishment id}` | `recruiter` |
//! | offer of a recruiter | records | `recruiter#{owner}#{establishment id}` | `offer#{offer id}` |
//! | that mails to a recruiter arrive | records | `recruiter#{owner}#{establishment id}` | `address-confirmed` |
//! | that an address is a recruiter's | records | `recruiter-address#{SHA-256 of the address}` | `recruiter` |
//! | which recruiter a partner has for a SIRET and an address | records | `own-recruiter#{owner}#{SIRET}#{SHA-256 of the address}` | `recruiter` |
//! | recruiter in the list of its partner | records | `recruiters-of#{owner}` | `{created}#{establishment id}` |
//! | which recruiter of a partner has an offer | records | `own-offer#{owner}#{offer id}` | `offer` |
//! | which offer a partner has a name of its own for | records | `own-reference#{owner}#{SHA-256 of the name}` | `offer` |
//! | offer whose postings are not yet as it says | records | `offers-behind` | `{offer id}` |
//! | account that waits for its validation | records | `accounts-waiting#{OPCO, or none}` | `{establishment id}` |
//! | to whom is written that accounts wait | records | `opco-contact#{OPCO}` | `contact` |
//! | establishment of the register | records | `register#{SIRET}` | `establishment` |
//! | address known of a company | records | `known-address#{SIREN}` | `{SHA-256 of the address}` |
//! | domain of such addresses | records | `known-address#{SIREN}` | `domain#{SHA-256 of the domain}` |
//! | trades of an RNCP sheet | records | `rncp#{RNCP code}` | `{feed}` |
//! | trades of a diploma | records | `cfd#{CFD}`, `mef#{MEF}` | `{feed}` |
//! | trades of an establishment | records | `establishment#{SIRET}` | `{feed}` |
//! | trainings of a school | records | `uai#{lieu, formateur or responsable}#{UAI}` | `{feed}` |
//! | CFA that offers may be delegated to | records | `cfa#{SIRET}` | `{feed}` |
//! | training that one may ask about | records | `rdv-training#{clé ME}` | `{feed}` |
//! | another id of such a training | records | `rdv-id#{parcoursup, rco or onisep}#{id}` | `{feed}` |
//! | establishment that answers for such trainings | records | `rdv-establishments#{shard}` | `{SIRET}#{feed}` |
//! | what such an establishment decided | records | `rdv-consent#{SIRET}` | `consent` |
//! | what was decided of such a training | records | `rdv-decision#{clé ME}` | `decision` |
//! | key of a person | records | `person#{SHA-256 of the address}` | `key` |
//! | application of a person | records | `person#{SHA-256 of the address}` | `application#{application id}` |
//! | application | records | `application#{application id}` | `application` |
//! | appointment of a person | records | `person#{SHA-256 of the address}` | `appointment#{appointment id}` |
//! | appointment | records | `appointment#{appointment id}` | `appointment` |
//! | appointment in the list of its site | records | `appointments-of#{referrer}` | `{last change}#{appointment id}` |
//! | application in the list of its partner | records | `applications-of#{partner}` | `{last change}#{application id}` |
//! | application on a shelf of its last day | records | `applications-ending#{day in Paris}#{0 to 3}` | `{application id}` |
//! | appointment on a shelf of its last day | records | `appointments-ending#{day in Paris}#{0 to 3}` | `{appointment id}` |
//! | what is left of an application, of an appointment | records | `application-statistics#{month}`, `appointment-statistics#{month}` | `{day}#{random}` |
//! | webhook | records | `webhooks-of#{partner}` | `{webhook id}` |
//! | how often the webhooks of a partner were written | records | `webhooks-of#{partner}` | `head` |
//! | partner | records | `partner-key#{SHA-256 of its key}` | `key` |
//! | which partner a site is | records | `site#{referrer}` | `site` |
//! | health probe, never written | records | `health` | `health` |
//! | lease of an import | ledger | `import#{kind}#{feed}` | `lease` |
//! | request that has one effect | ledger | `request#{hash}` | `request` |
//! | mail | ledger | `mail#{mail id}` | `mail` |
//! | CV that is to be looked at | ledger | `scan#{application id}` | `scan` |
//! | call of a webhook | ledger | `webhook#{webhook id}#{event id}` | `webhook` |
//! | how many applications there were | ledger | `count#{of what}` | `count` |
//! | that a person asked about a training | ledger | `asked#{SHA-256 of the address}#{SHA-256 of the training}` | `asked` |
//! | event, until it is published | ledger | `event#{event id}` | `event` |
//! | link of a mail | ledger | `link#{SHA-256 of its token}` | `link` |
//! | that an address gets no mail | ledger | `address#{SHA-256 of the address}` | `suppressed` |
//! | that it gets none that one may stop | ledger | `address#{SHA-256 of the address}` | `stopped` |
//! | word of a mail provider | ledger | `heard#{SHA-256 of its id}` | `heard` |
//! | how mails fared | ledger | `reputation` | `{hour since 1970}`, `{hour since 1970}#returned` |

mod applications;
mod appointments;
mod asked;
mod ended;
mod recruiters;
mod webhooks;

use domain::email::Email;
use domain::feed::{FeedKind, FeedName};
use domain::mail::address_hash;
use domain::siren::Siren;
use domain::siret::Siret;
use domain::source::Source;
use search::keys::PostingKey;
use sha2::{Digest, Sha256};
use usecases::ports::{DerivedKey, Family, FeedRef, LEDGER_SHARDS};

use crate::attributes::{BadItem, Item, PK, SK, get_text, text};
pub(crate) use applications::{
    APPLICATION_PREFIX, SCAN_PREFIX, application, application_of, applications_of, count, listed_application,
    person, person_collection, scan,
};
pub(crate) use appointments::{rdv_consent, rdv_decision, rdv_establishment, rdv_establishments, site};
pub(crate) use asked::{
    APPOINTMENT_PREFIX, appointment, appointment_of, appointments_of, asked, listed_appointment,
};
pub(crate) use ended::{Kind, ending, shelved, statistic};
pub(crate) use recruiters::{
    OFFER_PREFIX, OFFERS_BEHIND, accounts_waiting, address_confirmed, listed_recruiter, offer, offer_behind,
    opco_contact, own_offer, own_recruiter, own_reference, recruiter, recruiter_address,
    recruiter_collection, recruiters_of, waiting_account,
};
pub(crate) use webhooks::{WEBHOOK_PREFIX, WEBHOOKS_HEAD, delivery, webhook, webhooks_head, webhooks_of};

/// The key of an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) partition: String,
    pub(crate) sort: String,
}

impl Key {
    fn new(partition: String, sort: impl Into<String>) -> Self {
        Self { partition, sort: sort.into() }
    }

    /// That of an item.
    pub(crate) fn of(item: &Item) -> Result<Self, BadItem> {
        Ok(Self::new(get_text(item, PK)?.to_owned(), get_text(item, SK)?))
    }

    /// As attributes of an item.
    pub(crate) fn attributes(&self) -> Item {
        Item::from([(PK.to_owned(), text(&self.partition)), (SK.to_owned(), text(&self.sort))])
    }
}

impl From<&PostingKey> for Key {
    fn from(key: &PostingKey) -> Self {
        Self::new(key.partition.clone(), key.sort.as_str())
    }
}

/// Every version of a card, one per feed.
pub(crate) fn versions(source: Source, id: &str) -> String {
    format!("{source}#{id}")
}

/// The version of a card that one feed brought.
pub(crate) fn version(source: Source, id: &str, feed: &str) -> Key {
    Key::new(versions(source, id), feed)
}

/// One shard of a feed's ledger.
pub(crate) fn ledger_shard(feed: &FeedRef, shard: u16) -> String {
    let family = match feed.family {
        Family::Cards(kind) => kind.as_str(),
        Family::Derived => "derived",
    };
    format!("feed#{family}#{}#{shard:02x}", feed.feed)
}

/// The entry of a row in its feed's ledger.
pub(crate) fn ledger_entry(feed: &FeedRef, id: &str) -> Key {
    let shard = u16::from(Sha256::digest(id).first().copied().unwrap_or_default()) % LEDGER_SHARDS;
    Key::new(ledger_shard(feed, shard), id)
}

/// What is derived from trainings about one thing, one item per feed. The partition is the key's own text.
pub(crate) fn derivations(key: &DerivedKey) -> String {
    key.to_string()
}

/// What one feed of trainings says about one thing. Establishments stand in a list, all others have a partition.
pub(crate) fn derived(key: &DerivedKey, feed: &str) -> Key {
    match key {
        DerivedKey::RdvEstablishment(siret) => rdv_establishment(siret, feed),
        key => Key::new(derivations(key), feed),
    }
}

/// The partner whose key has this hash.
pub(crate) fn partner(key_hash: &str) -> Key {
    Key::new(format!("partner-key#{key_hash}"), "key")
}

/// What a health check reads.
pub(crate) fn health() -> Key {
    Key::new("health".to_owned(), "health")
}

/// The lease of the imports of a feed.
pub(crate) fn lease(kind: FeedKind, feed: &FeedName) -> Key {
    Key::new(format!("import#{kind}#{feed}"), "lease")
}

/// The record of a request that must have one effect.
pub(crate) fn request(hash: &str) -> Key {
    Key::new(format!("request#{hash}"), "request")
}

/// How the partition of a mail begins: the stream is filtered by it.
pub(crate) const MAIL_PREFIX: &str = "mail#";
/// How the partition of an event begins: the stream is filtered by it.
pub(crate) const EVENT_PREFIX: &str = "event#";

/// A mail, from when it is due until long after it left.
pub(crate) fn mail(id: &str) -> Key {
    Key::new(format!("{MAIL_PREFIX}{id}"), "mail")
}

/// An event, until it is published.
pub(crate) fn event(id: &str) -> Key {
    Key::new(format!("{EVENT_PREFIX}{id}"), "event")
}

/// A link of a mail, by the hash of its token.
pub(crate) fn link(token_hash: &str) -> Key {
    Key::new(format!("link#{token_hash}"), "link")
}

/// That an address gets no mail any more.
pub(crate) fn suppressed(address_hash: &str) -> Key {
    Key::new(format!("address#{address_hash}"), "suppressed")
}

/// That an address gets none of the mails any more that one may stop.
pub(crate) fn stopped(address_hash: &str) -> Key {
    Key::new(format!("address#{address_hash}"), "stopped")
}

/// That a word of a mail provider was heard.
pub(crate) fn heard(dedupe: &str) -> Key {
    Key::new(format!("heard#{}", hex::encode(Sha256::digest(dedupe))), "heard")
}

/// How mails fared, hour by hour.
pub(crate) const REPUTATION: &str = "reputation";

/// Mails of an hour, counted from 1970, that the provider took.
pub(crate) fn sent(hour: u32) -> Key {
    Key::new(REPUTATION.to_owned(), format!("{hour:08}"))
}

/// Mails of which word came in that hour that they came back: an item of its own, since transactions count there, and
/// would be in the way of those who count what they send.
pub(crate) fn returned(hour: u32) -> Key {
    Key::new(REPUTATION.to_owned(), format!("{hour:08}#returned"))
}

/// An establishment of the register.
pub(crate) fn registered(siret: &Siret) -> Key {
    Key::new(format!("register#{siret}"), "establishment")
}

/// That an address is known to be a company's.
pub(crate) fn known_address(siren: &Siren, email: &Email) -> Key {
    Key::new(format!("known-address#{siren}"), address_hash(email))
}

/// That addresses of a domain are known to be a company's.
pub(crate) fn known_domain(siren: &Siren, domain: &str) -> Key {
    let hash = hex::encode(Sha256::digest(domain));
    Key::new(format!("known-address#{siren}"), format!("domain#{hash}"))
}

//! Applications: each with what follows from it, or not at all. What becomes of those that are over is in `ended.rs`.

mod ended;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::application::{ApplicationId, Facts, Stage};
use domain::date;
use search::keys::date_asc;
use usecases::kept::{ends_at, expires_at};
use usecases::ports::{
    ChangeApplication, CommitError, Consequences, FindApplication, FindEnded, ListApplications,
    NewApplication, PortError, STREAM_SECONDS, StoredApplication, SubmitApplication, SubmitError,
};

use crate::attributes::HASH;
use crate::barriers::Barriers;
use crate::change::Change;
use crate::consequences::{self, refusal};
use crate::ended::shelf_key;
use crate::keys::{self, Key, Kind};
use crate::outbox::set_due;
use crate::people::People;
use crate::standing::{commit_change, entered, leading, listed_since, relisted, restated};
use crate::tables::Tables;
use crate::transact::{Outcome, check_hash, delete, put, transact, update};

const SUBMIT: &str = "store an application";
const FIND: &str = "find an application";
const LIST: &str = "list applications";
const CHANGE: &str = "change an application";

/// Finds and changes applications.
#[derive(Debug, Clone)]
pub struct Applications {
    client: Client,
    tables: Tables,
}

/// Stores applications.
#[derive(Debug, Clone)]
pub struct Submissions {
    applications: Applications,
    people: People,
    barriers: Barriers,
}

impl Submissions {
    /// Over these tables; `people` keeps the keys that letters are sealed under.
    pub fn new(client: Client, tables: Tables, people: People) -> Self {
        let barriers = Barriers::new(client.clone(), &tables);
        Self { applications: Applications::new(client, tables), people, barriers }
    }
}

impl Applications {
    /// Over these tables.
    pub fn new(client: Client, tables: Tables) -> Self {
        Self { client, tables }
    }

    /// The application itself, and wherever it is found.
    fn entered(&self, new: &NewApplication, now: u32) -> Result<Vec<TransactWriteItem>, PortError> {
        let (records, id, created_at) = (&self.tables.records, new.id.as_str(), new.facts.created_at);
        let key = keys::application(id);
        let item = entered(SUBMIT, &key, &new.facts, (&new.person, &new.letter), created_at)?;
        let mut scan = keys::scan(id).attributes();
        set_due(&mut scan, id, now + STREAM_SECONDS);
        Ok(vec![
            put(records, item)?,
            leading(records, &keys::application_of(&new.person.hash, id), created_at)?,
            leading(records, &list_key(&new.id, &new.facts), created_at)?,
            leading(records, &shelf_key(Kind::Application, id, created_at), created_at)?,
            put(&self.tables.ledger, scan)?,
        ])
    }
}

fn list_key(id: &ApplicationId, facts: &Facts) -> Key {
    let updated = date_asc(date::seconds(facts.updated_at).unwrap_or_default());
    keys::listed_application(&facts.partner, &updated, id.as_str())
}

#[async_trait]
impl SubmitApplication for Submissions {
    async fn submit_application(
        &self,
        new: &NewApplication,
        consequences: &Consequences,
    ) -> Result<(), SubmitError> {
        let followed = consequences::actions(&self.applications.tables.ledger, consequences);
        let mut actions = followed.map_err(|error| error.unexpected(SUBMIT))?;
        let first = actions.len();
        let (barriers, passed): (Vec<_>, Vec<_>) =
            self.barriers.pass(&new.counted, consequences.now)?.into_iter().unzip();
        actions.extend(passed);
        if let Some((offer, hash)) = &new.offer {
            let key = keys::offer(&offer.partner, &offer.establishment_id, &offer.offer_id);
            actions.push(check_hash(&self.applications.tables.records, &key, *hash)?);
        }
        actions.push(self.people.keep(&new.person, new.is_first, expires_at(new.facts.created_at))?);
        actions.extend(self.applications.entered(new, consequences.now)?);
        match transact(&self.applications.client, SUBMIT, actions).await? {
            Outcome::Written => Ok(()),
            Outcome::ConditionFailed { at, .. } if at < first => match refusal(consequences, at) {
                Some(CommitError::NotFirst) => Err(SubmitError::NotFirst),
                _ => Err(SubmitError::Overtaken),
            },
            Outcome::ConditionFailed { at, .. } => match barriers.get(at - first) {
                Some(barrier) => Err(SubmitError::Stopped(*barrier)),
                None => Err(SubmitError::Overtaken),
            },
        }
    }
}

#[async_trait]
impl FindApplication for Applications {
    async fn find_application(
        &self,
        id: &ApplicationId,
        now: u32,
    ) -> Result<Option<StoredApplication>, PortError> {
        // Only the nightly run sees it after its time, and TTL deletes later still.
        Ok(self.find_ended(id).await?.filter(|found| ends_at(found.facts.created_at) > now))
    }
}

#[async_trait]
impl ListApplications for Applications {
    async fn list_applications(
        &self,
        partner: &str,
        since: u32,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, ApplicationId)>, PortError> {
        let Self { client, tables } = self;
        let partition = keys::applications_of(partner);
        listed_since(LIST, client, &tables.records, partition, since, after, limit).await
    }
}

#[async_trait]
impl ChangeApplication for Applications {
    async fn change_application(
        &self,
        seen: &StoredApplication,
        facts: &Facts,
        consequences: &Consequences,
    ) -> Result<bool, PortError> {
        let (records, id) = (&self.tables.records, &seen.id);
        let followed = consequences::actions(&self.tables.ledger, consequences);
        let mut actions = followed.map_err(|error| error.unexpected(CHANGE))?;
        let first = actions.len();
        let change = restated(CHANGE, Change::on("#hash = :seen", &[HASH]), seen.hash, facts)?;
        actions.push(update(records, &keys::application(id.as_str()), &change)?);
        let (old, new) = (list_key(id, &seen.facts), list_key(id, facts));
        actions.extend(relisted(records, &old, &new, facts.created_at)?);
        if !matches!(facts.stage, Stage::Received | Stage::Scanning) {
            actions.push(delete(&self.tables.ledger, &keys::scan(id.as_str()))?);
        }
        commit_change(CHANGE, &self.client, actions, first, consequences).await
    }
}

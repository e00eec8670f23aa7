//! What the three import functions share: adapters, and the walk from an event to reports.

use domain::feed::FeedKey;
use domain::seal::ContactCipher;
use store::{DataBucket, FeedLedger, Leases, Rows};
use usecases::ingest::{ImportFeed, Parsing};

use crate::clients::Clients;
use crate::clock::SystemClock;
use crate::environment::Environment;
use crate::worker::ObjectsCreated;
use crate::{Error, telemetry};

/// The adapters of an import.
pub struct Feeds {
    /// Feeds, reference tables, reports, rows set aside.
    pub bucket: DataBucket,
    rows: Rows,
    ledger: FeedLedger,
    leases: Leases,
}

impl Feeds {
    /// Reads the names of the tables and `DATA_BUCKET`.
    pub fn build(clients: &Clients, environment: Environment) -> Result<Self, Error> {
        let tables = environment.tables();
        Ok(Self {
            bucket: DataBucket::new(clients.s3(), environment.get("DATA_BUCKET")?),
            rows: Rows::new(clients.dynamodb(), tables.clone()),
            ledger: FeedLedger::new(clients.dynamodb(), &tables),
            leases: Leases::new(clients.dynamodb(), &tables),
        })
    }

    /// Imports every file that landed. One whose name is no feed's is logged and left where it is: trying again
    /// would not help. After an error the event is tried again, which harms nothing.
    pub async fn import(
        &self,
        parsing: Parsing<'_>,
        landed: &ObjectsCreated,
        run: &str,
    ) -> Result<(), Error> {
        for key in landed.keys() {
            match key.parse::<FeedKey>() {
                Ok(key) => self.import_one(parsing, &key, run).await?,
                Err(error) => {
                    tracing::warn!(feed.key = key, error.causes = telemetry::chain(&error), "not a feed");
                }
            }
        }
        Ok(())
    }

    async fn import_one(&self, parsing: Parsing<'_>, key: &FeedKey, run: &str) -> Result<(), Error> {
        let import = ImportFeed {
            parsing,
            open: &self.bucket,
            held: &self.ledger,
            write: &self.rows,
            withdraw: &self.rows,
            take_lease: &self.leases,
            release_lease: &self.leases,
            put_part: &self.bucket,
            put_report: &self.bucket,
            put_rejects: &self.bucket,
            clock: &SystemClock,
        };
        let report = import.run(key, run).await?;
        tracing::info!(
            feed.key = %key,
            feed.status = ?report.status,
            feed.reason = report.reason,
            rows.read = report.rows_read,
            rows.unchanged = report.unchanged,
            rows.added = report.added,
            rows.changed = report.changed,
            rows.withdrawn = report.withdrawn,
            rows.refused = report.refused,
            "import"
        );
        Ok(())
    }
}

/// The key that seals addresses of recruiters, companies and CFAs, from the secret that `CONTACT_SECRET_ARN` names. It is read once,
/// when a function starts.
pub async fn contact_cipher(clients: &Clients, environment: Environment) -> Result<ContactCipher, Error> {
    Ok(ContactCipher::new(&clients.secret(&environment.get("CONTACT_SECRET_ARN")?).await?)?)
}

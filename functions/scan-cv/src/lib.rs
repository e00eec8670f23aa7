//! Looks at the CVs that its queue names.

mod scanner;

use domain::link::LinkKey;
use queue::ScanMessage;
use runtime::applications::{Cvs, Stored};
use runtime::batch::QueueRecord;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::delivering::link_key;
use runtime::entropy::SystemEntropy;
use runtime::environment::Environment;
use runtime::metrics;
use usecases::applications::{ScanCv, ScanOutcome};
use usecases::ports::ScanFile;

pub use scanner::Elsewhere;

/// What every record shares.
pub struct Context {
    /// Applications.
    pub applications: Stored,
    /// CVs.
    pub cvs: Cvs,
    /// Looks for malware.
    pub scanner: Box<dyn ScanFile>,
    /// Makes the links of mails.
    pub links: LinkKey,
}

impl Context {
    /// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `CV_BUCKET`, `PERSON_SECRET_ARN`, `LINK_SECRET_ARN`, and
    /// `SCANNER_FUNCTION`, the function that scans, or `SCANNER`, a program and its arguments with spaces between.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        Ok(Self {
            applications: Stored::load(&clients, environment).await?,
            cvs: Cvs::load(&clients, environment)?,
            scanner: scanner::scanner(&clients, environment),
            links: link_key(&clients, environment).await?,
        })
    }
}

/// Looks at one. What nobody could look at fails, and comes again.
pub async fn handle(context: &Context, record: QueueRecord) -> Result<(), runtime::Error> {
    // What it is instead is not told: anything may be in it.
    let message: ScanMessage =
        serde_json::from_str(&record.body).map_err(|_| "not a message of the queue of scans")?;
    let id = message.application_id;
    let stored = &context.applications;
    let scan = ScanCv {
        find: &stored.applications,
        people: &stored.people,
        cvs: &*context.cvs.get,
        scanner: &*context.scanner,
        change: &stored.applications,
        links: &context.links,
        clock: &SystemClock,
        entropy: &SystemEntropy,
    };
    let outcome = scan.run(&id).await?;
    tracing::info!(application.id = %id, scan.outcome = ?outcome, "CV");
    let counted = match outcome {
        ScanOutcome::Clean => "CvsClean",
        ScanOutcome::Refused => "CvsRefused",
        ScanOutcome::Infected => "CvsInfected",
        ScanOutcome::Gone => "CvsGone",
        ScanOutcome::Nothing => return Ok(()),
    };
    metrics::count(&[(counted, 1)]);
    Ok(())
}

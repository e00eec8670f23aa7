//! Where the scanner is: a program beside this one, a function of its own, or nowhere.

use std::time::Duration;

use antivirus::{ClamAv, FileToScan, Verdict};
use async_trait::async_trait;
use aws_sdk_lambda::Client;
use aws_sdk_lambda::config::timeout::TimeoutConfig;
use aws_sdk_lambda::primitives::Blob;
use runtime::clients::Clients;
use runtime::environment::Environment;
use usecases::ports::{PortError, ScanFile, Scanned};

const SCAN: &str = "scan a file";
/// How long the function is waited for: under our own time, so that we still say that nothing is known.
const WAIT: Duration = Duration::from_secs(110);

/// The scanner that the environment names.
pub(super) fn scanner(clients: &Clients, environment: Environment) -> Box<dyn ScanFile> {
    if let Some(function) = environment.find("SCANNER_FUNCTION") {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_timeout(WAIT)
            .operation_attempt_timeout(WAIT)
            .build();
        let config = aws_sdk_lambda::config::Builder::from(clients.config()).timeout_config(timeouts);
        return Box::new(Elsewhere::new(Client::from_conf(config.build()), function));
    }
    match environment.find("SCANNER").as_deref().and_then(ClamAv::of_command) {
        Some(program) => Box::new(Beside(program)),
        None => Box::new(NoScanner),
    }
}

const fn scanned(verdict: Verdict) -> Scanned {
    match verdict {
        Verdict::Clean => Scanned::Clean,
        Verdict::Infected => Scanned::Infected,
    }
}

/// A program.
struct Beside(ClamAv);

#[async_trait]
impl ScanFile for Beside {
    async fn scan_file(&self, bytes: &[u8]) -> Result<Scanned, PortError> {
        self.0.scan(bytes).await.map(scanned).map_err(|error| PortError::new(SCAN, error))
    }
}

/// A function, `scan-file`.
pub struct Elsewhere {
    client: Client,
    function: String,
}

impl Elsewhere {
    /// The function of this name. The client must wait for it as long as a scan may take.
    pub fn new(client: Client, function: String) -> Self {
        Self { client, function }
    }
}

#[async_trait]
impl ScanFile for Elsewhere {
    async fn scan_file(&self, bytes: &[u8]) -> Result<Scanned, PortError> {
        let asked = serde_json::to_vec(&FileToScan { bytes: bytes.to_vec() });
        let asked = asked.map_err(|error| PortError::new(SCAN, error))?;
        let call = self.client.invoke().function_name(&self.function).payload(Blob::new(asked));
        let answer = call.send().await.map_err(|error| PortError::new(SCAN, error))?;
        // What it failed of is in its own log.
        if answer.function_error().is_some() {
            return Err(PortError::new(SCAN, "the scanner has failed"));
        }
        let verdict = answer.payload().map(Blob::as_ref).unwrap_or_default();
        let verdict = serde_json::from_slice(verdict);
        verdict.map(scanned).map_err(|_| PortError::new(SCAN, "the scanner gave no verdict"))
    }
}

/// None: nothing is let through, and everything waits.
struct NoScanner;

#[async_trait]
impl ScanFile for NoScanner {
    async fn scan_file(&self, _: &[u8]) -> Result<Scanned, PortError> {
        Err(PortError::new(SCAN, "there is no scanner"))
    }
}

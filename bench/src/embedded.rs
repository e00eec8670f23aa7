//! The embedded `DynamoDB` as a process of its own, over a file: what it computes is not ours to count, and a
//! loaded index is there for the next run.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use dynoxide::{Database, ImportOptions, Item};
use serde_json::json;

use crate::tape::Tape;

/// The table of the index.
pub(crate) const TABLE: &str = "postings";
/// The hidden subcommand that serves a file.
pub(crate) const SERVE: &str = "serve-store";

/// A served file; it ends with this value.
#[derive(Debug)]
pub(crate) struct Served {
    /// None in a test, which is no program that could serve.
    child: Option<Child>,
    endpoint: String,
}

impl Served {
    /// Serves the file from a thread, which ends with the test.
    #[cfg(test)]
    pub(crate) fn in_thread(file: &Path) -> Self {
        let (bound, address) = std::sync::mpsc::channel();
        let database = Database::new(&file.to_string_lossy()).unwrap();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                bound.send(listener.local_addr().unwrap()).unwrap();
                dynoxide::server::serve_on(listener, database).await;
            });
        });
        Self { child: None, endpoint: format!("http://{}", address.recv().unwrap()) }
    }

    /// Starts a process over this file, on a free port of this machine.
    pub(crate) fn start(file: &Path) -> anyhow::Result<Self> {
        let program = std::env::current_exe().context("where this program lies is not known")?;
        let mut command = Command::new(program);
        command.arg(SERVE).arg(file).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("the store does not start")?;
        let mut endpoint = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut endpoint)?;
        }
        anyhow::ensure!(!endpoint.is_empty(), "the store ended before it served {}", file.display());
        Ok(Self { child: Some(child), endpoint: endpoint.trim().to_owned() })
    }

    /// A client of it that goes through `tape`.
    pub(crate) fn client(&self, tape: &Tape) -> Client {
        Client::from_conf(self.config().http_client(tape.clone()).build())
    }

    /// What a client of it needs.
    pub(crate) fn config(&self) -> aws_sdk_dynamodb::config::Builder {
        aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-3"))
            .credentials_provider(Credentials::new("test", "test", None, None, "bench"))
            .endpoint_url(&self.endpoint)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let Some(child) = &mut self.child else { return };
        // Closing its input is what ends it; killing it is for one that hangs.
        drop(child.stdin.take());
        std::thread::sleep(std::time::Duration::from_millis(100));
        if !matches!(child.try_wait(), Ok(Some(_))) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// What the hidden subcommand does: serves the file until its input closes.
pub(crate) fn serve(file: &Path) -> anyhow::Result<()> {
    let database = Database::new(&file.to_string_lossy()).context("no store in this file")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let mut output = std::io::stdout();
        writeln!(output, "http://{}", listener.local_addr()?)?;
        output.flush()?;
        std::thread::spawn(|| {
            let _ = std::io::stdin().read_line(&mut String::new());
            std::process::exit(0);
        });
        dynoxide::server::serve_on(listener, database).await;
        Ok(())
    })
}

/// A new file with the table, to be filled at once: through the network it would take several times as long.
pub(crate) struct NewFile(Database);

impl NewFile {
    /// Makes the file anew.
    pub(crate) fn create(file: &Path) -> anyhow::Result<Self> {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
        }
        let database = Database::new(&file.to_string_lossy())?;
        database.enable_bulk_loading()?;
        let request = json!({
            "TableName": TABLE,
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [
                {"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            "AttributeDefinitions": [
                {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"},
            ],
        });
        database.create_table(serde_json::from_value(request)?)?;
        Ok(Self(database))
    }

    /// Writes items in one transaction: thousands at a time, in the order of their keys, is fastest.
    pub(crate) fn write(&self, items: Vec<Item>) -> anyhow::Result<()> {
        self.0.import_items(TABLE, items, ImportOptions::default())?;
        Ok(())
    }
}

//! Tells `scan-cv` whether a file is clean: where `ClamAV` lives on AWS, in an image.
//!
//! Here hostile bytes are read, in C. So this function may do nothing else: it has no table, no bucket and no secret, and
//! its network leads to the signatures alone.

use antivirus::{ClamAv, FileToScan, Verdict};
use runtime::environment::Environment;

/// What every file shares.
pub type Context = ClamAv;

/// Reads `SCANNER`: the program and its arguments, with spaces between.
#[expect(clippy::unused_async, reason = "the shape of every function")]
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let command = environment.get("SCANNER")?;
    ClamAv::of_command(&command).ok_or_else(|| "SCANNER names no program".into())
}

/// Looks at one. Where there is no verdict it fails, and whoever asked waits and asks again.
pub async fn handle(context: &Context, asked: FileToScan, _run: String) -> Result<Verdict, runtime::Error> {
    let verdict = context.scan(&asked.bytes).await?;
    tracing::info!(file.bytes = asked.bytes.len(), scan.verdict = ?verdict, "file scanned");
    Ok(verdict)
}

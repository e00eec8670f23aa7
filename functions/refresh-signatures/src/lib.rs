//! Every four hours, fetches `ClamAV`'s new signatures for `scan-file`, which reads them from the same file system and has
//! no way out by itself.

use antivirus::Signatures;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use runtime::metrics;
use serde_json::Value;
use usecases::ports::Clock;

/// What every event shares.
pub type Context = Signatures;

/// Reads `FRESHCLAM`, the program, and `SIGNATURES`, the folder.
#[expect(clippy::unused_async, reason = "the shape of every function")]
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let (program, folder) = (environment.get("FRESHCLAM")?, environment.get("SIGNATURES")?);
    Ok(Signatures::new(program.into(), folder.into()))
}

/// Fetches what is new, whatever the event says.
pub async fn handle(context: &Context, _event: Value, _run: String) -> Result<(), runtime::Error> {
    let made_at = context.refresh().await?;
    let hours = u64::from(SystemClock.seconds()).saturating_sub(made_at) / 3_600;
    tracing::info!(signatures.hours = hours, "signatures fetched");
    metrics::count(&[("SignaturesAgeHours", hours)]);
    Ok(())
}

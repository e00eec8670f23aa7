//! A process that is fed, listened to, and ended.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use crate::ScanError;

/// Of an answer, in bytes: it is a line.
const MAX_OUTPUT: u64 = 64 * 1024;
/// How long the end of a process that was killed is waited for. The kernel needs no more.
const GRACE: Duration = Duration::from_secs(2);

/// How a process ended.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// Whether it was given the whole input.
    pub(crate) was_fed: bool,
    pub(crate) output: Vec<u8>,
}

/// Runs a command with an input until it ends, or until the time is over. It never outlives this call, nor its caller's
/// patience: dropped before it has ended, it is killed.
pub(crate) async fn run(mut command: Command, input: &[u8], wall: Duration) -> Result<Ended, ScanError> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().map_err(ScanError::Start)?;
    let ended =
        tokio::time::timeout(wall, follow(&mut child, input)).await.unwrap_or(Err(ScanError::TimedOut));
    if ended.is_err() {
        // What it writes is removed next: it must have ended. If the kernel cannot end it, nobody can.
        let _ = tokio::time::timeout(GRACE, child.kill()).await;
    }
    ended
}

async fn follow(child: &mut Child, input: &[u8]) -> Result<Ended, ScanError> {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let feed = async {
        let Some(mut stdin) = stdin else { return Ok(false) };
        // One that has seen enough closes its end: whether that is an answer is not told here.
        Ok(stdin.write_all(input).await.is_ok() && stdin.shutdown().await.is_ok())
    };
    let listen = async {
        let mut output = Vec::new();
        if let Some(stdout) = stdout {
            stdout.take(MAX_OUTPUT).read_to_end(&mut output).await.map_err(ScanError::Follow)?;
        }
        if output.len() as u64 >= MAX_OUTPUT { Err(ScanError::TooMuchOutput) } else { Ok(output) }
    };
    let (was_fed, output) = tokio::try_join!(feed, listen)?;
    let status = child.wait().await.map_err(ScanError::Follow)?;
    Ok(Ended { status, was_fed, output })
}

//! Keeps `ClamAV`'s signatures fresh, and tells how old they are.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::process::Command;

use crate::ScanError;
use crate::clamav::PATH;
use crate::process;

/// Of the whole refresh: the first one fetches everything, some 300 MB.
const REFRESH: Duration = Duration::from_mins(13);
/// Of a database, its head.
const HEAD_BYTES: u64 = 512;
/// Databases that change daily: the whole one, and that with what changed since.
const DAILY: [&str; 2] = ["daily.cld", "daily.cvd"];

/// `freshclam`, and the folder that it writes to.
#[derive(Debug, Clone)]
pub struct Signatures {
    program: PathBuf,
    folder: PathBuf,
}

/// Why signatures are not fresh. Those that are there stay.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// It could not be run to its end.
    #[error("the signatures could not be fetched")]
    Run(#[from] ScanError),
    /// It ended with another code than that of success, or by a signal (none).
    #[error("the signatures could not be fetched: code {0:?}")]
    Failed(Option<i32>),
    /// It ended well, and there is no database of the day.
    #[error("there are no signatures of the day")]
    Missing,
    /// What is there could not be read.
    #[error("the signatures could not be read")]
    Read(#[from] io::Error),
    /// The head of the database says nothing of when it was made.
    #[error("the signatures do not say when they were made")]
    Undated,
}

impl Signatures {
    /// This program, for this folder.
    pub fn new(program: PathBuf, folder: PathBuf) -> Self {
        Self { program, folder }
    }

    /// Fetches what is new, and tells when the newest signatures were made, in seconds since 1970. A database is put in
    /// place of the former one whole, so that whoever scans meanwhile reads one or the other.
    pub async fn refresh(&self) -> Result<u64, RefreshError> {
        let mut command = Command::new(&self.program);
        command.arg(format!("--datadir={}", self.folder.display())).arg("--stdout");
        // What is read comes from elsewhere: it is read without our credentials.
        command.env_clear().env("PATH", PATH);
        let ended = process::run(command, &[], REFRESH).await?;
        if ended.status.code() != Some(0) {
            return Err(RefreshError::Failed(ended.status.code()));
        }
        self.made_at()
    }

    fn made_at(&self) -> Result<u64, RefreshError> {
        let there = DAILY.map(|name| self.folder.join(name)).into_iter().filter(|path| path.exists());
        let made = there.map(|path| head(&path)).collect::<Result<Vec<_>, _>>()?;
        made.into_iter().max().ok_or(RefreshError::Missing)
    }
}

/// When a database was made: the last field of its head, which ends with spaces.
fn head(path: &Path) -> Result<u64, RefreshError> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    let made = head.strip_prefix("ClamAV-VDB:").and_then(|fields| fields.rsplit(':').next());
    made.and_then(|made| made.trim().parse().ok()).ok_or(RefreshError::Undated)
}

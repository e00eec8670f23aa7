//! The scanner.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tokio::process::Command;

use crate::process::{self, Ended};
use crate::scratch::Scratch;
use crate::{Limits, ScanError};

/// Sets the limit, or ends with a code that is no verdict, and becomes the scanner: no shell stays between.
const LIMITED: &str = "ulimit -v \"$1\" || exit 70; shift; exec \"$@\"";
/// Where its libraries and programs look for others. Ours may be anything.
pub(crate) const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// What `ClamAV` says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was found, or the file is more than the scanner looks through.
    Infected,
}

/// A command that scans its standard input.
#[derive(Debug, Clone)]
pub struct ClamAv {
    program: PathBuf,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    folder: PathBuf,
    limits: Limits,
}

impl ClamAv {
    /// A scanner with arguments of the caller's, which must make it read its standard input, and end and answer as
    /// `clamscan` does.
    pub fn new(program: PathBuf, arguments: Vec<String>) -> Self {
        let folder = PathBuf::from("/tmp");
        Self { program, arguments, variables: Vec::new(), folder, limits: Limits::WHOLE_DATABASE }
    }

    /// The program and its arguments, as words with spaces between; none where there is no word.
    pub fn of_command(command: &str) -> Option<Self> {
        let mut words = command.split_whitespace().map(str::to_owned);
        Some(Self::new(words.next()?.into(), words.collect()))
    }

    /// `clamscan`, which reads its database each time: from a folder, or from where it was installed.
    ///
    /// What is larger or deeper than it looks through is reported as found: by default it would be clean.
    pub fn clamscan(program: PathBuf, database: Option<&Path>) -> Self {
        let mut arguments = vec!["--no-summary".into(), "--stdout".into(), "--alert-exceeds-max=yes".into()];
        arguments.extend(database.map(|database| format!("--database={}", database.display())));
        arguments.push("-".into());
        Self::new(program, arguments)
    }

    /// `clamdscan`, which hands the file to a daemon over its socket. Limits of memory and of what is looked through are
    /// those of the daemon (`AlertExceedsMax` must be set in its configuration).
    pub fn clamdscan(program: PathBuf, configuration: Option<&Path>) -> Self {
        let mut arguments = vec!["--no-summary".into(), "--stdout".into(), "--stream".into()];
        arguments.extend(configuration.map(|file| format!("--config-file={}", file.display())));
        arguments.push("-".into());
        Self::new(program, arguments).with_limits(Limits::DAEMON)
    }

    /// With other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// With a variable in its environment, which is otherwise empty: `LD_LIBRARY_PATH`, where it was not installed but
    /// unpacked.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With another folder for what it writes while it works than `/tmp`, the only one that a Lambda may write to.
    #[must_use]
    pub fn with_folder(self, folder: PathBuf) -> Self {
        Self { folder, ..self }
    }

    /// Asks about a file.
    pub async fn scan(&self, bytes: &[u8]) -> Result<Verdict, ScanError> {
        if bytes.len() > self.limits.bytes {
            return Err(ScanError::TooLarge);
        }
        let scratch = Scratch::new(&self.folder).map_err(ScanError::Scratch)?;
        let ended = process::run(self.command(scratch.path()), bytes, self.limits.wall).await?;
        verdict(&ended)
    }

    fn command(&self, scratch: &Path) -> Command {
        let mut command = match self.limits.memory {
            None => Command::new(&self.program),
            Some(bytes) => {
                let mut shell = Command::new("/bin/sh");
                shell.args(["-c", LIMITED, "sh", &(bytes / 1024).to_string()]).arg(&self.program);
                shell
            }
        };
        command
            .args(&self.arguments)
            .env_clear()
            .env("PATH", PATH)
            .env("TMPDIR", scratch)
            .current_dir(scratch);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// By the code and by the words: a code alone is also that of a shell that failed, or of a program that reads nothing.
fn verdict(ended: &Ended) -> Result<Verdict, ScanError> {
    let says =
        |word: &[u8]| ended.output.split(|byte| *byte == b'\n').any(|line| line.trim_ascii().ends_with(word));
    match ended.status.code() {
        Some(0) if ended.was_fed && says(b": OK") && !says(b" FOUND") => Ok(Verdict::Clean),
        Some(1) if says(b" FOUND") => Ok(Verdict::Infected),
        Some(0 | 1) => Err(ScanError::NoVerdict),
        code => Err(ScanError::Failed(code)),
    }
}

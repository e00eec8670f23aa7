//! One life of a function: its process, and what the kernel says that it used.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;

/// A function that runs; it ends with this value.
#[derive(Debug)]
pub(crate) struct Sandbox {
    /// Just before it was executed.
    pub(crate) started: Instant,
    child: Child,
}

/// What a process has used since it began.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Used {
    /// Processor time of all its threads.
    pub(crate) cpu: Duration,
    /// Most memory it has held.
    pub(crate) peak_bytes: u64,
}

impl Sandbox {
    /// Starts the program with these variables and no others. What it logs is of no interest here; why it ended is.
    pub(crate) fn start(program: &Path, environment: &[(&str, String)]) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.env_clear().envs(environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
        let started = Instant::now();
        let child = command.spawn().with_context(|| format!("{} does not start", program.display()))?;
        Ok(Self { started, child })
    }

    /// What it has used until now.
    pub(crate) fn used(&self) -> anyhow::Result<Used> {
        used(self.child.id())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The kernel counts processor time in nanoseconds for each thread; a thread that has ended is not counted any more,
/// and the functions have none that end while they run.
fn used(pid: u32) -> anyhow::Result<Used> {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).context("the process has ended")?;
    let mut nanos = 0;
    for thread in threads {
        let text = std::fs::read_to_string(thread?.path().join("schedstat")).unwrap_or_default();
        nanos += text.split(' ').next().and_then(|nanos| nanos.parse::<u64>().ok()).unwrap_or_default();
    }
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).context("the process has ended")?;
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    let kilobytes = kilobytes.context("the kernel does not tell its memory")?;
    Ok(Used { cpu: Duration::from_nanos(nanos), peak_bytes: kilobytes * 1024 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_processor_time_and_memory_of_this_very_process() {
        let before = used(std::process::id()).unwrap();
        let numbers: Vec<u64> = (0..4_000_000).map(std::hint::black_box).collect();
        let after = used(std::process::id()).unwrap();
        assert!(after.cpu > before.cpu && after.peak_bytes > numbers.len() as u64, "{before:?} {after:?}");
    }

    #[test]
    fn a_process_that_has_ended_used_nothing_that_could_be_told() {
        let mut sandbox = Sandbox::start(Path::new("/bin/true"), &[]).unwrap();
        sandbox.child.wait().unwrap();
        assert!(sandbox.used().is_err());
    }
}

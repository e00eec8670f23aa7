//! Servers of the peers: each on a free port of this machine, as an unprivileged user, ended with this value.

use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;

/// A server.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
}

/// Who runs servers when we are root: `PostgreSQL` refuses to be root.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unprivileged(Option<(u32, u32)>);

impl Unprivileged {
    /// The user `postgres`, else `nobody`, when we are root; else ourselves.
    pub(super) fn find() -> Self {
        if !rustix::process::geteuid().is_root() {
            return Self(None);
        }
        let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        let find = |name: &str| {
            let fields: Vec<&str> = users.lines().find(|line| line.starts_with(name))?.split(':').collect();
            Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
        };
        Self(find("postgres:").or_else(|| find("nobody:")))
    }

    /// A command that this user runs.
    pub(super) fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command
    }

    /// Makes a folder that this user owns.
    pub(super) fn folder(self, path: &Path) -> anyhow::Result<()> {
        std::fs::create_dir_all(path)?;
        if let Some((user, group)) = self.0 {
            std::os::unix::fs::chown(path, Some(user), Some(group))?;
        }
        Ok(())
    }
}

impl Server {
    /// Starts `command` and waits until it is `ready`.
    pub(super) fn start(
        mut command: Command,
        log: &Path,
        mut ready: impl FnMut() -> bool,
    ) -> anyhow::Result<Self> {
        let output = std::fs::File::create(log)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        let child = command.spawn().with_context(|| format!("could not start {command:?}"))?;
        let mut server = Self { child };
        let started = Instant::now();
        while !ready() {
            let ended = server.child.try_wait()?.is_some();
            let late = started.elapsed() > Duration::from_mins(1);
            anyhow::ensure!(!ended && !late, "the server does not answer: see {}", log.display());
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// Its process.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both take SIGINT as: end now, in good order.
        let pid = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::INT);
        }
        for _ in 0..200 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on.
pub(super) fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A program, in one of these folders or on the usual ones.
pub(super) fn program(name: &str, folders: &[PathBuf]) -> anyhow::Result<PathBuf> {
    let usual = ["/usr/local/bin", "/usr/bin", "/usr/local/sbin", "/usr/sbin"].map(PathBuf::from);
    let mut all = folders.iter().chain(&usual).map(|folder| folder.join(name));
    all.find(|path| path.exists()).with_context(|| format!("{name} is not installed: `make bench` says how"))
}

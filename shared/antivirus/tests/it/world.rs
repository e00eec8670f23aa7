//! A folder for what a scanner writes, and scanners that are scripts.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use antivirus::{ClamAv, Limits};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Limits that a script keeps well within.
pub(crate) const LIMITS: Limits = Limits { wall: Duration::from_secs(20), memory: None, bytes: 4_000_000 };

/// A folder of one test. It is removed at its end.
pub(crate) struct World {
    pub(crate) folder: PathBuf,
}

impl World {
    pub(crate) fn new() -> Self {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("antivirus-test-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    /// A scanner that is a script of the shell. It may write into the folder as `$0`.
    pub(crate) fn script(&self, script: &str) -> ClamAv {
        let folder = self.folder.display().to_string();
        ClamAv::new("/bin/sh".into(), vec!["-c".into(), script.into(), folder])
            .with_limits(LIMITS)
            .with_folder(self.folder.clone())
    }

    /// What scans have left in the folder.
    pub(crate) fn left(&self) -> Vec<String> {
        let names = std::fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().file_name());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| name.starts_with("scan-"))
            .collect()
    }

    /// Whether the process whose number a script wrote has ended. Its end is seen a moment later at most.
    pub(crate) async fn has_ended(&self) -> bool {
        let number = std::fs::read_to_string(self.folder.join("pid")).unwrap();
        for _ in 0..100 {
            let status =
                std::fs::read_to_string(format!("/proc/{}/status", number.trim())).unwrap_or_default();
            if status.is_empty() || status.contains("\nState:\tZ") {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

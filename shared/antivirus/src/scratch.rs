//! A folder for what the scanner writes while it works.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Folders that a process of the same number left, when it was killed, are passed over.
const ATTEMPTS: u32 = 1_000;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A folder that only we may enter. It is removed with all that is in it when this is dropped: a scanner that is killed
/// removes nothing, and what it leaves is a CV.
#[derive(Debug)]
pub(crate) struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes one. That it is new is what the kernel says: a folder or a link that somebody put there is not taken.
    pub(crate) fn new(within: &Path) -> io::Result<Self> {
        for _ in 0..ATTEMPTS {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = within.join(format!("scan-{}-{count}", std::process::id()));
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // There is nobody to tell; the folder is ours alone, and goes with the machine.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

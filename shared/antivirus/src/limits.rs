//! What a scan may take.

use std::time::Duration;

/// Limits of one scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the start of the scanner to its end. `clamscan` reads its whole database each time, which is most of it.
    pub wall: Duration,
    /// Address space of the scanner, in bytes, set by `ulimit -v` of the shell before it starts; unlimited where it is
    /// none. It is what can be limited without privileges on any Linux, and more than what is resident.
    pub memory: Option<u64>,
    /// Of the file, in bytes.
    pub bytes: usize,
}

impl Limits {
    /// For `clamscan` with the public database, which takes 1.3 GB and ten to twenty seconds to read, and files as large
    /// as the public contract lets them be.
    pub const WHOLE_DATABASE: Self =
        Self { wall: Duration::from_mins(1), memory: Some(4 * 1024 * 1024 * 1024), bytes: 4 * 1024 * 1024 };

    /// For `clamdscan`, whose daemon has read the database already.
    pub const DAEMON: Self = Self { wall: Duration::from_secs(20), memory: None, ..Self::WHOLE_DATABASE };
}

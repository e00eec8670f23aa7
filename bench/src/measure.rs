//! What a piece of work costs this thread: processor time and memory.

use std::time::Duration;

use allocation_counter::AllocationInfo;
use rustix::time::{ClockId, clock_gettime};

/// Cost of a piece of work.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spent {
    /// Processor time of this thread, user and system.
    pub(crate) cpu: Duration,
    /// Its allocations: how many, of how many bytes, and how many bytes at most at once.
    pub(crate) memory: AllocationInfo,
}

/// Processor time this thread has used since it began. The kernel counts it in nanoseconds and only while the
/// thread runs, so that what else the machine does hardly matters.
pub(crate) fn thread_cpu() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or_default())
}

/// Does a piece of work and says what it cost.
pub(crate) fn spent<T>(work: impl FnOnce() -> T) -> (T, Spent) {
    let mut result = None;
    let mut cpu = Duration::ZERO;
    let memory = allocation_counter::measure(|| {
        let before = thread_cpu();
        let done = work();
        cpu = thread_cpu().saturating_sub(before);
        result = Some(done);
    });
    #[expect(clippy::expect_used, reason = "the work was done")]
    (result.expect("a result"), Spent { cpu, memory })
}

/// Most memory that this process has held, in bytes.
pub(crate) fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")).and_then(|text| text.parse().ok());
    kilobytes.unwrap_or(0_u64) * 1024
}

/// Processor time that another process has used; zero where it cannot be told.
pub(crate) fn process_cpu(pid: u32) -> Duration {
    let text = std::fs::read_to_string(format!("/proc/{pid}/schedstat")).unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

/// How many programs wanted to run over the last minute.
pub(crate) fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or_default()
}

/// The name of the processor.
pub(crate) fn cpu_model() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = info.lines().find(|line| line.starts_with("model name"));
    line.and_then(|line| line.split_once(": ")).map_or("unknown", |(_, model)| model).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_a_piece_of_work_allocates_and_how_long_it_runs() {
        let (sum, spent) = spent(|| {
            let numbers: Vec<u64> = (0..1_000_000).collect();
            numbers.iter().sum::<u64>()
        });
        assert_eq!(sum, 499_999_500_000);
        assert!(spent.memory.bytes_max >= 8_000_000, "{:?}", spent.memory);
        assert!(spent.cpu > Duration::ZERO);
    }
}

//! None of these says that a file is clean.

use std::path::PathBuf;
use std::time::Duration;

use antivirus::{ClamAv, Limits, ScanError, Verdict};

use crate::world::{LIMITS, World};

const SHORT: Limits = Limits { wall: Duration::from_millis(400), ..LIMITS };

#[tokio::test]
async fn a_scanner_that_answers_is_believed() {
    let world = World::new();
    let clean = world.script("cat > /dev/null; echo 'stdin: OK'").scan(b"cv").await;
    assert_eq!(clean.unwrap(), Verdict::Clean);
    let infected = world.script("cat > /dev/null; echo 'stdin: Test.Marker FOUND'; exit 1").scan(b"cv").await;
    assert_eq!(infected.unwrap(), Verdict::Infected);
    let soon = world.script("echo 'stdin: Test.Marker FOUND'; exit 1").scan(&vec![0; 2_000_000]).await;
    assert_eq!(soon.unwrap(), Verdict::Infected);
}

#[tokio::test]
async fn one_that_hangs_is_killed_and_what_it_wrote_is_removed() {
    let world = World::new();
    let script = "echo $$ > \"$0/pid\"; cat > \"$TMPDIR/cv\"; exec sleep 600";
    let scanned = world.script(script).with_limits(SHORT).scan(b"cv").await;
    assert!(matches!(scanned, Err(ScanError::TimedOut)), "{scanned:?}");
    assert!(world.has_ended().await);
    assert_eq!(world.left(), Vec::<String>::new());
}

#[tokio::test]
async fn one_that_reads_nothing_is_killed() {
    let world = World::new();
    let scanned = world.script("exec sleep 600").with_limits(SHORT).scan(&vec![0; 2_000_000]).await;
    assert!(matches!(scanned, Err(ScanError::TimedOut)), "{scanned:?}");
}

#[tokio::test]
async fn one_whose_caller_does_not_wait_is_killed() {
    let world = World::new();
    let scanner = world.script("echo $$ > \"$0/pid\"; exec sleep 600");
    let waited = tokio::time::timeout(Duration::from_millis(400), scanner.scan(b"cv")).await;
    assert!(waited.is_err());
    assert!(world.has_ended().await);
    assert_eq!(world.left(), Vec::<String>::new());
}

#[tokio::test]
async fn codes_of_no_verdict_are_failures() {
    let world = World::new();
    for code in [2, 3, 40, 52, 70, 126, 127, 255] {
        let script = format!("cat > /dev/null; echo 'stdin: OK'; exit {code}");
        let scanned = world.script(&script).scan(b"cv").await;
        assert!(matches!(scanned, Err(ScanError::Failed(Some(failed))) if failed == code), "{scanned:?}");
    }
    for signal in ["SEGV", "KILL", "ABRT"] {
        let script = format!("cat > /dev/null; echo 'stdin: OK'; kill -{signal} $$");
        let scanned = world.script(&script).scan(b"cv").await;
        assert!(matches!(scanned, Err(ScanError::Failed(None))), "{signal} {scanned:?}");
    }
    assert_eq!(world.left(), Vec::<String>::new());
}

#[tokio::test]
async fn a_code_without_words_is_no_verdict() {
    let world = World::new();
    for script in [
        "true",
        "cat > /dev/null",
        "cat > /dev/null; echo OK",
        "cat > /dev/null; exit 1",
        "cat > /dev/null; echo 'stdin: OK'; exit 1",
        "cat > /dev/null; echo 'stdin: OK'; echo 'stdin: Test.Marker FOUND'",
    ] {
        let scanned = world.script(script).scan(b"cv").await;
        assert!(matches!(scanned, Err(ScanError::NoVerdict)), "{script}: {scanned:?}");
    }
}

#[tokio::test]
async fn one_that_has_not_read_the_whole_file_has_not_scanned_it() {
    let world = World::new();
    let scanned = world.script("head -c 10 > /dev/null; echo 'stdin: OK'").scan(&vec![0; 3_000_000]).await;
    assert!(matches!(scanned, Err(ScanError::NoVerdict)), "{scanned:?}");
}

#[tokio::test]
async fn one_that_never_stops_talking_is_killed() {
    let world = World::new();
    for script in ["exec yes 'stdin: OK'", "exec cat /dev/zero"] {
        let scanned = world.script(script).scan(&vec![0; 3_000_000]).await;
        assert!(matches!(scanned, Err(ScanError::TooMuchOutput)), "{scanned:?}");
    }
}

#[tokio::test]
async fn one_that_is_not_there_is_a_failure() {
    let missing = ClamAv::new(PathBuf::from("/nowhere/clamscan"), vec!["-".into()]);
    let limited = missing.scan(b"cv").await;
    assert!(matches!(limited, Err(ScanError::Failed(Some(127)))), "{limited:?}");
    let unlimited = missing.with_limits(LIMITS).scan(b"cv").await;
    assert!(matches!(unlimited, Err(ScanError::Start(_))), "{unlimited:?}");
}

#[tokio::test]
async fn without_a_place_to_write_nothing_is_scanned() {
    let scanned = World::new().script("true").with_folder("/nowhere".into()).scan(b"cv").await;
    assert!(matches!(scanned, Err(ScanError::Scratch(_))), "{scanned:?}");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_scanned() {
    let world = World::new();
    let scanned = world.script("cat > /dev/null; echo 'stdin: OK'").scan(&vec![0; 4_000_001]).await;
    assert!(matches!(scanned, Err(ScanError::TooLarge)), "{scanned:?}");
}

#[tokio::test]
async fn it_runs_in_a_private_folder_with_its_limit_and_without_our_environment() {
    let world = World::new();
    let script = "cat > /dev/null; test \"$(stat -c %a .)\" = 700 && test \"$(pwd)\" = \"$TMPDIR\" && \
                  test \"$(ulimit -v)\" = 1000000 && test -z \"$CARGO_MANIFEST_DIR\" && test \"$GIVEN\" = yes && \
                  echo 'stdin: OK'";
    let scanner = world.script(script).with_variable("GIVEN", "yes");
    let limits = Limits { memory: Some(1_024_000_000), ..LIMITS };
    assert_eq!(scanner.with_limits(limits).scan(b"cv").await.unwrap(), Verdict::Clean);
}

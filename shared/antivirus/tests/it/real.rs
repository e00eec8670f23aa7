//! `clamscan` with the signatures of `infra/antivirus`, where it is installed.

use std::io::Write;
use std::path::{Path, PathBuf};

use antivirus::{ClamAv, Limits, ScanError, Verdict};

use crate::files::{docx, pdf};
use crate::world::{LIMITS, World};

const SIGNATURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/antivirus");
const MARKER: &str = "work-study-marker-of-no-virus-5d0c2f";

/// In two pieces, so that this file is not found itself.
fn eicar() -> String {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

fn clamscan(world: &World) -> Option<ClamAv> {
    let places = ["/usr/bin/clamscan", "/usr/local/bin/clamscan", "/opt/bin/clamscan"];
    let Some(program) = places.iter().map(PathBuf::from).find(|place| place.exists()) else {
        // Not by `eprintln`, which is only shown of tests that fail.
        let reason =
            "SKIPPED, as clamscan is not installed: apt-get install -y --no-install-recommends clamav";
        std::io::stderr().write_all(format!("{reason}\n").as_bytes()).unwrap();
        return None;
    };
    let scanner = ClamAv::clamscan(program, Some(Path::new(SIGNATURES)));
    Some(
        scanner
            .with_limits(Limits { memory: Some(1_000_000_000), ..LIMITS })
            .with_folder(world.folder.clone()),
    )
}

#[tokio::test]
async fn texts_that_it_knows_are_found_wherever_they_are() {
    let world = World::new();
    let Some(scanner) = clamscan(&world) else { return };
    for text in [eicar(), format!("<w:t>{MARKER}</w:t>")] {
        for file in [text.clone().into_bytes(), pdf(text.as_bytes()), docx(text.as_bytes())] {
            assert_eq!(scanner.scan(&file).await.unwrap(), Verdict::Infected);
        }
    }
    assert_eq!(world.left(), Vec::<String>::new());
}

#[tokio::test]
async fn honest_files_are_clean() {
    let world = World::new();
    let Some(scanner) = clamscan(&world) else { return };
    let text = "<w:t>Boulangère à L'Haÿ-les-Roses</w:t>".repeat(2000);
    for file in
        [text.clone().into_bytes(), pdf(text.as_bytes()), docx(text.as_bytes()), vec![b'x'; 3_000_000]]
    {
        assert_eq!(scanner.scan(&file).await.unwrap(), Verdict::Clean);
    }
    assert_eq!(world.left(), Vec::<String>::new());
}

#[tokio::test]
async fn what_it_does_not_look_through_is_not_clean() {
    let world = World::new();
    let Some(scanner) = clamscan(&world) else { return };
    let nested = (0..25).fold(b"<w:t>x</w:t>".to_vec(), |inside, _| docx(&inside));
    assert_eq!(scanner.scan(&nested).await.unwrap(), Verdict::Infected);
}

#[tokio::test]
async fn without_signatures_or_memory_it_gives_no_verdict() {
    let world = World::new();
    let Some(scanner) = clamscan(&world) else { return };
    let little = scanner.with_limits(Limits { memory: Some(20_000_000), ..LIMITS });
    assert!(matches!(little.scan(b"cv").await, Err(ScanError::Failed(_))));
    let nowhere =
        ClamAv::clamscan("clamscan".into(), Some(Path::new("/nowhere"))).with_folder(world.folder.clone());
    assert!(matches!(nowhere.scan(b"cv").await, Err(ScanError::Failed(Some(2)))));
}

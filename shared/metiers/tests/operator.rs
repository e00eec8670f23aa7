//! The operator's own tables, as the build script reads them.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

#[path = "../build/operator.rs"]
mod operator;
#[path = "../build/sources.rs"]
mod sources;

use std::fs;
use std::path::{Path, PathBuf};

fn committed() -> sources::Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources::read(&root.join("data"), &root.join("../../infra/seed/generate/diplomas.csv")).unwrap()
}

/// A folder of its own with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

#[test]
fn appellations_are_added_and_unknown_trades_left_out() {
    let table = "code_rome,code_ogr,libelle_appellation_long\n\
                 D1102,1,Fournier / Fournière\nD1102,2,Boulanger / Boulangère\nZ9999,3,Rien\n";
    let mut sources = committed();
    let before = sources.appellations.len();
    operator::add(&mut sources, &folder("appellations", &[("appellations.csv", table)])).unwrap();
    assert_eq!(sources.appellations.len(), before + 1, "the label itself is no further name");
    assert!(sources.appellations.contains(&("D1102".to_owned(), "Fournier / Fournière".to_owned())));
}

#[test]
fn active_certifications_take_the_place_of_those_of_the_demonstration() {
    let diplomas = "diploma_title,rncp,apprenticeship,active\nPAIN (CAP),RNCP10,oui,ACTIVE\nPAIN (CAP),RNCP11,oui,ACTIVE\n\
                    VIEUX,RNCP10,oui,INACTIVE\nAILLEURS,RNCP10,non,ACTIVE\nSANS MÉTIER,RNCP12,oui,ACTIVE\n";
    let romes = "rncp,rome\nRNCP10,D1102\nRNCP11,D1104\nRNCP11,Z9999\nRNCP12,Z9999\n";
    let files = [("rncp_diplomas.csv", diplomas), ("rncp_rome.csv", romes)];
    let mut sources = committed();
    operator::add(&mut sources, &folder("certifications", &files)).unwrap();
    let [pain] = sources.diplomas.as_slice() else { panic!("{}", sources.diplomas.len()) };
    assert_eq!(pain.name, "PAIN (CAP)");
    assert_eq!(pain.rncps.iter().collect::<Vec<_>>(), ["RNCP10", "RNCP11"]);
    assert_eq!(pain.romes.iter().collect::<Vec<_>>(), ["D1102", "D1104"]);
}

#[test]
fn a_folder_or_a_file_that_is_missing_is_said() {
    let said = |folder: &Path| operator::add(&mut committed(), folder).unwrap_err().to_string();
    assert!(said(Path::new("/nowhere")).contains("is no folder"));
    let half = folder("half", &[("rncp_rome.csv", "rncp,rome\n")]);
    assert!(said(&half).contains("rncp_diplomas.csv"));
    let wrong = folder("wrong", &[("appellations.csv", "rome,name\n")]);
    assert!(said(&wrong).contains("it has no column code_rome"));
}

#[test]
fn the_public_tables_are_read_where_they_are_at_hand() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !shared.exists() {
        return;
    }
    let mut sources = committed();
    operator::add(&mut sources, &shared).unwrap();
    assert!(sources.diplomas.len() > 1_000, "{}", sources.diplomas.len());
}

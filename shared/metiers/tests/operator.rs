//! The operator's own tables, as the build script reads them.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

#[path = "../build/codes.rs"]
mod codes;
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

/// Partners keep codes: a change of how they are made would turn every one of them into an unknown one.
#[test]
fn a_code_of_ours_is_the_same_in_every_build() {
    assert_eq!(codes::of(&committed()).unwrap()["903332145288"], ("D1102", "Boulanger / Boulangère"));
}

#[test]
fn the_operators_code_ogr_wins_and_the_other_names_keep_ours() {
    let table = "code_rome,code_ogr,libelle_appellation_long\n\
                 D1102,1,Fournier / Fournière\nD1102,2,Boulanger / Boulangère\nD1102,,Sans code\n";
    let mut sources = committed();
    let before = codes::of(&sources).unwrap().len();
    operator::add(&mut sources, &folder("codes", &[("appellations.csv", table)])).unwrap();
    let named = codes::of(&sources).unwrap();
    assert_eq!(named.len(), before + 2);
    assert_eq!(named["1"], ("D1102", "Fournier / Fournière"));
    assert_eq!(named["2"], ("D1102", "Boulanger / Boulangère"), "a label has a code too");
    let ours = named.iter().filter(|(code, _)| code.len() == 12 && code.starts_with('9'));
    assert_eq!(ours.count(), named.len() - 2);
}

#[test]
fn a_code_that_is_no_number_or_is_given_twice_is_said() {
    let said = |name: &str, rows: &str| {
        let table = format!("code_rome,code_ogr,libelle_appellation_long\n{rows}");
        let mut sources = committed();
        operator::add(&mut sources, &folder(name, &[("appellations.csv", &table)]))?;
        codes::of(&sources).map(|named| named.len()).map_err(Into::<Box<dyn std::error::Error>>::into)
    };
    let error = said("letters", "D1102,x,Fournier\n").unwrap_err().to_string();
    assert!(error.ends_with("the code_ogr \"x\" of \"Fournier\" is no number"), "{error}");
    let error = said("twice", "D1102,1,Fournier\nD1104,1,Glacier\n").unwrap_err().to_string();
    assert!(error.starts_with("1 is the code of D1104 \"Glacier\" and of D1102 \"Fournier\""), "{error}");
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

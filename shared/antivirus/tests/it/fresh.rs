//! Signatures, by programs that are scripts.

use std::os::unix::fs::PermissionsExt;

use antivirus::{RefreshError, Signatures};

use crate::world::World;

/// The head of a database: what it holds follows it.
const HEAD: &str = "ClamAV-VDB:16 Nov 2026 08-24 +0000:27800:2067000:90:X:X:nobody:1794817440";

fn signatures(world: &World, script: &str) -> Signatures {
    let program = world.folder.join("freshclam");
    std::fs::write(&program, format!("#!/bin/sh\nfolder=\"${{1#--datadir=}}\"\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    Signatures::new(program, world.folder.clone())
}

#[tokio::test]
async fn what_was_fetched_says_when_it_was_made() {
    let world = World::new();
    let fetched = format!("printf '%-512s\\nmore' '{HEAD}' > \"$folder/daily.cvd\"");
    assert_eq!(signatures(&world, &fetched).refresh().await.unwrap(), 1_794_817_440);
    // Later ones are a file of their own, and the former may stay.
    let newer = HEAD.replace("1794817440", "1794900000");
    let fetched = format!("printf '%-512s\\nmore' '{newer}' > \"$folder/daily.cld\"");
    assert_eq!(signatures(&world, &fetched).refresh().await.unwrap(), 1_794_900_000);
}

#[tokio::test]
async fn what_was_not_fetched_is_a_failure() {
    let world = World::new();
    let failed = signatures(&world, "exit 58").refresh().await;
    assert!(matches!(failed, Err(RefreshError::Failed(Some(58)))), "{failed:?}");
    let missing = signatures(&world, "exit 0").refresh().await;
    assert!(matches!(missing, Err(RefreshError::Missing)), "{missing:?}");
    let undated = signatures(&world, "echo 'ClamAV-VDB:no:date' > \"$folder/daily.cld\"").refresh().await;
    assert!(matches!(undated, Err(RefreshError::Undated)), "{undated:?}");
    let none = Signatures::new("/nowhere/freshclam".into(), world.folder.clone()).refresh().await;
    assert!(matches!(none, Err(RefreshError::Run(_))), "{none:?}");
}

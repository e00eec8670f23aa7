//! Makes the index of métiers at each build, from the tables of `data/`, the diplomas of the demonstration and,
//! where `METIERS_DIR` names a folder, the operator's own tables (`build/operator.rs` says which).
//!
//! It fails, and says why, where a table is damaged or names a ROME code that does not exist.

#[path = "build/codes.rs"]
mod codes;
#[path = "build/index.rs"]
mod index;
#[path = "build/operator.rs"]
mod operator;
#[path = "build/sources.rs"]
mod sources;
#[path = "src/text.rs"]
#[allow(dead_code, reason = "the crate uses all of it")]
mod text;
#[path = "build/write.rs"]
mod write;

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};

/// The folder with the operator's own tables; optional.
const OPERATOR: &str = "METIERS_DIR";

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let diplomas = root.join("../../infra/seed/generate/diplomas.csv");
    let mut sources = sources::read(&root.join("data"), &diplomas)?;
    if let Some(folder) = env::var_os(OPERATOR).filter(|folder| !folder.is_empty()) {
        // A relative path is one from the root of the repository, wherever cargo runs this.
        let folder = root.join("../..").join(folder);
        operator::add(&mut sources, &folder)?;
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    write::write(&index::Index::of(&sources)?, &out.join("index.rs"))?;
    println!("cargo::rerun-if-env-changed={OPERATOR}");
    for path in ["build.rs", "build", "data", "src/text.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-changed={}", diplomas.display());
    Ok(())
}

//! Says of each file of some folders whether it is taken: `cargo run --release -p attachment --example check -- FOLDER…`.
#![allow(clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use attachment::{AttachmentName, Refusal, check_type, inspect};

fn main() -> std::io::Result<()> {
    let (mut taken, mut refused) = (0, 0);
    for folder in std::env::args().skip(1) {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            let bytes = std::fs::read(file)?;
            let start = Instant::now();
            let answer = check(file, &bytes);
            let spent = start.elapsed().as_secs_f64() * 1e3;
            let (said, count) = match answer {
                Ok(()) => ("taken", &mut taken),
                Err(refusal) => (refusal.as_str(), &mut refused),
            };
            *count += 1;
            println!("{said:24}{spent:8.2} ms {:9} B  {}", bytes.len(), file.display());
        }
    }
    println!("{taken} taken, {refused} refused");
    Ok(())
}

fn check(file: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    let name = AttachmentName::parse(&file.to_string_lossy())?;
    inspect(check_type(name.kind(), name.kind(), bytes)?, bytes)
}

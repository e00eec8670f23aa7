//! All honest files, together.

use attachment::{Kind, inspect};

use crate::{honest_docx, honest_pdf};

#[test]
fn none_of_more_than_two_hundred_honest_cvs_is_refused() {
    let files: Vec<(String, Kind, Vec<u8>)> =
        honest_docx::all().into_iter().chain(honest_pdf::all()).collect();
    let refused: Vec<String> = files
        .iter()
        .filter_map(|(label, kind, bytes)| {
            Some(format!("{label}: {}", inspect(*kind, bytes).err()?.as_str()))
        })
        .collect();
    assert!(refused.is_empty(), "{} of {}:\n{}", refused.len(), files.len(), refused.join("\n"));
    assert!(files.len() >= 200, "{}", files.len());
}

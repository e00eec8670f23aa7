//! Golden answers: `tests/golden/{name}.json`. `GOLDEN=write cargo test -p tests --test handlers` writes them anew;
//! read what changed before it is committed.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::events::names;

/// Compares with the golden file of that name, or writes it where `GOLDEN=write`. Returns what differs.
pub fn compare(name: &str, actual: &Value) -> Result<(), String> {
    let path = folder().join(format!("{name}.json"));
    let text = format!("{actual:#}\n");
    if crate::variable("GOLDEN").as_deref() == Some("write") {
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the folder can be made");
        fs::write(&path, text).expect("the golden file can be written");
        return Ok(());
    }
    let wanted =
        fs::read_to_string(&path).map_err(|error| format!("{name}: {error}; GOLDEN=write makes it"))?;
    match first_difference(&wanted, &text) {
        None => Ok(()),
        Some((line, wanted, actual)) => {
            Err(format!("{name}, line {line}:\n  golden {wanted}\n  actual {actual}"))
        }
    }
}

/// The names of all golden files, sorted.
pub fn all() -> Vec<String> {
    let inside = |group: String| {
        let files = names(&folder().join(&group));
        files.into_iter().map(move |file| format!("{group}/{}", file.trim_end_matches(".json")))
    };
    names(&folder()).into_iter().flat_map(inside).collect()
}

fn folder() -> PathBuf {
    crate::root().join("tests").join("golden")
}

/// The first line that differs, counted from 1, in both texts.
fn first_difference(wanted: &str, actual: &str) -> Option<(usize, String, String)> {
    let (mut wanted, mut actual) = (wanted.lines(), actual.lines());
    (1..).find_map(|line| match (wanted.next(), actual.next()) {
        (None, None) => Some(None),
        (one, other) if one == other => None,
        (one, other) => {
            let shown = |text: Option<&str>| text.map_or("nothing".to_owned(), |text| text.trim().to_owned());
            Some(Some((line, shown(one), shown(other))))
        }
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_first_line_that_differs() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\n b\nc", "a\n d\nc"), Some((2, "b".to_owned(), "d".to_owned())));
        assert_eq!(first_difference("a", "a\nb"), Some((2, "nothing".to_owned(), "b".to_owned())));
    }
}

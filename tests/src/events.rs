//! Events as AWS sends them: `events/{function}/{case}.json`, one file per function and case that matters.

use std::fs;
use std::path::Path;

/// One event file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The function it is for.
    pub function: String,
    /// What is special about it.
    pub case: String,
    /// The file as it is: some hold what a JSON reader must refuse.
    pub text: String,
}

impl Event {
    /// Its name: `{function}/{case}`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.function, self.case)
    }
}

/// One event file, by its name.
pub fn load(name: &str) -> String {
    let path = crate::root().join("events").join(format!("{name}.json"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every event file, in the order of their names.
pub fn all() -> Vec<Event> {
    let mut events = Vec::new();
    let root = crate::root().join("events");
    for function in names(&root) {
        for file in names(&root.join(&function)) {
            let case =
                file.strip_suffix(".json").unwrap_or_else(|| panic!("{function}/{file} is no event file"));
            let text = load(&format!("{function}/{case}"));
            events.push(Event { function: function.clone(), case: case.to_owned(), text });
        }
    }
    events
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a folder that can be read").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

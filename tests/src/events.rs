//! Events as AWS sends them: `events/{function}/{case}.json`, one file per function and case that matters.

use std::fs;
use std::path::Path;

/// The folder that is no function's: `events/messages/{type}.json`, one message of the topic `events` for each type.
pub const MESSAGES: &str = "messages";

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

/// Every event file of a function, in the order of their names.
pub fn all() -> Vec<Event> {
    let functions = names(&crate::root().join("events")).into_iter().filter(|folder| folder != MESSAGES);
    functions.flat_map(|function| of(&function)).collect()
}

/// Every message of the topic `events`: its type, and the file.
pub fn messages() -> Vec<(String, String)> {
    of(MESSAGES).into_iter().map(|message| (message.case, message.text)).collect()
}

/// The files of a folder.
fn of(folder: &str) -> Vec<Event> {
    let files = names(&crate::root().join("events").join(folder));
    let event = |file: String| {
        let case = file.strip_suffix(".json").unwrap_or_else(|| panic!("{folder}/{file} is no event file"));
        let text = load(&format!("{folder}/{case}"));
        Event { function: folder.to_owned(), case: case.to_owned(), text }
    };
    files.into_iter().map(event).collect()
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

//! What is compared, read from the repository, and changeable in memory so that the checks can be tested.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::yaml;

/// The four parts.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// `template.yaml`, as JSON, with the resources of the stacks beside it among its own.
    pub(crate) template: Value,
    /// `infra/openapi.json`.
    pub(crate) document: Value,
    /// The crates of `functions/`: name, text of `src/lib.rs`.
    pub(crate) crates: BTreeMap<String, String>,
    /// The folders of `events/` that hold a file, but the one of messages.
    pub(crate) events: BTreeSet<String>,
}

impl Project {
    /// Reads the repository.
    pub(crate) fn load() -> Self {
        let root = tests::root();
        // Absent before the first `make openapi`: then every route is reported as missing from it.
        let document = fs::read_to_string(root.join("infra/openapi.json")).unwrap_or_default();
        Self {
            template: ["infra/antivirus", "infra/consumer"]
                .map(|folder| yaml::parse(&read(&root.join(folder).join("template.yaml"))))
                .into_iter()
                .fold(yaml::parse(&read(&root.join("template.yaml"))), both),
            document: serde_json::from_str(&document).unwrap_or_default(),
            crates: folders(&root.join("functions"))
                .filter(|(_, folder)| folder.join("Cargo.toml").exists())
                .map(|(name, folder)| (name, read(&folder.join("src/lib.rs"))))
                .collect(),
            events: folders(&root.join("events"))
                .filter(|(_, folder)| fs::read_dir(folder).unwrap().next().is_some())
                .map(|(name, _)| name)
                .filter(|name| name != tests::events::MESSAGES)
                .collect(),
        }
    }

    /// Takes a part of the template out. It must be there.
    pub(crate) fn remove(&mut self, pointer: &str) {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let removed = match self.template.pointer_mut(parent) {
            Some(Value::Object(fields)) => fields.remove(&unescaped(name)).is_some(),
            Some(Value::Array(items)) => {
                let index: usize = name.parse().unwrap();
                index < items.len() && !items.remove(index).is_null()
            }
            _ => false,
        };
        assert!(removed, "no {pointer} in the template");
    }

    /// Puts a value into an object of the template. The object must be there.
    pub(crate) fn set(&mut self, pointer: &str, value: Value) {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match self.template.pointer_mut(parent) {
            Some(Value::Object(fields)) => fields.insert(unescaped(name), value),
            _ => panic!("no {parent} in the template"),
        };
    }
}

/// The resources of two templates, none of which has the name of another.
fn both(mut template: Value, mut beside: Value) -> Value {
    let resources = template["Resources"].as_object_mut().unwrap();
    for (name, resource) in beside["Resources"].as_object_mut().unwrap() {
        let former = resources.insert(name.clone(), resource.take());
        assert!(former.is_none(), "{name} is in two templates");
    }
    template
}

/// RFC 6901.
fn unescaped(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn folders(path: &Path) -> impl Iterator<Item = (String, PathBuf)> {
    fs::read_dir(path)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path))
}

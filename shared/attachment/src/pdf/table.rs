//! Where objects are, as the newest revision says.

use std::collections::HashMap;

use crate::Refusal;

use super::MAX_OBJECTS;
use super::dict::{Dict, Value};

/// Where an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// At that byte of the file.
    At(usize),
    /// Within an object stream.
    Packed(u32),
    /// Nowhere any more.
    Free,
}

/// All places, filled from the newest revision to the oldest.
#[derive(Debug, Default)]
pub(crate) struct Table {
    places: HashMap<u32, Place>,
    root: Option<u32>,
    /// Places that were read, those that a newer revision had said included.
    rows: usize,
    /// Where the sections began: `xref`, or the object that holds one.
    sections: Vec<usize>,
}

impl Table {
    /// What a newer revision has said stays.
    pub(crate) fn place(&mut self, number: u32, place: Place) -> Result<(), Refusal> {
        self.places.entry(number).or_insert(place);
        self.rows += 1;
        if self.rows > MAX_OBJECTS { Err(Refusal::TooManyObjects) } else { Ok(()) }
    }

    /// Notes what the dictionary of a section says. Encryption is told here, since nothing else could be read.
    pub(crate) fn section(&mut self, at: usize, trailer: &Dict<'_>) -> Result<(), Refusal> {
        if trailer.has(b"Encrypt") {
            return Err(Refusal::Encrypted);
        }
        self.sections.push(at);
        match trailer.get(b"Root")? {
            Some(Value::Reference(number)) => {
                self.root.get_or_insert(*number);
                Ok(())
            }
            None => Ok(()),
            Some(_) => Err(Refusal::Damaged),
        }
    }

    pub(crate) fn get(&self, number: u32) -> Place {
        self.places.get(&number).copied().unwrap_or(Place::Free)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, Place)> {
        self.places.iter().map(|(number, place)| (*number, *place))
    }

    pub(crate) fn root(&self) -> Result<u32, Refusal> {
        self.root.ok_or(Refusal::Damaged)
    }

    pub(crate) fn sections(&self) -> &[usize] {
        &self.sections
    }
}

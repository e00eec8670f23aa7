//! Reads the file from its first byte to its last.

use std::collections::HashMap;

use crate::Refusal;
use crate::inflate::Room;

use super::dict::{Dict, Value};
use super::document::{Document, data};
use super::filters;
use super::hidden;
use super::lexer::{Lexer, Token};
use super::packed::Packed;
use super::rules::Rules;
use super::table::Place;
use super::walk::walk;
use super::xref::start;
use super::{MAX_INFLATED, MAX_OBJECTS};

/// Shows every object, trailer and packed object to the rules, counts what streams inflate to, and compares what it
/// came to with the table. Outside of objects only blanks, comments, sections and trailers may stand.
pub(crate) fn sweep(document: &Document<'_>, rules: &mut Rules, kept: &mut Room) -> Result<(), Refusal> {
    let mut sweep = Sweep { document, rules, kept, room: Room::of(MAX_INFLATED), found: HashMap::new() };
    let mut lexer = Lexer::new(document.bytes(), 0);
    loop {
        lexer.skip_blanks();
        let at = lexer.at();
        match lexer.next()? {
            None => break,
            Some(Token::Int(number)) => {
                let number = u32::try_from(number).map_err(|_| Refusal::Damaged)?;
                sweep.note(at, Some(number))?;
                sweep.object(at, number, &mut lexer)?;
            }
            Some(Token::Word(b"xref")) => {
                sweep.note(at, None)?;
                skip_entries(&mut lexer)?;
                walk(&mut lexer, sweep.rules)?;
            }
            Some(Token::Word(b"startxref")) => {
                lexer.count()?;
            }
            Some(_) => return Err(Refusal::Damaged),
        }
    }
    for packed in document.packed().values() {
        packed.walk(sweep.rules)?;
    }
    sweep.compare()
}

struct Sweep<'s, 'a> {
    document: &'s Document<'a>,
    rules: &'s mut Rules,
    kept: &'s mut Room,
    room: Room,
    /// Where something begins: an object of that number, or a section of the table.
    found: HashMap<usize, Option<u32>>,
}

impl Sweep<'_, '_> {
    fn note(&mut self, at: usize, number: Option<u32>) -> Result<(), Refusal> {
        self.found.insert(at, number);
        if self.found.len() > MAX_OBJECTS { Err(Refusal::TooManyObjects) } else { Ok(()) }
    }

    /// The object that begins there, from after its number.
    fn object(&mut self, at: usize, number: u32, lexer: &mut Lexer<'_>) -> Result<(), Refusal> {
        lexer.count()?;
        lexer.word(b"obj")?;
        let mut value = *lexer;
        walk(lexer, self.rules)?;
        match lexer.token()? {
            Token::Word(b"endobj") => return Ok(()),
            Token::Word(b"stream") => {}
            _ => return Err(Refusal::Damaged),
        }
        let Value::Dict(inside) = Value::read(&mut value)? else { return Err(Refusal::Damaged) };
        let dict = Dict::read(inside)?;
        let find = |number| self.document.small(number);
        let data = data(lexer, &dict, &find)?;
        if hidden::holds_an_object(data) {
            return Err(Refusal::Polyglot);
        }
        filters::count(&dict, data, &find, &mut self.room)?;
        // One that an older revision had, or that nothing names.
        let is_packed = matches!(dict.get(b"Type")?, Some(Value::Name(name)) if name.as_ref() == b"ObjStm");
        let place = self.document.table().get(number);
        let is_newest = matches!(place, Place::At(said) if start(self.document.bytes(), said) == at);
        let is_known = is_newest && self.document.packed().contains_key(&number);
        if is_packed && !is_known {
            Packed::read(&dict, data, &find, self.kept)?.walk(self.rules)?;
        }
        lexer.word(b"endobj")
    }

    /// The table must lead to what was found, and to nothing else.
    fn compare(&self) -> Result<(), Refusal> {
        let found = |said| self.found.get(&start(self.document.bytes(), said));
        for (number, place) in self.document.table().iter() {
            if let Place::At(at) = place
                && found(at) != Some(&Some(number))
            {
                return Err(Refusal::Damaged);
            }
        }
        let sections = self.document.table().sections();
        if sections.iter().all(|at| found(*at).is_some()) { Ok(()) } else { Err(Refusal::Damaged) }
    }
}

/// From after `xref` to after `trailer`.
fn skip_entries(lexer: &mut Lexer<'_>) -> Result<(), Refusal> {
    loop {
        match lexer.token()? {
            Token::Int(_) | Token::Word(b"n" | b"f") => {}
            Token::Word(b"trailer") => return Ok(()),
            _ => return Err(Refusal::Damaged),
        }
    }
}

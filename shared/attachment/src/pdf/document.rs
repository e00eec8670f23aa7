//! A PDF as its table says it is.

use std::collections::HashMap;

use crate::Refusal;
use crate::inflate::Room;

use super::dict::{Dict, Value};
use super::lexer::{Lexer, Token};
use super::packed::Packed;
use super::table::{Place, Table};
use super::xref;

/// How much is read of a number, a name or a list of names that stands elsewhere, in bytes. They are read as often as
/// they are referred to, so that one that is long would be a way to make us slow.
const SMALL: usize = 256;

/// The file, where its objects are, and those that were packed.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    bytes: &'a [u8],
    table: Table,
    packed: HashMap<u32, Packed>,
}

/// Finds a small value that stands elsewhere.
pub(crate) type Find<'f, 'a> = &'f dyn Fn(u32) -> Result<Value<'a>, Refusal>;

impl<'a> Document<'a> {
    /// Reads the table, and unpacks what it says is packed.
    pub(crate) fn open(bytes: &'a [u8], kept: &mut Room) -> Result<Self, Refusal> {
        let table = xref::read(bytes, kept)?;
        let mut document = Self { bytes, table, packed: HashMap::new() };
        let streams: Vec<u32> = document
            .table
            .iter()
            .filter_map(|(_, place)| if let Place::Packed(stream) = place { Some(stream) } else { None })
            .collect();
        for number in streams {
            if !document.packed.contains_key(&number) {
                let Place::At(at) = document.table.get(number) else { return Err(Refusal::Damaged) };
                // What is needed to unpack is not packed itself.
                let find = |number| document.small_at(number);
                let (found, dict, data) = stream(Lexer::new(bytes, at), &find)?;
                if found != number {
                    return Err(Refusal::Damaged);
                }
                let packed = Packed::read(&dict, data, &find, kept)?;
                document.packed.insert(number, packed);
            }
        }
        Ok(document)
    }

    pub(crate) const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    pub(crate) const fn table(&self) -> &Table {
        &self.table
    }

    /// Those that the table names, by the number of the stream.
    pub(crate) const fn packed(&self) -> &HashMap<u32, Packed> {
        &self.packed
    }

    /// The value of an object; none where there is no such object. It costs as much as the object is long.
    pub(crate) fn value(&self, number: u32) -> Result<Option<Value<'_>>, Refusal> {
        match self.table.get(number) {
            Place::Free => Ok(None),
            Place::At(at) => {
                let mut lexer = Lexer::new(self.bytes, at);
                head(&mut lexer, number)?;
                Value::read(&mut lexer).map(Some)
            }
            Place::Packed(stream) => {
                let object = self.packed.get(&stream).and_then(|packed| packed.object(number));
                Value::read(&mut Lexer::new(object.ok_or(Refusal::Damaged)?, 0)).map(Some)
            }
        }
    }

    /// A small value that stands elsewhere, packed or not.
    pub(crate) fn small(&self, number: u32) -> Result<Value<'_>, Refusal> {
        match self.table.get(number) {
            Place::Packed(stream) => {
                let object = self.packed.get(&stream).and_then(|packed| packed.object(number));
                let object = object.ok_or(Refusal::Damaged)?;
                Value::read(&mut Lexer::new(object.get(..SMALL).unwrap_or(object), 0))
            }
            _ => self.small_at(number),
        }
    }

    fn small_at(&self, number: u32) -> Result<Value<'a>, Refusal> {
        let Place::At(at) = self.table.get(number) else { return Err(Refusal::Damaged) };
        let rest = self.bytes.get(at..).unwrap_or_default();
        let mut lexer = Lexer::new(rest.get(..SMALL).unwrap_or(rest), 0);
        head(&mut lexer, number)?;
        Value::read(&mut lexer)
    }
}

/// `12 0 obj`, with that number.
fn head(lexer: &mut Lexer<'_>, number: u32) -> Result<(), Refusal> {
    if lexer.count()? != number as usize {
        return Err(Refusal::Damaged);
    }
    lexer.count()?;
    lexer.word(b"obj")
}

/// A stream at that place: its number, its dictionary and its bytes.
pub(crate) fn stream<'a>(
    mut lexer: Lexer<'a>,
    find: Find<'_, '_>,
) -> Result<(u32, Dict<'a>, &'a [u8]), Refusal> {
    let number = u32::try_from(lexer.count()?).map_err(|_| Refusal::Damaged)?;
    head_after_number(&mut lexer)?;
    let Value::Dict(inside) = Value::read(&mut lexer)? else { return Err(Refusal::Damaged) };
    let dict = Dict::read(inside)?;
    lexer.word(b"stream")?;
    let data = data(&mut lexer, &dict, find)?;
    Ok((number, dict, data))
}

fn head_after_number(lexer: &mut Lexer<'_>) -> Result<(), Refusal> {
    lexer.count()?;
    lexer.word(b"obj")
}

/// The bytes of a stream, from after the word `stream` to after `endstream`. The length must be right: readers that find
/// it wrong look for the end each in their own way, and see different objects.
pub(crate) fn data<'a>(
    lexer: &mut Lexer<'a>,
    dict: &Dict<'_>,
    find: Find<'_, '_>,
) -> Result<&'a [u8], Refusal> {
    lexer.skip(match lexer.rest() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => return Err(Refusal::Damaged),
    });
    let length = match dict.get(b"Length")? {
        Some(Value::Int(length)) => *length,
        Some(Value::Reference(number)) => match find(*number)? {
            Value::Int(length) => length,
            _ => return Err(Refusal::Damaged),
        },
        _ => return Err(Refusal::Damaged),
    };
    let length = usize::try_from(length).map_err(|_| Refusal::Damaged)?;
    let data = lexer.rest().get(..length).ok_or(Refusal::Damaged)?;
    lexer.skip(length);
    match lexer.token()? {
        Token::Word(b"endstream") => Ok(data),
        _ => Err(Refusal::Damaged),
    }
}

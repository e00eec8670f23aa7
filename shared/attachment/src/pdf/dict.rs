//! A dictionary, one level of it.

use std::borrow::Cow;

use crate::Refusal;

use super::lexer::{Lexer, Token};
use super::walk;

/// Entries of one dictionary that is looked into. Those of a trailer, a page or a stream have some twenty.
const MAX_ENTRIES: usize = 2_000;

/// A value. What is within an array or a dictionary is read when it is asked for.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    Int(i64),
    Name(Cow<'a, [u8]>),
    Text(&'a [u8]),
    Hex(&'a [u8]),
    Reference(u32),
    /// After its opening bracket.
    Array(Lexer<'a>),
    /// After its opening brackets.
    Dict(Lexer<'a>),
    Null,
    Other,
}

impl<'a> Value<'a> {
    /// The next value; none where an array ends.
    pub(crate) fn next(lexer: &mut Lexer<'a>) -> Result<Option<Self>, Refusal> {
        Ok(Some(match lexer.token()? {
            Token::ArrayClose => return Ok(None),
            Token::Int(number) => match u32::try_from(number) {
                Ok(number) if lexer.is_reference() => Self::Reference(number),
                _ => Self::Int(number),
            },
            Token::Name(name) => Self::Name(name),
            Token::Text(text) => Self::Text(text),
            Token::Hex(text) => Self::Hex(text),
            Token::ArrayOpen => {
                let inside = *lexer;
                walk::skip(lexer)?;
                Self::Array(inside)
            }
            Token::DictOpen => {
                let inside = *lexer;
                walk::skip(lexer)?;
                Self::Dict(inside)
            }
            Token::Word(b"null") => Self::Null,
            Token::Real | Token::Word(b"true" | b"false") => Self::Other,
            Token::DictClose | Token::Word(_) => return Err(Refusal::Damaged),
        }))
    }

    /// The value at that place, whole.
    pub(crate) fn read(lexer: &mut Lexer<'a>) -> Result<Self, Refusal> {
        Self::next(lexer)?.ok_or(Refusal::Damaged)
    }
}

/// A dictionary whose values have been told apart.
#[derive(Debug, Default)]
pub(crate) struct Dict<'a> {
    entries: Vec<(Cow<'a, [u8]>, Value<'a>)>,
}

impl<'a> Dict<'a> {
    /// From after its opening brackets.
    pub(crate) fn read(mut lexer: Lexer<'a>) -> Result<Self, Refusal> {
        let mut entries = Vec::new();
        loop {
            match lexer.token()? {
                Token::DictClose => return Ok(Self { entries }),
                Token::Name(key) if entries.len() < MAX_ENTRIES => {
                    entries.push((key, Value::read(&mut lexer)?));
                }
                Token::Name(_) => return Err(Refusal::TooManyObjects),
                _ => return Err(Refusal::Damaged),
            }
        }
    }

    /// What is under a key; none where it is null. A key that is there twice is refused: readers take one or the other.
    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<&Value<'a>>, Refusal> {
        let mut found = self.entries.iter().filter(|(name, _)| name.as_ref() == key).map(|(_, value)| value);
        let value = found.next().filter(|value| !matches!(value, Value::Null));
        if found.next().is_some() { Err(Refusal::Damaged) } else { Ok(value) }
    }

    /// Whether there is such a key.
    pub(crate) fn has(&self, key: &[u8]) -> bool {
        self.entries.iter().any(|(name, _)| name.as_ref() == key)
    }
}

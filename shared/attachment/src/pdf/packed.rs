//! Objects that are packed in a stream (ISO 32000-1, 7.5.7).

use std::collections::HashMap;
use std::ops::Range;

use crate::Refusal;
use crate::inflate::Room;

use super::dict::{Dict, Value};
use super::document::Find;
use super::filters;
use super::lexer::Lexer;
use super::rules::Rules;
use super::walk::walk;

/// What it takes to keep the place of an object, in bytes.
const ROOM: usize = 64;

/// The objects of one stream, unpacked.
#[derive(Debug)]
pub(crate) struct Packed {
    bytes: Vec<u8>,
    objects: HashMap<u32, Range<usize>>,
}

impl Packed {
    /// Unpacks them. Each must begin after the one before it ends, so that none is read twice.
    pub(crate) fn read(
        dict: &Dict<'_>,
        data: &[u8],
        find: Find<'_, '_>,
        kept: &mut Room,
    ) -> Result<Self, Refusal> {
        let bytes = filters::kept(dict, data, find, kept)?;
        let (count, first) = (count_of(dict, b"N", find)?, count_of(dict, b"First", find)?);
        kept.take(count.saturating_mul(ROOM)).map_err(|_| Refusal::TooManyObjects)?;
        let mut index = Lexer::new(bytes.get(..first).ok_or(Refusal::Damaged)?, 0);
        let mut starts = Vec::new();
        for _ in 0..count {
            let number = u32::try_from(index.count()?).map_err(|_| Refusal::Damaged)?;
            let start = first.checked_add(index.count()?).ok_or(Refusal::Damaged)?;
            if starts.last().is_some_and(|(_, before)| *before >= start) || start > bytes.len() {
                return Err(Refusal::Damaged);
            }
            starts.push((number, start));
        }
        let ends = starts.iter().skip(1).map(|(_, start)| *start).chain([bytes.len()]);
        let objects: HashMap<_, _> =
            starts.iter().zip(ends).map(|((number, start), end)| (*number, *start..end)).collect();
        if objects.len() < count { Err(Refusal::Damaged) } else { Ok(Self { bytes, objects }) }
    }

    /// The bytes of an object.
    pub(crate) fn object(&self, number: u32) -> Option<&[u8]> {
        self.bytes.get(self.objects.get(&number)?.clone())
    }

    /// Shows all objects to the rules. After each there is nothing.
    pub(crate) fn walk(&self, rules: &mut Rules) -> Result<(), Refusal> {
        for range in self.objects.values() {
            let mut lexer = Lexer::new(self.bytes.get(range.clone()).unwrap_or_default(), 0);
            walk(&mut lexer, rules)?;
            if lexer.next()?.is_some() {
                return Err(Refusal::Damaged);
            }
        }
        Ok(())
    }
}

fn count_of(dict: &Dict<'_>, key: &[u8], find: Find<'_, '_>) -> Result<usize, Refusal> {
    let count = match dict.get(key)? {
        Some(Value::Int(count)) => *count,
        Some(Value::Reference(number)) => match find(*number)? {
            Value::Int(count) => count,
            _ => return Err(Refusal::Damaged),
        },
        _ => return Err(Refusal::Damaged),
    };
    usize::try_from(count).map_err(|_| Refusal::Damaged)
}

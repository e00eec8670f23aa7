//! Objects that are packed in a stream (ISO 32000-1, 7.5.7), and rows that are written as differences (7.4.4.4).

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

/// Undoes the predictor of PNG, of rows of bytes. Writers use no other in streams that we must read.
pub(crate) fn unpredicted(dict: &Dict<'_>, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let parameters = match dict.get(b"DecodeParms")? {
        None => return Ok(bytes),
        Some(Value::Dict(inside)) => Dict::read(*inside)?,
        Some(Value::Array(inside)) => match Value::next(&mut inside.clone())? {
            Some(Value::Dict(inside)) => Dict::read(inside)?,
            None | Some(Value::Null) => return Ok(bytes),
            _ => return Err(Refusal::Damaged),
        },
        Some(_) => return Err(Refusal::Damaged),
    };
    let number = |key, otherwise| match parameters.get(key)? {
        None => Ok(otherwise),
        Some(Value::Int(number)) => usize::try_from(*number).map_err(|_| Refusal::Damaged),
        Some(_) => Err(Refusal::Damaged),
    };
    if number(b"Predictor", 1)? == 1 {
        return Ok(bytes);
    }
    let columns = number(b"Columns", 1)?;
    let is_rows_of_bytes = number(b"Colors", 1)? == 1 && number(b"BitsPerComponent", 8)? == 8;
    if number(b"Predictor", 1)? < 10 || !is_rows_of_bytes || columns == 0 || columns > bytes.len() {
        return Err(Refusal::UnsupportedCompression);
    }
    rows(&bytes, columns)
}

fn rows(bytes: &[u8], columns: usize) -> Result<Vec<u8>, Refusal> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0_u8; columns];
    for row in bytes.chunks(columns + 1) {
        let (kind, row) = row.split_first().ok_or(Refusal::Damaged)?;
        let (mut left, mut above_left) = (0_u8, 0_u8);
        for (byte, above) in row.iter().zip(&mut above) {
            let predicted = match kind {
                0 => 0,
                1 => left,
                2 => *above,
                3 => u8::midpoint(left, *above),
                4 => paeth(left, *above, above_left),
                _ => return Err(Refusal::Damaged),
            };
            above_left = *above;
            left = byte.wrapping_add(predicted);
            *above = left;
            out.push(left);
        }
    }
    Ok(out)
}

fn paeth(left: u8, above: u8, above_left: u8) -> u8 {
    let [a, b, c] = [left, above, above_left].map(i16::from);
    let (to_a, to_b, to_c) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        above_left
    }
}

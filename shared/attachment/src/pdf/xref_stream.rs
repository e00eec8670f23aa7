//! A section of the table that is a stream (ISO 32000-1, 7.5.8).

use crate::Refusal;
use crate::inflate::Room;

use super::dict::{Dict, Value};
use super::document;
use super::filters;
use super::lexer::Lexer;
use super::table::{Place, Table};

/// Bytes of a number: offsets of our files need three.
const MAX_WIDTH: usize = 8;

/// Reads the section, and returns its dictionary, which is its trailer.
pub(crate) fn read<'a>(lexer: Lexer<'a>, table: &mut Table, kept: &mut Room) -> Result<Dict<'a>, Refusal> {
    let (_, dict, data) = document::stream(lexer, &|_| Err(Refusal::Damaged))?;
    let rows = filters::kept(&dict, data, &|_| Err(Refusal::Damaged), kept)?;
    let widths = counts(&dict, b"W")?;
    let [kind, second, third] = widths.as_slice() else { return Err(Refusal::Damaged) };
    let width = kind + second + third;
    if width == 0 || widths.iter().any(|width| *width > MAX_WIDTH) {
        return Err(Refusal::Damaged);
    }
    let index = if dict.has(b"Index") { counts(&dict, b"Index")? } else { vec![0, usize::MAX] };
    let mut rows = rows.chunks_exact(width);
    for pair in index.chunks(2) {
        let [first, count] = pair else { return Err(Refusal::Damaged) };
        let mut number = u32::try_from(*first).map_err(|_| Refusal::Damaged)?;
        for row in rows.by_ref().take(*count) {
            let (first, rest) = row.split_at_checked(*kind).unwrap_or_default();
            let (second, _) = rest.split_at_checked(*second).unwrap_or_default();
            table.place(number, place(first, number_of(second)?)?)?;
            number = number.checked_add(1).ok_or(Refusal::Damaged)?;
        }
    }
    Ok(dict)
}

/// A width of zero means that all entries are of the first kind.
fn place(kind: &[u8], value: usize) -> Result<Place, Refusal> {
    match (kind, number_of(kind)?) {
        ([], _) | (_, 1) if value == 0 => Ok(Place::Free),
        ([], _) | (_, 1) => Ok(Place::At(value)),
        (_, 2) => u32::try_from(value).map(Place::Packed).map_err(|_| Refusal::Damaged),
        _ => Ok(Place::Free),
    }
}

fn number_of(bytes: &[u8]) -> Result<usize, Refusal> {
    let number = bytes.iter().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    usize::try_from(number).map_err(|_| Refusal::Damaged)
}

fn counts(dict: &Dict<'_>, key: &[u8]) -> Result<Vec<usize>, Refusal> {
    let Some(Value::Array(mut lexer)) = dict.get(key)?.cloned() else { return Err(Refusal::Damaged) };
    let mut counts = Vec::new();
    while let Some(value) = Value::next(&mut lexer)? {
        let Value::Int(count) = value else { return Err(Refusal::Damaged) };
        counts.push(usize::try_from(count).map_err(|_| Refusal::Damaged)?);
    }
    Ok(counts)
}

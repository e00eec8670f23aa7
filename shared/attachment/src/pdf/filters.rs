//! How streams are compressed (ISO 32000-1, 7.4).

use std::borrow::Cow;

use crate::Refusal;
use crate::inflate::{Room, Wrapping, inflate};

use super::dict::{Dict, Value};
use super::document::Find;
use super::lexer::{is_blank, nibble};

/// Of one stream. Writers chain two at most.
const MAX_FILTERS: usize = 3;

/// One step of reading a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    Flate,
    Hex,
    Ascii85,
    /// Runs make a byte into 64 at most.
    Runs,
    /// The format of a picture, which its reader inflates.
    Picture,
}

/// Counts what a stream inflates to. What comes out of pictures and runs is not counted.
pub(crate) fn count(
    dict: &Dict<'_>,
    data: &[u8],
    find: Find<'_, '_>,
    room: &mut Room,
) -> Result<(), Refusal> {
    flattened(dict, data, find, |piece| room.take(piece.len()))
}

/// What a stream holds, where we must know it: it takes room that is kept.
pub(crate) fn kept(
    dict: &Dict<'_>,
    data: &[u8],
    find: Find<'_, '_>,
    kept: &mut Room,
) -> Result<Vec<u8>, Refusal> {
    if !filters(dict, find)?.iter().all(|filter| *filter == Filter::Flate) {
        return Err(Refusal::UnsupportedCompression);
    }
    let mut bytes = Vec::new();
    flattened(dict, data, find, |piece| {
        kept.take(piece.len())?;
        bytes.extend_from_slice(piece);
        Ok(())
    })?;
    super::predictor::unpredicted(dict, bytes)
}

fn flattened(
    dict: &Dict<'_>,
    data: &[u8],
    find: Find<'_, '_>,
    mut sink: impl FnMut(&[u8]) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut data = Cow::Borrowed(data);
    for filter in filters(dict, find)? {
        match filter {
            Filter::Hex => data = Cow::Owned(hex(&data)),
            Filter::Ascii85 => data = Cow::Owned(ascii85(&data)?),
            // Nothing was compressed, and there is nothing.
            Filter::Flate if data.trim_ascii().is_empty() => return Ok(()),
            Filter::Flate => return inflate(Wrapping::Zlib, &data, sink).map(|_| ()),
            Filter::Runs | Filter::Picture => return Ok(()),
        }
    }
    sink(&data)
}

/// The steps. Only one may compress: nested once, a thousandth of a bomb would be all that we count.
fn filters(dict: &Dict<'_>, find: Find<'_, '_>) -> Result<Vec<Filter>, Refusal> {
    // The bytes of such a stream are in another file.
    if dict.has(b"F") || dict.has(b"FFilter") {
        return Err(Refusal::ExternalReference);
    }
    let mut filters = Vec::new();
    match dict.get(b"Filter")? {
        None => {}
        Some(Value::Reference(number)) => named(&find(*number)?, &mut filters)?,
        Some(value) => named(value, &mut filters)?,
    }
    let compressing = filters.iter().filter(|filter| matches!(filter, Filter::Flate | Filter::Runs)).count();
    if compressing > 1 || filters.len() > MAX_FILTERS {
        return Err(Refusal::TooCompressed);
    }
    Ok(filters)
}

fn named(value: &Value<'_>, filters: &mut Vec<Filter>) -> Result<(), Refusal> {
    match value {
        Value::Name(name) => filters.push(filter(name)?),
        Value::Array(lexer) => {
            let mut lexer = *lexer;
            while let Some(value) = Value::next(&mut lexer)? {
                let Value::Name(name) = value else { return Err(Refusal::Damaged) };
                filters.push(filter(&name)?);
                if filters.len() > MAX_FILTERS {
                    return Err(Refusal::TooCompressed);
                }
            }
        }
        _ => return Err(Refusal::Damaged),
    }
    Ok(())
}

/// LZW has not been written for twenty years, and is a bomb as well as Flate is.
fn filter(name: &[u8]) -> Result<Filter, Refusal> {
    Ok(match name {
        b"FlateDecode" | b"Fl" => Filter::Flate,
        b"ASCIIHexDecode" | b"AHx" => Filter::Hex,
        b"ASCII85Decode" | b"A85" => Filter::Ascii85,
        b"RunLengthDecode" | b"RL" => Filter::Runs,
        b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF" => Filter::Picture,
        b"Crypt" => return Err(Refusal::Encrypted),
        _ => return Err(Refusal::UnsupportedCompression),
    })
}

fn hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> =
        data.iter().take_while(|byte| **byte != b'>').filter(|b| !is_blank(**b)).copied().collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |sum, digit| sum * 16 + nibble(*digit))).collect()
}

fn ascii85(data: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::with_capacity(data.len() / 5 * 4 + 4);
    let (mut sum, mut digits) = (0_u32, 0_usize);
    for byte in data.iter().take_while(|byte| **byte != b'~') {
        match byte {
            b'z' if digits == 0 => bytes.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                sum = sum.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                digits += 1;
                if digits == 5 {
                    bytes.extend_from_slice(&sum.to_be_bytes());
                    (sum, digits) = (0, 0);
                }
            }
            blank if is_blank(*blank) => {}
            _ => return Err(Refusal::Damaged),
        }
    }
    if digits > 1 {
        let sum = (digits..5).fold(sum, |sum, _| sum.wrapping_mul(85).wrapping_add(84));
        bytes.extend(sum.to_be_bytes().iter().take(digits - 1));
    }
    Ok(bytes)
}

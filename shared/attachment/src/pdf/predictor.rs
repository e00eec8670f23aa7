//! Rows that are written as differences from the rows above (ISO 32000-1, 7.4.4.4).

use crate::Refusal;

use super::dict::{Dict, Value};

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

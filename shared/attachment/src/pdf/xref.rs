//! The sections of the table, from the newest, whose place the end of the file says, to the oldest.

use std::collections::HashSet;

use crate::Refusal;
use crate::inflate::Room;
use crate::magic::find;

use super::dict::{Dict, Value};
use super::lexer::{Lexer, Token, is_blank};
use super::table::{Place, Table};
use super::xref_stream;

/// How far from the end `startxref` is looked for, in bytes.
const TAIL: usize = 2_048;
/// Sections of all revisions.
const MAX_SECTIONS: usize = 40;
/// Blanks between the place that is said and what is there: some writers count the end of the line before.
const MAX_BLANKS: usize = 16;

/// Reads all sections.
pub(crate) fn read(bytes: &[u8], kept: &mut Room) -> Result<Table, Refusal> {
    let mut table = Table::default();
    let mut waiting = vec![newest(bytes)?];
    let mut seen = HashSet::new();
    while let Some(said) = waiting.pop() {
        let at = start(bytes, said);
        if !seen.insert(at) || seen.len() > MAX_SECTIONS {
            return Err(Refusal::Damaged);
        }
        let mut lexer = Lexer::new(bytes, at);
        let is_table = lexer.rest().starts_with(b"xref");
        let trailer = if is_table {
            classic(&mut lexer, &mut table)?
        } else {
            xref_stream::read(lexer, &mut table, kept)?
        };
        table.section(at, &trailer)?;
        waiting.extend(offset(&trailer, b"Prev")?);
        // The part of a revision that old readers do not know comes before what is older.
        if is_table {
            waiting.extend(offset(&trailer, b"XRefStm")?);
        }
    }
    Ok(table)
}

/// Where what the table says is at a place begins.
pub(crate) fn start(bytes: &[u8], said: usize) -> usize {
    let rest = bytes.get(said..).unwrap_or_default();
    said.saturating_add(rest.iter().take(MAX_BLANKS).take_while(|byte| is_blank(**byte)).count())
}

/// The end of the file must say where the newest section is, and be the end.
fn newest(bytes: &[u8]) -> Result<usize, Refusal> {
    let tail_at = bytes.len().saturating_sub(TAIL);
    let mut at = tail_at;
    let mut last = None;
    while let Some(step) = bytes.get(at..).and_then(|rest| find(rest, b"startxref")) {
        last = Some(at + step);
        at += step + 1;
    }
    let mut lexer = Lexer::new(bytes, last.ok_or(Refusal::Damaged)?);
    lexer.word(b"startxref")?;
    let newest = lexer.count()?;
    let end = lexer.rest().trim_ascii_start();
    let after = end.strip_prefix(b"%%EOF").ok_or(Refusal::Damaged)?;
    if after.iter().all(|byte| is_blank(*byte)) { Ok(newest) } else { Err(Refusal::Damaged) }
}

fn offset(trailer: &Dict<'_>, key: &[u8]) -> Result<Option<usize>, Refusal> {
    match trailer.get(key)? {
        None => Ok(None),
        Some(Value::Int(offset)) => usize::try_from(*offset).map(Some).map_err(|_| Refusal::Damaged),
        Some(_) => Err(Refusal::Damaged),
    }
}

/// `xref`, subsections, `trailer`. Each entry is read, so that a count that is too large ends with the file.
fn classic<'a>(lexer: &mut Lexer<'a>, table: &mut Table) -> Result<Dict<'a>, Refusal> {
    lexer.word(b"xref")?;
    loop {
        match lexer.token()? {
            Token::Word(b"trailer") => break,
            Token::Int(first) => {
                let mut number = u32::try_from(first).map_err(|_| Refusal::Damaged)?;
                for _ in 0..lexer.count()? {
                    let (at, _generation) = (lexer.count()?, lexer.count()?);
                    let place = match lexer.token()? {
                        // Some writers mark objects that they have not written in this way.
                        Token::Word(b"n") if at == 0 => Place::Free,
                        Token::Word(b"n") => Place::At(at),
                        Token::Word(b"f") => Place::Free,
                        _ => return Err(Refusal::Damaged),
                    };
                    table.place(number, place)?;
                    number = number.checked_add(1).ok_or(Refusal::Damaged)?;
                }
            }
            _ => return Err(Refusal::Damaged),
        }
    }
    match lexer.token()? {
        Token::DictOpen => Dict::read(*lexer),
        _ => Err(Refusal::Damaged),
    }
}

//! How many pages there are.

use std::collections::HashSet;

use crate::Refusal;

use super::dict::{Dict, Value};
use super::document::Document;

/// Of a CV with all its annexes.
const MAX_PAGES: usize = 50;
/// Nodes of the tree of pages. Writers put ten or so below each.
const MAX_NODES: usize = 1_000;

/// Goes through the tree of pages. A node that is come to twice is refused: the tree would have no end.
pub(crate) fn count(document: &Document<'_>) -> Result<(), Refusal> {
    let root = dict(document, document.table().root()?)?;
    let Some(Value::Reference(top)) = root.get(b"Pages")? else { return Err(Refusal::MissingPart) };
    let (mut waiting, mut seen, mut pages) = (vec![*top], HashSet::from([*top]), 0);
    while let Some(number) = waiting.pop() {
        let node = dict(document, number)?;
        let kids = match node.get(b"Kids")? {
            None => {
                pages += 1;
                if pages > MAX_PAGES {
                    return Err(Refusal::TooManyPages);
                }
                continue;
            }
            // Two nodes with one list are come to twice as well.
            Some(Value::Reference(number)) if !seen.insert(*number) => return Err(Refusal::Damaged),
            Some(Value::Reference(number)) => document.value(*number)?,
            Some(kids) => Some(kids.clone()),
        };
        let Some(Value::Array(mut kids)) = kids else { return Err(Refusal::Damaged) };
        while let Some(kid) = Value::next(&mut kids)? {
            let Value::Reference(number) = kid else { return Err(Refusal::Damaged) };
            if !seen.insert(number) {
                return Err(Refusal::Damaged);
            }
            if seen.len() > MAX_NODES {
                return Err(Refusal::TooManyPages);
            }
            waiting.push(number);
        }
    }
    if pages == 0 { Err(Refusal::MissingPart) } else { Ok(()) }
}

fn dict<'d>(document: &'d Document<'_>, number: u32) -> Result<Dict<'d>, Refusal> {
    match document.value(number)? {
        Some(Value::Dict(inside)) => Dict::read(inside),
        _ => Err(Refusal::Damaged),
    }
}

//! Walks a value from end to end. What is open is kept on a list of our own, so that nesting costs no stack.

use std::borrow::Cow;

use crate::Refusal;

use super::lexer::{Lexer, Token};
use super::rules::Rules;

/// Writers nest less than ten.
const MAX_DEPTH: usize = 64;

enum Open<'a> {
    Array,
    /// With the key whose value comes next.
    Dict(Option<Cow<'a, [u8]>>),
}

/// Shows every key and every value to the rules.
pub(crate) fn walk<'a>(lexer: &mut Lexer<'a>, rules: &mut Rules) -> Result<(), Refusal> {
    let mut open: Vec<Open<'a>> = Vec::new();
    loop {
        let token = lexer.token()?;
        if let Some(Open::Dict(expected @ None)) = open.last_mut() {
            match token {
                Token::Name(name) => {
                    Rules::key(&name)?;
                    *expected = Some(name);
                }
                Token::DictClose => {
                    open.pop();
                    if is_whole(&mut open) {
                        return Ok(());
                    }
                }
                _ => return Err(Refusal::Damaged),
            }
            continue;
        }
        let key = match open.last() {
            Some(Open::Dict(key)) => key.clone(),
            Some(Open::Array) => None,
            // A value of its own may be that of any key, by reference.
            None => Some(Cow::Borrowed(&b""[..])),
        };
        let key = key.as_deref();
        match token {
            Token::DictOpen => {
                Rules::dict(key, lexer)?;
                open.push(Open::Dict(None));
            }
            Token::ArrayOpen => open.push(Open::Array),
            Token::ArrayClose if matches!(open.last(), Some(Open::Array)) => {
                open.pop();
                if is_whole(&mut open) {
                    return Ok(());
                }
            }
            Token::Int(number) => {
                if let (true, Ok(number), Some(key)) = (lexer.is_reference(), u32::try_from(number), key) {
                    rules.reference(key, number)?;
                }
                if is_whole(&mut open) {
                    return Ok(());
                }
            }
            token => {
                scalar(&token, key)?;
                if is_whole(&mut open) {
                    return Ok(());
                }
            }
        }
        if open.len() > MAX_DEPTH {
            return Err(Refusal::TooDeep);
        }
    }
}

fn scalar(token: &Token<'_>, key: Option<&[u8]>) -> Result<(), Refusal> {
    match (token, key) {
        (Token::Name(name), Some(key)) => Rules::name(key, name),
        (Token::Text(text), Some(key)) => Rules::text(key, || super::text::of_literal(text)),
        (Token::Hex(text), Some(key)) => Rules::text(key, || super::text::of_hex(text)),
        (Token::Real | Token::Word(b"true" | b"false" | b"null"), _)
        | (Token::Name(_) | Token::Text(_) | Token::Hex(_), None) => Ok(()),
        _ => Err(Refusal::Damaged),
    }
}

/// A value has ended: the dictionary that it is in waits for a key. Whether it was in nothing.
fn is_whole(open: &mut [Open<'_>]) -> bool {
    if let Some(Open::Dict(key)) = open.last_mut() {
        *key = None;
    }
    open.is_empty()
}

/// Goes from after an opening bracket to after the one that closes it, without a look at what is between.
pub(crate) fn skip(lexer: &mut Lexer<'_>) -> Result<(), Refusal> {
    let mut depth = 1_usize;
    while depth > 0 {
        match lexer.token()? {
            Token::DictOpen | Token::ArrayOpen => depth += 1,
            Token::DictClose | Token::ArrayClose => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Refusal::TooDeep);
        }
    }
    Ok(())
}

//! Tokens of PDF (ISO 32000-1, 7.2).

use std::borrow::Cow;

use crate::Refusal;

/// The smallest part of a value. Texts are as they stand, without their brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    Int(i64),
    Real,
    /// With its `#xx` read: `/#4aavaScript` and `/JavaScript` are one name.
    Name(Cow<'a, [u8]>),
    Text(&'a [u8]),
    Hex(&'a [u8]),
    DictOpen,
    DictClose,
    ArrayOpen,
    ArrayClose,
    Word(&'a [u8]),
}

/// A place in bytes, from which tokens are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where it is.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// What lies ahead.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Goes on by so many bytes.
    pub(crate) const fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    /// Goes on to the next byte that is neither blank nor of a comment.
    pub(crate) fn skip_blanks(&mut self) {
        loop {
            match self.rest().first() {
                Some(byte) if is_blank(*byte) => self.at += 1,
                Some(b'%') => self.skip_while(|byte| !matches!(byte, b'\n' | b'\r')),
                _ => return,
            }
        }
    }

    /// The next token; none at the end of the bytes.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'a>>, Refusal> {
        self.skip_blanks();
        let rest = self.rest();
        let token = match rest {
            [] => return Ok(None),
            [b'<', b'<', ..] => self.sign(2, Token::DictOpen),
            [b'>', b'>', ..] => self.sign(2, Token::DictClose),
            [b'[', ..] => self.sign(1, Token::ArrayOpen),
            [b']', ..] => self.sign(1, Token::ArrayClose),
            [b'/', ..] => self.name()?,
            [b'(', ..] => self.text()?,
            [b'<', ..] => self.hex()?,
            [byte, ..] if is_regular(*byte) => number_or_word(self.run()),
            _ => return Err(Refusal::Damaged),
        };
        Ok(Some(token))
    }

    /// The next token, where there must be one.
    pub(crate) fn token(&mut self) -> Result<Token<'a>, Refusal> {
        self.next()?.ok_or(Refusal::Damaged)
    }

    /// An integer that is no less than zero.
    pub(crate) fn count(&mut self) -> Result<usize, Refusal> {
        match self.token()? {
            Token::Int(number) => usize::try_from(number).map_err(|_| Refusal::Damaged),
            _ => Err(Refusal::Damaged),
        }
    }

    /// That word and no other.
    pub(crate) fn word(&mut self, word: &[u8]) -> Result<(), Refusal> {
        if self.token()? == Token::Word(word) { Ok(()) } else { Err(Refusal::Damaged) }
    }

    /// After an integer: whether it began a reference, `12 0 R`. If so it is read to its end. It is asked after each
    /// number of a file, and so makes no token of what follows.
    pub(crate) fn is_reference(&mut self) -> bool {
        let mut ahead = *self;
        ahead.skip_blanks();
        let generation_at = ahead.at;
        ahead.skip_while(|byte| byte.is_ascii_digit());
        let has_generation = ahead.at > generation_at;
        let blank_at = ahead.at;
        ahead.skip_blanks();
        let ends = match ahead.rest() {
            [b'R', next, ..] => !is_regular(*next),
            [b'R'] => true,
            _ => false,
        };
        let is_one = has_generation && ahead.at > blank_at && ends;
        if is_one {
            ahead.at += 1;
            *self = ahead;
        }
        is_one
    }

    const fn sign(&mut self, length: usize, token: Token<'a>) -> Token<'a> {
        self.at += length;
        token
    }

    fn skip_while(&mut self, is_in: impl Fn(u8) -> bool) {
        let rest = self.rest();
        self.at += rest.iter().position(|byte| !is_in(*byte)).unwrap_or(rest.len());
    }

    fn run(&mut self) -> &'a [u8] {
        let start = self.at;
        self.skip_while(is_regular);
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn name(&mut self) -> Result<Token<'a>, Refusal> {
        self.at += 1;
        let written = self.run();
        if !written.contains(&b'#') {
            return Ok(Token::Name(Cow::Borrowed(written)));
        }
        let mut name = Vec::with_capacity(written.len());
        let mut rest = written;
        while let [first, after @ ..] = rest {
            match rest {
                [b'#', high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    name.push(nibble(*high) * 16 + nibble(*low));
                    rest = after;
                }
                // Readers disagree on what this is.
                [b'#', ..] => return Err(Refusal::Damaged),
                _ => {
                    name.push(*first);
                    rest = after;
                }
            }
        }
        Ok(Token::Name(Cow::Owned(name)))
    }

    fn text(&mut self) -> Result<Token<'a>, Refusal> {
        let start = self.at + 1;
        let (mut depth, mut is_escaped) = (0_usize, false);
        for (offset, byte) in self.rest().iter().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'(' => depth += 1,
                b')' if depth == 1 => {
                    let end = self.at + offset;
                    self.at = end + 1;
                    return Ok(Token::Text(self.bytes.get(start..end).unwrap_or_default()));
                }
                b')' => depth -= 1,
                _ => {}
            }
        }
        Err(Refusal::Damaged)
    }

    fn hex(&mut self) -> Result<Token<'a>, Refusal> {
        let start = self.at + 1;
        self.at = start;
        self.skip_while(|byte| byte.is_ascii_hexdigit() || is_blank(byte));
        let digits = self.bytes.get(start..self.at).unwrap_or_default();
        if self.rest().first() != Some(&b'>') {
            return Err(Refusal::Damaged);
        }
        self.at += 1;
        Ok(Token::Hex(digits))
    }
}

pub(crate) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

pub(crate) const fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// Of a digit; of anything else it does not matter.
pub(crate) const fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}

fn number_or_word(run: &[u8]) -> Token<'_> {
    if let [digit @ b'0'..=b'9'] = run {
        return Token::Int(i64::from(digit - b'0'));
    }
    let is_number = run.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.'))
        && run.iter().any(u8::is_ascii_digit);
    if !is_number {
        return Token::Word(run);
    }
    let integer = std::str::from_utf8(run).ok().and_then(|text| text.parse().ok());
    integer.map_or(Token::Real, Token::Int)
}

#[cfg(test)]
mod tests;

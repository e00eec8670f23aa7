//! The lines of a feed file, plain or gzip, in bounded memory: one piece of the file, what one slice of it
//! unpacks to, and one line.

use std::io::Write;

use domain::rows::MAX_LINE_BYTES;
use flate2::write::MultiGzDecoder;
use futures::StreamExt;

use crate::ports::{Bytes, PortError};

/// Gzip is unpacked so many bytes at a time: at most 4 MiB of text, since it packs a thousandfold at best.
const SLICE: usize = 4 * 1024;
const GZIP: &[u8] = &[0x1f, 0x8b];
const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// A line of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Counted from 1, blank lines included.
    pub(crate) number: u32,
    /// Without its end of line; none when it is longer than [`MAX_LINE_BYTES`].
    pub(crate) text: Option<Vec<u8>>,
    /// Whether an end of line closes it: the last one of a file may lack it, because it was cut there.
    pub(crate) closed: bool,
}

/// A file could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinesError {
    /// The gzip stream is cut, or its bytes are damaged.
    #[error("the gzip stream is cut or damaged")]
    Damaged(#[source] std::io::Error),
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

enum Form {
    Unknown,
    Plain,
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
}

/// Reads lines off a file.
pub(crate) struct Lines {
    input: Bytes,
    /// Of the file, not decoded yet.
    piece: Vec<u8>,
    decoded: usize,
    form: Form,
    /// Decoded, not given yet.
    text: Vec<u8>,
    given: usize,
    /// Up to where `text` holds no end of line.
    searched: usize,
    /// Inside a line that is too long.
    skipping: bool,
    number: u32,
    ended: bool,
}

impl Lines {
    pub(crate) fn new(input: Bytes) -> Self {
        Self {
            input,
            piece: Vec::new(),
            decoded: 0,
            form: Form::Unknown,
            text: Vec::new(),
            given: 0,
            searched: 0,
            skipping: false,
            number: 0,
            ended: false,
        }
    }

    /// The next line that is not blank.
    pub(crate) async fn next(&mut self) -> Result<Option<Line>, LinesError> {
        loop {
            if let Some(line) = self.take_line() {
                if line.text.as_ref().is_none_or(|text| !text.trim_ascii().is_empty()) {
                    return Ok(Some(line));
                }
            } else if self.ended {
                return Ok(self.take_rest());
            } else {
                self.decode_more().await?;
            }
        }
    }

    /// The next closed line of what is decoded.
    fn take_line(&mut self) -> Option<Line> {
        let unread = self.text.get(self.searched..)?;
        let Some(length) = unread.iter().position(|&byte| byte == b'\n') else {
            self.searched = self.text.len();
            self.drop_what_is_too_long();
            return None;
        };
        let end = self.searched + length;
        let line = self.line(end, true);
        self.given = end + 1;
        self.searched = self.given;
        self.skipping = false;
        Some(line)
    }

    /// What follows the last end of line.
    fn take_rest(&mut self) -> Option<Line> {
        let end = self.text.len();
        let blank = self.text.get(self.given..).is_none_or(|rest| rest.trim_ascii().is_empty());
        if blank && !self.skipping {
            return None;
        }
        let line = self.line(end, false);
        self.given = end;
        self.skipping = false;
        Some(line)
    }

    fn line(&mut self, end: usize, closed: bool) -> Line {
        self.number += 1;
        let bytes = self.text.get(self.given..end).unwrap_or_default();
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let bytes =
            if self.number == 1 { bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes) } else { bytes };
        let text = (!self.skipping && bytes.len() <= MAX_LINE_BYTES).then(|| bytes.to_vec());
        Line { number: self.number, text, closed }
    }

    fn drop_what_is_too_long(&mut self) {
        if self.text.len() - self.given > MAX_LINE_BYTES + 2 {
            self.skipping = true;
            self.given = self.text.len();
        }
    }

    async fn decode_more(&mut self) -> Result<(), LinesError> {
        self.text.drain(..self.given);
        self.searched -= self.given;
        self.given = 0;
        if self.decoded == self.piece.len() {
            match self.input.next().await.transpose()? {
                Some(piece) => self.take_piece(piece),
                None => return self.end(),
            }
        }
        if matches!(self.form, Form::Unknown) && !self.recognise(false) {
            return Ok(());
        }
        self.decode_slice()
    }

    fn take_piece(&mut self, piece: Vec<u8>) {
        if matches!(self.form, Form::Unknown) {
            self.piece.extend(piece);
        } else {
            self.piece = piece;
        }
        self.decoded = 0;
    }

    /// Tells plain from gzip by the first two bytes; false when there are not two yet.
    fn recognise(&mut self, ended: bool) -> bool {
        if self.piece.len() < GZIP.len() && !ended {
            self.decoded = self.piece.len();
            return false;
        }
        self.decoded = 0;
        self.form = if self.piece.starts_with(GZIP) {
            Form::Gzip(Box::new(MultiGzDecoder::new(Vec::new())))
        } else {
            Form::Plain
        };
        true
    }

    fn decode_slice(&mut self) -> Result<(), LinesError> {
        let rest = self.piece.get(self.decoded..).unwrap_or_default();
        let slice = rest.get(..SLICE).unwrap_or(rest);
        match &mut self.form {
            Form::Gzip(decoder) => {
                decoder.write_all(slice).map_err(LinesError::Damaged)?;
                self.text.append(decoder.get_mut());
            }
            Form::Plain | Form::Unknown => self.text.extend_from_slice(slice),
        }
        self.decoded += slice.len();
        Ok(())
    }

    fn end(&mut self) -> Result<(), LinesError> {
        self.ended = true;
        if matches!(self.form, Form::Unknown) && self.recognise(true) {
            self.decode_slice()?;
        }
        if let Form::Gzip(decoder) = &mut self.form {
            decoder.try_finish().map_err(LinesError::Damaged)?;
            self.text.append(decoder.get_mut());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

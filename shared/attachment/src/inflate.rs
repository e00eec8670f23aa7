//! Inflates, and counts while it does: what a file says of its own size is not believed.

use flate2::{Decompress, FlushDecompress, Status};

use crate::Refusal;

/// What is inflated at a time, in bytes.
const PIECE: usize = 32 * 1024;

/// How many bytes may still come out of a file.
#[derive(Debug)]
pub(crate) struct Room {
    left: usize,
}

/// What a stream was.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Inflated {
    /// Compressed bytes that were read: a stream says itself where it ends.
    pub(crate) read: usize,
    /// Bytes that came out.
    pub(crate) written: usize,
}

/// How a stream begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrapping {
    /// Not at all: ZIP.
    None,
    /// With two bytes, and a checksum at its end: PDF.
    Zlib,
}

impl Room {
    pub(crate) const fn of(bytes: usize) -> Self {
        Self { left: bytes }
    }

    /// Takes room, or refuses the file.
    pub(crate) fn take(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.left = self.left.checked_sub(bytes).ok_or(Refusal::TooLargeInflated)?;
        Ok(())
    }
}

/// Hands a stream to `sink`, piece by piece, until it ends.
pub(crate) fn inflate(
    wrapping: Wrapping,
    bytes: &[u8],
    mut sink: impl FnMut(&[u8]) -> Result<(), Refusal>,
) -> Result<Inflated, Refusal> {
    let mut stream = Decompress::new(wrapping == Wrapping::Zlib);
    let mut piece = vec![0; PIECE];
    let (mut read, mut written) = (0, 0);
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let status = stream.decompress(rest, &mut piece, FlushDecompress::None);
        let (before_in, before_out) = (read, written);
        read = stream.total_in() as usize;
        written = stream.total_out() as usize;
        sink(piece.get(..written - before_out).unwrap_or_default())?;
        match status {
            Ok(Status::StreamEnd) => return Ok(Inflated { read, written }),
            // Neither read nor written: it is cut.
            Ok(_) if (read, written) == (before_in, before_out) => return Err(Refusal::Damaged),
            Ok(_) => {}
            Err(_) => return Err(Refusal::Damaged),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::DeflateEncoder};

    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_comes_out_is_what_went_in_and_bytes_after_the_end_are_not_read() {
        let text = b"alternance ".repeat(10_000);
        let mut stream = deflated(&text);
        let length = stream.len();
        stream.extend_from_slice(b"and more");
        let mut out = Vec::new();
        let inflated = inflate(Wrapping::None, &stream, |piece| {
            out.extend_from_slice(piece);
            Ok(())
        });
        assert_eq!(inflated, Ok(Inflated { read: length, written: text.len() }));
        assert_eq!(out, text);
    }

    #[test]
    fn a_stream_that_is_cut_is_damaged_wherever_it_is_cut() {
        let stream = deflated(&b"alternance ".repeat(100));
        for length in 0..stream.len() {
            assert_eq!(
                inflate(Wrapping::None, &stream[..length], |_| Ok(())),
                Err(Refusal::Damaged),
                "{length}"
            );
        }
    }

    #[test]
    fn whoever_counts_may_stop_it() {
        let stream = deflated(&vec![0; 10_000_000]);
        let mut room = Room::of(1_000_000);
        let refused = inflate(Wrapping::None, &stream, |piece| room.take(piece.len()));
        assert_eq!(refused, Err(Refusal::TooLargeInflated));
    }
}

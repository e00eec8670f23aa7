//! The content of an entry: counted, and compared with its checksum.

use flate2::Crc;

use crate::Refusal;
use crate::inflate::{Inflated, Room, Wrapping, inflate};

use super::part::{self, Part};

/// Of all parts that are XML, in bytes: each is kept while it is read, and all take time. Those of a CV are a tenth of it.
const MAX_XML: usize = 12_000_000;
/// What is kept of a part that is not, to see what it is.
const HEAD: usize = 64;
/// How much more than it takes a part may hold. Text of Word inflates to ten or twenty times.
const MAX_RATIO: usize = 100;
/// A part up to this size may inflate by more: one of spaces does, and does no harm.
const FREE: usize = 1_000_000;

/// A file within the archive.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) name: String,
    pub(crate) method: u16,
    /// Whether checksum and sizes stand after the data.
    pub(crate) is_described_after: bool,
    pub(crate) crc: usize,
    /// The size that it declares, in bytes. It is compared with what is counted.
    pub(crate) inflated: usize,
    /// Where it begins, with its header.
    pub(crate) offset: usize,
    /// Where its data end.
    pub(crate) end: usize,
    pub(crate) data: &'a [u8],
}

/// What an entry held.
#[derive(Debug)]
pub(crate) enum Unpacked {
    /// All of it, if it is XML.
    Xml(Vec<u8>),
    /// A picture, a font or a folder, which was looked at already.
    Other,
}

/// What may still come out of an archive.
#[derive(Debug)]
pub(crate) struct Rooms {
    all: Room,
    xml: Room,
}

impl Rooms {
    pub(crate) const fn of(all: usize) -> Self {
        Self { all: Room::of(all), xml: Room::of(MAX_XML) }
    }
}

/// Inflates an entry. Its content must be of the kind that its name says.
pub(crate) fn unpack(entry: &Entry<'_>, part: Part, rooms: &mut Rooms) -> Result<Unpacked, Refusal> {
    let most = entry.data.len().saturating_mul(MAX_RATIO).max(FREE);
    let (mut crc, mut count, mut content) = (Crc::new(), 0_usize, Vec::new());
    let mut sink = |piece: &[u8]| {
        count += piece.len();
        rooms.all.take(piece.len())?;
        if part == Part::Xml {
            rooms.xml.take(piece.len())?;
        }
        if count > most {
            return Err(Refusal::TooCompressed);
        }
        crc.update(piece);
        let wanted = if part == Part::Xml { piece.len() } else { HEAD.saturating_sub(content.len()) };
        content.extend_from_slice(piece.get(..wanted).unwrap_or(piece));
        Ok(())
    };
    let inflated = match entry.method {
        0 => {
            sink(entry.data)?;
            Inflated { read: entry.data.len(), written: entry.data.len() }
        }
        8 => inflate(Wrapping::None, entry.data, &mut sink)?,
        // Encrypted by AES.
        99 => return Err(Refusal::Encrypted),
        _ => return Err(Refusal::UnsupportedCompression),
    };
    let is_as_declared = inflated == Inflated { read: entry.data.len(), written: entry.inflated };
    if !is_as_declared || crc.sum() as usize != entry.crc {
        return Err(Refusal::Damaged);
    }
    part::check_content(part, &content)?;
    Ok(if part == Part::Xml { Unpacked::Xml(content) } else { Unpacked::Other })
}

//! The entries of an archive, as its list and its bytes agree on them (APPNOTE 6.3).

use crate::Refusal;
use crate::magic::find;

use super::unpack::Entry;

/// Of one document.
const MAX_ENTRIES: usize = 500;
const END: usize = 22;
const LISTED: usize = 46;
const LOCAL: usize = 30;

/// Bits that say that an entry is encrypted, in one way or another.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
/// Patch data instead of a file.
const PATCHED: u16 = 1 << 5;
/// Checksum and sizes follow the data.
const DESCRIBED_AFTER: u16 = 1 << 3;

/// Reads the list at the end of the archive and what it leads to. Together they must make up the whole file.
pub(crate) fn entries(bytes: &[u8]) -> Result<Vec<Entry<'_>>, Refusal> {
    let end_at = bytes.len().checked_sub(END).ok_or(Refusal::Damaged)?;
    let end = Record { bytes, at: end_at };
    // A comment, or bytes after the end, would be a place for another file.
    if !end.starts_with(b"PK\x05\x06") || end.u16(20)? != 0 {
        let is_further_up = find(bytes, b"PK\x05\x06").is_some();
        return Err(if is_further_up { Refusal::Polyglot } else { Refusal::Damaged });
    }
    let count = usize::from(end.u16(10)?);
    if count > MAX_ENTRIES {
        return Err(Refusal::TooManyEntries);
    }
    let (size, start) = (end.u32(12)?, end.u32(16)?);
    let is_single_disk = end.u16(4)? == 0 && end.u16(6)? == 0 && usize::from(end.u16(8)?) == count;
    if !is_single_disk || start.checked_add(size) != Some(end_at) {
        return Err(Refusal::Damaged);
    }
    let mut entries = Vec::with_capacity(count);
    let mut at = start;
    while at < end_at {
        let listed = Record { bytes, at };
        entries.push(entry(listed, start)?);
        if entries.len() > count {
            return Err(Refusal::Damaged);
        }
        at += LISTED
            + usize::from(listed.u16(28)?)
            + usize::from(listed.u16(30)?)
            + usize::from(listed.u16(32)?);
    }
    entries.sort_by_key(|entry| entry.offset);
    if entries.len() == count && at == end_at {
        contiguous(bytes, entries, start)
    } else {
        Err(Refusal::Damaged)
    }
}

/// An entry of the list. What stands before its data must say the same.
fn entry(listed: Record<'_>, list_at: usize) -> Result<Entry<'_>, Refusal> {
    if !listed.starts_with(b"PK\x01\x02") {
        return Err(Refusal::Damaged);
    }
    let (flags, method) = (listed.u16(8)?, listed.u16(10)?);
    let name = listed.slice(LISTED, usize::from(listed.u16(28)?))?;
    let offset = listed.u32(42)?;
    let local = Record { bytes: listed.bytes, at: offset };
    let data_at = LOCAL + usize::from(local.u16(26)?) + usize::from(local.u16(28)?);
    let is_same = local.starts_with(b"PK\x03\x04")
        && local.u16(6)? == flags
        && local.u16(8)? == method
        && local.slice(LOCAL, usize::from(local.u16(26)?))? == name
        && (flags & DESCRIBED_AFTER != 0 || local.slice(14, 12)? == listed.slice(16, 12)?);
    if flags & ENCRYPTED != 0 {
        return Err(Refusal::Encrypted);
    }
    // Files of many disks, patches, and sizes that are said elsewhere, for files larger than ours can be.
    let is_odd = flags & PATCHED != 0 || listed.u16(34)? != 0 || listed.u32(20)? == 0xffff_ffff;
    if !is_same || is_odd {
        return Err(Refusal::Damaged);
    }
    let data = local.slice(data_at, listed.u32(20)?)?;
    let end = offset.saturating_add(data_at).saturating_add(data.len());
    if end > list_at {
        return Err(Refusal::OverlappingEntries);
    }
    let name = std::str::from_utf8(name).map_err(|_| Refusal::UnsafePath)?.to_owned();
    let (crc, inflated) = (listed.u32(16)?, listed.u32(24)?);
    Ok(Entry {
        name,
        method,
        is_described_after: flags & DESCRIBED_AFTER != 0,
        crc,
        inflated,
        offset,
        end,
        data,
    })
}

/// No byte belongs to two entries, and none to no entry.
fn contiguous<'a>(bytes: &[u8], entries: Vec<Entry<'a>>, list_at: usize) -> Result<Vec<Entry<'a>>, Refusal> {
    let ends = entries.iter().skip(1).map(|entry| entry.offset).chain([list_at]);
    for (entry, next) in entries.iter().zip(ends) {
        let between = next.checked_sub(entry.end).ok_or(Refusal::OverlappingEntries)?;
        let is_description =
            entry.is_described_after && is_description(Record { bytes, at: entry.end }, entry, between)?;
        if between != 0 && !is_description {
            return Err(Refusal::Damaged);
        }
    }
    match entries.first() {
        Some(first) if first.offset != 0 => Err(Refusal::Polyglot),
        Some(_) => Ok(entries),
        None => Err(Refusal::MissingPart),
    }
}

/// Whether that many bytes are checksum and sizes: with a mark before them or without, of 32 bits or of 64.
fn is_description(record: Record<'_>, entry: &Entry<'_>, length: usize) -> Result<bool, Refusal> {
    let mark = if record.starts_with(b"PK\x07\x08") { 4 } else { 0 };
    let is_right = match length.checked_sub(mark) {
        Some(12) => record.u32(mark + 4)? == entry.data.len() && record.u32(mark + 8)? == entry.inflated,
        Some(20) => {
            let is_small = record.u32(mark + 8)? == 0 && record.u32(mark + 16)? == 0;
            is_small && record.u32(mark + 4)? == entry.data.len() && record.u32(mark + 12)? == entry.inflated
        }
        _ => false,
    };
    Ok(is_right && record.u32(mark)? == entry.crc)
}

/// Numbers at distances from a place.
#[derive(Clone, Copy)]
struct Record<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Record<'a> {
    fn slice(&self, offset: usize, length: usize) -> Result<&'a [u8], Refusal> {
        let start = self.at.checked_add(offset).ok_or(Refusal::Damaged)?;
        let end = start.checked_add(length).ok_or(Refusal::Damaged)?;
        self.bytes.get(start..end).ok_or(Refusal::Damaged)
    }

    fn starts_with(&self, mark: &[u8]) -> bool {
        self.slice(0, mark.len()) == Ok(mark)
    }

    fn u16(&self, offset: usize) -> Result<u16, Refusal> {
        self.slice(offset, 2)?.try_into().map(u16::from_le_bytes).map_err(|_| Refusal::Damaged)
    }

    fn u32(&self, offset: usize) -> Result<usize, Refusal> {
        let number =
            self.slice(offset, 4)?.try_into().map(u32::from_le_bytes).map_err(|_| Refusal::Damaged)?;
        Ok(number as usize)
    }
}

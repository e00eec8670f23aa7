//! Writes archives, honest or not: each field of each entry can be said otherwise than it is.

use std::io::Write;

use flate2::write::{DeflateEncoder, ZlibEncoder};
use flate2::{Compression, Crc};

/// An entry. What is `None` is as it should be.
#[derive(Clone, Default)]
pub(crate) struct Entry {
    pub(crate) name: Vec<u8>,
    pub(crate) content: Vec<u8>,
    /// Not compressed.
    pub(crate) is_stored: bool,
    /// Compressed already, in another way than by this writer.
    pub(crate) data: Option<Vec<u8>>,
    pub(crate) method: Option<u16>,
    pub(crate) flags: u16,
    pub(crate) crc: Option<u32>,
    pub(crate) inflated: Option<u32>,
    /// The name that its own header says.
    pub(crate) local_name: Option<Vec<u8>>,
    /// Where the list says that it is.
    pub(crate) offset: Option<u32>,
    /// Bytes after its data.
    pub(crate) after: Vec<u8>,
}

pub(crate) fn entry(name: &str, content: impl Into<Vec<u8>>) -> Entry {
    Entry { name: name.into(), content: content.into(), ..Entry::default() }
}

pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn u16s(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn u32s(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

pub(crate) fn size(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

/// The archive. `comment` stands after its end.
pub(crate) fn write(entries: &[Entry], comment: &[u8]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for entry in entries {
        let data = match &entry.data {
            Some(data) => data.clone(),
            None if entry.is_stored => entry.content.clone(),
            None => deflated(&entry.content),
        };
        let method = entry.method.unwrap_or(if entry.is_stored { 0 } else { 8 });
        let crc = entry.crc.unwrap_or_else(|| crc(&entry.content));
        let sizes = u32s(&[crc, size(&data), entry.inflated.unwrap_or_else(|| size(&entry.content))]);
        let head = [u16s(&[20, entry.flags, method, 0, 0x21]), sizes].concat();
        let at = size(&out);
        let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);
        out.extend([b"PK\x03\x04".to_vec(), head.clone(), u16s(&[local_name.len() as u16, 0])].concat());
        out.extend([local_name.clone(), data, entry.after.clone()].concat());
        list.extend([b"PK\x01\x02".to_vec(), u16s(&[20]), head].concat());
        list.extend(u16s(&[entry.name.len() as u16, 0, 0, 0, 0, 0, 0]));
        list.extend(u32s(&[entry.offset.unwrap_or(at)]));
        list.extend(&entry.name);
    }
    let at = size(&out);
    let count = entries.len() as u16;
    out.extend(&list);
    out.extend([b"PK\x05\x06".to_vec(), u16s(&[0, 0, count, count]), u32s(&[size(&list), at])].concat());
    out.extend(u16s(&[comment.len() as u16]));
    out.extend(comment);
    out
}

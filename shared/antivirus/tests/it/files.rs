//! Files that hold a text, compressed, as documents do.

use std::io::Write;

use flate2::write::{DeflateEncoder, ZlibEncoder};
use flate2::{Compression, Crc};

/// A PDF whose text is a stream.
pub(crate) fn pdf(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    let data = encoder.finish().unwrap();
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec(),
        [
            format!("<</Filter/FlateDecode/Length {}>>\nstream\n", data.len()).as_bytes(),
            &data,
            b"\nendstream",
        ]
        .concat(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("xref\n0 5\n0000000000 65535 f \n");
    for (number, object) in objects.iter().enumerate() {
        table = format!("{table}{:010} 00000 n \n", out.len());
        out.extend([format!("{} 0 obj\n", number + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let at = out.len();
    out.extend(format!("{table}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n").as_bytes());
    out
}

/// A .docx whose document is that text.
pub(crate) fn docx(text: &[u8]) -> Vec<u8> {
    let parts: [(&str, &[u8]); 2] = [("[Content_Types].xml", b"<Types/>"), ("word/document.xml", text)];
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).unwrap();
        let data = encoder.finish().unwrap();
        let mut crc = Crc::new();
        crc.update(content);
        let mut head = [20_u16, 0, 8, 0, 0x21].map(u16::to_le_bytes).concat();
        head.extend([crc.sum(), data.len() as u32, content.len() as u32].map(u32::to_le_bytes).concat());
        head.extend([name.len() as u16, 0].map(u16::to_le_bytes).concat());
        let at = out.len() as u32;
        out.extend([b"PK\x03\x04", head.as_slice(), name.as_bytes(), &data].concat());
        list.extend(
            [b"PK\x01\x02\x14\0", head.as_slice(), &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat(),
        );
    }
    let at = out.len() as u32;
    out.extend(&list);
    out.extend([b"PK\x05\x06".to_vec(), [0_u16, 0, 2, 2].map(u16::to_le_bytes).concat()].concat());
    out.extend([list.len() as u32, at].map(u32::to_le_bytes).concat());
    out.extend([0, 0]);
    out
}

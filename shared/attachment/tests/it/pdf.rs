//! Writes PDFs, honest or not, as old writers do and as new ones do.

use crate::archive::zlib;

/// Objects by number, from 1 on, and what the trailer says beside the catalogue, which is object 1.
#[derive(Clone, Default)]
pub(crate) struct Pdf {
    pub(crate) objects: Vec<Vec<u8>>,
    pub(crate) trailer: String,
}

pub(crate) fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{dict}/Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

pub(crate) fn flate(dict: &str, data: &[u8]) -> Vec<u8> {
    stream(&format!("/Filter/FlateDecode{dict}"), &zlib(data))
}

impl Pdf {
    /// A document of so many pages, with text. Objects: 1 the catalogue, 2 the tree, 3 the font, 4 the text, 5 and on the
    /// pages.
    pub(crate) fn of_pages(pages: usize, catalogue: &str, page: &str) -> Self {
        let kids: Vec<String> = (0..pages).map(|n| format!("{} 0 R", n + 5)).collect();
        let text = b"BT /F1 12 Tf 72 720 Td (Curriculum vitae) Tj ET\n".repeat(20);
        let mut objects = vec![
            format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>").into_bytes(),
            format!("<</Type/Pages/Kids[{}]/Count {pages}>>", kids.join(" ")).into_bytes(),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
            flate("", &text),
        ];
        for _ in 0..pages {
            objects.push(
                format!(
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R{page}>>"
                )
                .into_bytes(),
            );
        }
        Self { objects, trailer: String::new() }
    }

    /// Adds an object and says its number.
    pub(crate) fn add(&mut self, object: impl Into<Vec<u8>>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    /// As PDF 1.4: a table in letters.
    pub(crate) fn classic(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (n, object) in self.objects.iter().enumerate() {
            table.push_str(&format!("{:010} 00000 n \n", out.len()));
            put(&mut out, n + 1, object);
        }
        let at = out.len();
        out.extend(table.as_bytes());
        out.extend(self.end("trailer\n", at).as_bytes());
        out
    }

    fn end(&self, word: &str, at: usize) -> String {
        let size = self.objects.len() + 1;
        format!("{word}<</Size {size}/Root 1 0 R{}>>\nstartxref\n{at}\n%%EOF\n", self.trailer)
    }

    /// As PDF 1.5: whatever is no stream is packed in one, and the table is one.
    pub(crate) fn packed(&self) -> Vec<u8> {
        let is_stream = |object: &[u8]| object.windows(7).any(|bytes| bytes == b"stream\n");
        let holder = self.objects.len() + 1;
        let (mut index, mut inside) = (String::new(), Vec::new());
        for (n, object) in self.objects.iter().enumerate().filter(|(_, object)| !is_stream(object)) {
            index.push_str(&format!("{} {} ", n + 1, inside.len()));
            inside.extend([object.as_slice(), b"\n"].concat());
        }
        let count = self.objects.iter().filter(|object| !is_stream(object)).count();
        let dict = format!("/Type/ObjStm/N {count}/First {}", index.len());
        let holding = flate(&dict, &[index.as_bytes(), &inside].concat());
        self.with_table_stream(&[(holder, holding)], |n| {
            if is_stream(&self.objects[n - 1]) { None } else { Some(holder) }
        })
    }

    /// With more objects, and a table that says which objects are in which stream.
    pub(crate) fn with_table_stream(
        &self,
        more: &[(usize, Vec<u8>)],
        packed_in: impl Fn(usize) -> Option<usize>,
    ) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut rows = vec![vec![0, 0, 0, 0, 255]];
        let own = self.objects.iter().enumerate().map(|(n, object)| (n + 1, object));
        for (number, object) in own.chain(more.iter().map(|(number, object)| (*number, object))) {
            let is_own = number <= self.objects.len();
            if let Some(holder) = is_own.then(|| packed_in(number)).flatten() {
                rows.push([&[2_u8][..], &(holder as u32).to_be_bytes()[1..], &[0]].concat());
            } else {
                rows.push([&[1_u8][..], &(out.len() as u32).to_be_bytes()[1..], &[0]].concat());
                put(&mut out, number, object);
            }
        }
        let at = out.len();
        rows.push([&[1_u8][..], &(at as u32).to_be_bytes()[1..], &[0]].concat());
        let dict = format!("/Type/XRef/Size {}/W[1 3 1]/Root 1 0 R{}", rows.len(), self.trailer);
        put(&mut out, rows.len() - 1, &flate(&dict, &rows.concat()));
        out.extend(format!("startxref\n{at}\n%%EOF\n").as_bytes());
        out
    }
}

pub(crate) fn put(out: &mut Vec<u8>, number: usize, object: &[u8]) {
    out.extend(format!("{number} 0 obj\n").as_bytes());
    out.extend(object);
    out.extend(b"\nendobj\n");
}

/// A second revision after a file, which replaces one object: `at` is where its newest section is.
pub(crate) fn revised(first: &[u8], at: usize, number: usize, object: &[u8], trailer: &str) -> Vec<u8> {
    let mut out = first.to_vec();
    let object_at = out.len();
    put(&mut out, number, object);
    let table_at = out.len();
    out.extend(format!("xref\n{number} 1\n{object_at:010} 00000 n \ntrailer\n").as_bytes());
    out.extend(
        format!("<</Size 100/Root 1 0 R/Prev {at}{trailer}>>\nstartxref\n{table_at}\n%%EOF\n").as_bytes(),
    );
    out
}

/// Where a file says that its newest section is.
pub(crate) fn newest(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(&pdf[pdf.len() - 30..]).into_owned();
    text.split("startxref\n").nth(1).unwrap().split('\n').next().unwrap().parse().unwrap()
}

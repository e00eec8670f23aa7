//! The stored form of a sketch: little-endian numbers, read in one pass at the start of a function.

use super::{EntryCount, Levels, Sketch, SubjectSlice, Totals};

/// Says what the file is, and which layout it has.
const MAGIC: &[u8; 8] = b"SKETCH3\n";

/// The bytes are no sketch, or one of another layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a sketch of this layout")]
pub struct DamagedSketch;

impl Sketch {
    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let totals = &self.totals;
        out.extend(totals.bytes.to_le_bytes());
        let counts = [totals.rows, totals.groups, totals.rome_groups];
        numbers(&mut out, counts.into_iter().chain(totals.opcos));
        list(&mut out, self.subjects.len(), self.subjects.iter().map(|slice| slice.end));
        out.extend(self.subjects.iter().flat_map(|slice| slice.code));
        numbers(&mut out, self.subjects.iter().flat_map(|slice| slice.levels));
        list(&mut out, self.coarse.len(), self.coarse.iter().copied());
        list(&mut out, self.entries.len(), self.entries.iter().map(|entry| entry.cell));
        numbers(&mut out, self.entries.iter().map(|entry| entry.through));
        list(&mut out, self.fine.len(), self.fine.iter().copied());
        numbers(&mut out, self.fine_through.iter().copied());
        out
    }

    /// Reads the stored form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DamagedSketch> {
        let mut input = Input(bytes.strip_prefix(MAGIC).ok_or(DamagedSketch)?);
        let bytes = u64::from_le_bytes(*input.take_chunk()?);
        let [rows, groups, rome_groups] = input.array()?;
        let totals = Totals { rows, groups, rome_groups, bytes, opcos: input.array()? };
        let ends = input.list()?;
        let mut subjects = Vec::with_capacity(ends.len());
        for end in ends {
            subjects.push(SubjectSlice { code: *input.take_chunk()?, end, levels: Levels::default() });
        }
        for slice in &mut subjects {
            slice.levels = input.array()?;
        }
        let coarse = input.list()?;
        let cells = input.list()?;
        let through = input.many(cells.len())?;
        let entries =
            cells.into_iter().zip(through).map(|(cell, through)| EntryCount { cell, through }).collect();
        let fine = input.list()?;
        let fine_through = input.many(fine.len())?;
        Ok(Self { totals, subjects, coarse, entries, fine, fine_through })
    }
}

fn numbers(out: &mut Vec<u8>, values: impl Iterator<Item = u32>) {
    out.extend(values.flat_map(u32::to_le_bytes));
}

fn list(out: &mut Vec<u8>, length: usize, values: impl Iterator<Item = u32>) {
    out.extend((length as u32).to_le_bytes());
    numbers(out, values);
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take_chunk<const N: usize>(&mut self) -> Result<&'a [u8; N], DamagedSketch> {
        let (chunk, rest) = self.0.split_first_chunk::<N>().ok_or(DamagedSketch)?;
        self.0 = rest;
        Ok(chunk)
    }

    fn array<const N: usize>(&mut self) -> Result<[u32; N], DamagedSketch> {
        self.many(N)?.try_into().map_err(|_| DamagedSketch)
    }

    fn many(&mut self, count: usize) -> Result<Vec<u32>, DamagedSketch> {
        let (taken, rest) = self.0.split_at_checked(count * 4).ok_or(DamagedSketch)?;
        self.0 = rest;
        let (numbers, _) = taken.as_chunks::<4>();
        Ok(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect())
    }

    fn list(&mut self) -> Result<Vec<u32>, DamagedSketch> {
        let length = u32::from_le_bytes(*self.take_chunk()?);
        self.many(length as usize)
    }
}

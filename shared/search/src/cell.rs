//! Cells of the geohash quadtree, as 60-bit integers.
//!
//! A geohash interleaves the bits of longitude and latitude, longitude first. Its base-32 letters sort like
//! the integer, so any cell of any level is one range of sort keys, whatever its prefix: precision is a
//! property of a range, not of a key.

/// Levels of the quadtree: 30 bits of longitude and 30 of latitude make 12 letters.
pub const LEVELS: u32 = 30;
/// Bits of a whole key.
pub const BITS: u32 = 2 * LEVELS;

const LETTERS: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";

/// A cell: the first `2 × level` bits of the keys inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    bits: u64,
    level: u32,
}

/// The four sides of a cell, in degrees. No cell crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Lowest latitude.
    pub south: f64,
    /// Highest latitude.
    pub north: f64,
    /// Lowest longitude.
    pub west: f64,
    /// Highest longitude.
    pub east: f64,
}

impl Cell {
    /// The whole earth.
    pub const EARTH: Self = Self { bits: 0, level: 0 };

    /// The cell of `level` whose keys begin with `bits`.
    pub const fn new(bits: u64, level: u32) -> Self {
        Self { bits, level }
    }

    /// How often the earth was quartered to make it.
    pub const fn level(self) -> u32 {
        self.level
    }

    /// Its four quarters, in key order.
    pub fn children(self) -> [Self; 4] {
        [0, 1, 2, 3].map(|quarter| Self { bits: self.bits << 2 | quarter, level: self.level + 1 })
    }

    /// The lowest and the highest key inside it.
    pub const fn keys(self) -> (u64, u64) {
        let rest = BITS - 2 * self.level;
        (self.bits << rest, (self.bits << rest) | ((1u64 << rest) - 1))
    }

    /// Its sides.
    pub fn bounds(self) -> Bounds {
        let (x, y) = (every_other_bit(self.bits >> 1), every_other_bit(self.bits));
        let parts = (1u64 << self.level) as f64;
        let (width, height) = (360.0 / parts, 180.0 / parts);
        let (west, south) = (-180.0 + x as f64 * width, -90.0 + y as f64 * height);
        Bounds { south, north: south + height, west, east: west + width }
    }
}

/// The even bits of a number, side by side: what undoes the interleaving of longitude and latitude.
const fn every_other_bit(bits: u64) -> u64 {
    let bits = bits & 0x5555_5555_5555_5555;
    let bits = (bits | bits >> 1) & 0x3333_3333_3333_3333;
    let bits = (bits | bits >> 2) & 0x0f0f_0f0f_0f0f_0f0f;
    let bits = (bits | bits >> 4) & 0x00ff_00ff_00ff_00ff;
    let bits = (bits | bits >> 8) & 0x0000_ffff_0000_ffff;
    (bits | bits >> 16) & 0x0000_0000_ffff_ffff
}

impl Bounds {
    /// Latitude and longitude of the middle.
    pub fn centre(&self) -> (f64, f64) {
        (f64::midpoint(self.south, self.north), f64::midpoint(self.west, self.east))
    }
}

/// The twelve letters of a key.
pub fn letters(key: u64) -> String {
    (0..12u32)
        .map(|index| {
            let five = key >> (BITS - 5 * (index + 1)) & 31;
            LETTERS.get(five as usize).map_or('0', |&letter| letter as char)
        })
        .collect()
}

/// The key of twelve letters; none when they are no geohash.
pub fn key(letters: &str) -> Option<u64> {
    if letters.len() != 12 {
        return None;
    }
    letters.bytes().try_fold(0u64, |key, byte| {
        let five = LETTERS.iter().position(|&letter| letter == byte)?;
        Some(key << 5 | five as u64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_is_the_geohash_of_every_point_of_its_cell(lat in -90.0..90.0f64, lon in -180.0..180.0f64) {
            let hash = geohash::encode(geohash::Coord { x: lon, y: lat }, 12).unwrap();
            let key = key(&hash).unwrap();
            prop_assert_eq!(letters(key), hash);
            for level in [1, 7, 10, 15, 30] {
                let cell = Cell::new(key >> (BITS - 2 * level), level);
                let (low, high) = cell.keys();
                prop_assert!(low <= key && key <= high);
                let bounds = cell.bounds();
                prop_assert!(bounds.south <= lat + 1e-9 && lat <= bounds.north + 1e-9);
                prop_assert!(bounds.west <= lon + 1e-9 && lon <= bounds.east + 1e-9);
            }
        }

        #[test]
        fn letters_sort_like_keys(a in 0..(1u64 << 60), b in 0..(1u64 << 60)) {
            prop_assert_eq!(a.cmp(&b), letters(a).cmp(&letters(b)));
        }
    }

    #[test]
    fn the_quarters_of_a_cell_tile_it_in_key_order() {
        let cell = Cell::new(0b1101, 2);
        let (low, high) = cell.keys();
        let quarters = cell.children().map(Cell::keys);
        assert_eq!(quarters[0].0, low);
        assert_eq!(quarters[3].1, high);
        assert!(quarters.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0));
    }
}

//! What ranks and filters a posting, packed in 26 bytes so that a row is decoded once it is returned.

use domain::card::Entry;
use domain::diploma::Diploma;
use domain::geo::Point;
use domain::opco::Opco;

/// Bytes of a packed rank: latitude and longitude (f64), created and expires (u32), diploma and OPCO (u8).
pub const PACKED: usize = 26;

/// What ranks and filters a posting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rank {
    /// Where it is; none for a card without coordinates.
    pub point: Option<Point>,
    /// Seconds since 1970.
    pub created_at: u32,
    /// Seconds since 1970; none never expires.
    pub expires_at: Option<u32>,
    /// None matches any diploma.
    pub diploma: Option<Diploma>,
    /// None matches no OPCO.
    pub opco: Option<Opco>,
}

/// The bytes are no packed rank: the row was written by something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a packed rank")]
pub struct BadRank;

impl From<&Entry> for Rank {
    fn from(entry: &Entry) -> Self {
        Self {
            point: entry.point,
            created_at: entry.created_at,
            expires_at: entry.expires_at,
            diploma: entry.diploma,
            opco: entry.opco,
        }
    }
}

impl Rank {
    /// The stored form, little-endian; absent values are NaN or zero.
    pub fn pack(&self) -> Vec<u8> {
        let (lat, lon) = self.point.map_or((f64::NAN, f64::NAN), |point| (point.lat(), point.lon()));
        let mut bytes = Vec::with_capacity(PACKED);
        bytes.extend_from_slice(&lat.to_le_bytes());
        bytes.extend_from_slice(&lon.to_le_bytes());
        bytes.extend_from_slice(&self.created_at.to_le_bytes());
        bytes.extend_from_slice(&self.expires_at.unwrap_or(0).to_le_bytes());
        bytes.push(self.diploma.map_or(0, Diploma::level));
        bytes.push(self.opco.map_or(0, Opco::number));
        bytes
    }

    /// Reads the stored form.
    pub fn unpack(bytes: &[u8]) -> Result<Self, BadRank> {
        let bytes: &[u8; PACKED] = bytes.try_into().map_err(|_| BadRank)?;
        let (lat, rest) = bytes.split_first_chunk::<8>().ok_or(BadRank)?;
        let (lon, rest) = rest.split_first_chunk::<8>().ok_or(BadRank)?;
        let (created_at, rest) = rest.split_first_chunk::<4>().ok_or(BadRank)?;
        let (expires_at, rest) = rest.split_first_chunk::<4>().ok_or(BadRank)?;
        let &[diploma, opco] = rest else { return Err(BadRank) };
        Ok(Self {
            point: Point::new(f64::from_le_bytes(*lat), f64::from_le_bytes(*lon)).ok(),
            created_at: u32::from_le_bytes(*created_at),
            expires_at: Some(u32::from_le_bytes(*expires_at)).filter(|&at| at > 0),
            diploma: Diploma::from_level(diploma),
            opco: Opco::from_number(opco),
        })
    }

    /// Whether it is still shown at `now` (seconds since 1970): TTL deletion may lag by days.
    pub fn is_live(&self, now: u32) -> bool {
        self.expires_at.is_none_or(|at| at > now)
    }
}

//! What ranks and filters a posting, packed in 30 bytes (42 for a training) so that a row is decoded once it is
//! returned.

use domain::card::Entry;
use domain::diploma::Diploma;
use domain::geo::Point;
use domain::opco::Opco;
use domain::years::Years;

/// Bytes of a packed rank: latitude and longitude (f64), created, expires and filed (u32), diploma and OPCO (u8).
const PACKED: usize = 30;
/// What a training has more: years (u32) and twin (u64).
const PACKED_TRAINING: usize = 12;

/// What ranks and filters a posting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rank {
    /// Where it is; none for a card without coordinates.
    pub point: Option<Point>,
    /// Seconds since 1970.
    pub created_at: u32,
    /// Seconds since 1970; none never expires.
    pub expires_at: Option<u32>,
    /// When it took its place in the index, in seconds since 1970: a new text does not change it, a new place or
    /// date does. Paging leaves out what took its place after the first page.
    pub filed_at: u32,
    /// None matches any diploma.
    pub diploma: Option<Diploma>,
    /// None matches no OPCO.
    pub opco: Option<Opco>,
    /// Of trainings only.
    pub training: Option<TrainingRank>,
}

/// What filters trainings only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrainingRank {
    /// The years it is tagged with.
    pub years: Years,
    /// Equal for trainings that a reader could not tell apart.
    pub twin: u64,
}

/// The bytes are no packed rank: the row was written by something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a packed rank")]
pub struct BadRank;

impl Rank {
    /// Of an entry that took its place at `filed_at`, in seconds since 1970.
    pub fn of(entry: &Entry, filed_at: u32) -> Self {
        let training = entry.training.as_ref();
        Self {
            point: entry.point,
            created_at: entry.created_at,
            expires_at: entry.expires_at,
            filed_at,
            diploma: entry.diploma,
            opco: entry.opco,
            training: training.map(|training| TrainingRank { years: training.years, twin: training.twin }),
        }
    }

    /// Bytes of the stored form.
    pub const fn packed_size(&self) -> usize {
        if self.training.is_some() { PACKED + PACKED_TRAINING } else { PACKED }
    }

    /// The stored form, little-endian; absent values are NaN or zero.
    pub fn pack(&self) -> Vec<u8> {
        let (lat, lon) = self.point.map_or((f64::NAN, f64::NAN), |point| (point.lat(), point.lon()));
        let mut bytes = Vec::with_capacity(self.packed_size());
        bytes.extend_from_slice(&lat.to_le_bytes());
        bytes.extend_from_slice(&lon.to_le_bytes());
        bytes.extend_from_slice(&self.created_at.to_le_bytes());
        bytes.extend_from_slice(&self.expires_at.unwrap_or(0).to_le_bytes());
        bytes.extend_from_slice(&self.filed_at.to_le_bytes());
        bytes.push(self.diploma.map_or(0, Diploma::level));
        bytes.push(self.opco.map_or(0, Opco::number));
        if let Some(training) = self.training {
            bytes.extend_from_slice(&training.years.bits().to_le_bytes());
            bytes.extend_from_slice(&training.twin.to_le_bytes());
        }
        bytes
    }

    /// Reads the stored form.
    pub fn unpack(bytes: &[u8]) -> Result<Self, BadRank> {
        let (lat, rest) = bytes.split_first_chunk::<8>().ok_or(BadRank)?;
        let (lon, rest) = rest.split_first_chunk::<8>().ok_or(BadRank)?;
        let (created_at, rest) = rest.split_first_chunk::<4>().ok_or(BadRank)?;
        let (expires_at, rest) = rest.split_first_chunk::<4>().ok_or(BadRank)?;
        let (filed_at, rest) = rest.split_first_chunk::<4>().ok_or(BadRank)?;
        let (&[diploma, opco], rest) = rest.split_first_chunk::<2>().ok_or(BadRank)?;
        Ok(Self {
            point: Point::new(f64::from_le_bytes(*lat), f64::from_le_bytes(*lon)).ok(),
            created_at: u32::from_le_bytes(*created_at),
            expires_at: Some(u32::from_le_bytes(*expires_at)).filter(|&at| at > 0),
            filed_at: u32::from_le_bytes(*filed_at),
            diploma: Diploma::from_level(diploma),
            opco: Opco::from_number(opco),
            training: if rest.is_empty() { None } else { Some(TrainingRank::unpack(rest)?) },
        })
    }

    /// Whether it is still shown at `now` (seconds since 1970): TTL deletion may lag by days.
    pub fn is_live(&self, now: u32) -> bool {
        self.expires_at.is_none_or(|at| at > now)
    }
}

impl TrainingRank {
    fn unpack(bytes: &[u8]) -> Result<Self, BadRank> {
        let bytes: &[u8; PACKED_TRAINING] = bytes.try_into().map_err(|_| BadRank)?;
        let (years, twin) = bytes.split_first_chunk::<4>().ok_or(BadRank)?;
        let twin: &[u8; 8] = twin.try_into().map_err(|_| BadRank)?;
        Ok(Self { years: Years::from_bits(u32::from_le_bytes(*years)), twin: u64::from_le_bytes(*twin) })
    }
}

//! The rows of a feed, parsed by the domain.

use domain::card::Card;
use domain::cfa::Cfa;
use domain::naf_romes::NafRomes;
use domain::rows::{RdvRow, RowError, company, formation, offer};
use domain::seal::ContactCipher;

/// Why a company without trades is refused where there is no table to derive them from.
const NO_TABLE: &str = "rome_codes: missing, and there is no table to derive them from naf_code: load reference/rome_naf.csv, then this file again";

/// Parses the rows of one kind of feed.
pub(crate) enum RowParser<'a> {
    Companies { naf_romes: Option<NafRomes>, cipher: &'a ContactCipher },
    Offers,
    Formations { cipher: &'a ContactCipher },
}

/// What a line brings.
pub(crate) struct Parsed {
    pub(crate) card: Card,
    /// What a training tells besides. It is no part of the card.
    pub(crate) told: Option<Box<Told>>,
}

/// Who may be written to because of a training.
pub(crate) struct Told {
    pub(crate) cfa: Option<Cfa>,
    pub(crate) rdv: RdvRow,
}

impl RowParser<'_> {
    /// The card of a line, and what else is derived from it; or why there is none.
    pub(crate) fn parse_whole(&self, line: &[u8]) -> Result<Parsed, String> {
        if let Self::Formations { cipher } = self {
            let whole = formation::parse_whole(line, cipher).map_err(|error| error.to_string())?;
            let told = Told { cfa: whole.cfa, rdv: whole.rdv };
            return Ok(Parsed { card: whole.card, told: Some(Box::new(told)) });
        }
        self.parse(line).map(|card| Parsed { card, told: None })
    }

    /// The card of a line, or why there is none: in words that hold no value of the row.
    pub(crate) fn parse(&self, line: &[u8]) -> Result<Card, String> {
        let parsed = match self {
            Self::Companies { naf_romes: Some(naf_romes), cipher } => company::parse(line, naf_romes, cipher),
            Self::Companies { naf_romes: None, cipher } => {
                match company::parse(line, &NafRomes::default(), cipher) {
                    Err(RowError::NoTrade) => return Err(NO_TABLE.to_owned()),
                    parsed => parsed,
                }
            }
            Self::Offers => offer::parse(line),
            Self::Formations { .. } => formation::parse(line),
        };
        parsed.map_err(|error| error.to_string())
    }
}

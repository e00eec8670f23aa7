//! An offer deposited here as another job board takes it over: one line for each contract that it offers.
//!
//! France Travail's codes for the nature of a contract name the line: `E2-{id}` is the offer as a contrat
//! d'apprentissage, `FS-{id}` as a contrat de professionnalisation, `{id}` being the offer's own id. A file and a feed
//! show the same [`PublishedLine`]s, so nothing can be said in one and not in the other.
//!
//! A line says what a candidate must know, and how to reach the offer's page. It names no person and holds neither
//! e-mail nor telephone: whoever applies does so on that page. (Texts are as the recruiter wrote them.) A CFA that
//! publishes for a company is named, as the one to turn to; of the place only the commune is then told, lest one
//! bypass it.

mod cells;

use std::fmt::{self, Write as _};

use jiff::Timestamp;
use serde::Serialize;

use crate::date;
use crate::geo::Point;
use crate::matcha::MatchaOffer;
use crate::recruiter::JobType;
use crate::rome::RomeCode;
use crate::rows::text::{line, prose};
use crate::siret::Siret;
pub use cells::COLUMNS;

/// The contracts, in the order of their lines: that of their codes.
pub const CONTRACTS: [JobType; 2] = [JobType::Apprentissage, JobType::Professionnalisation];
/// By which the other board knows whose lines these are.
const PARTNER_KEY: &str = "LABONNEALTERNANCE";
const PARTNER_NAME: &str = "La bonne alternance";

/// France Travail's code of a contract.
pub const fn contract_code(contract: JobType) -> &'static str {
    match contract {
        JobType::Apprentissage => "E2",
        JobType::Professionnalisation => "FS",
    }
}

/// What names a line: `E2-{id}` or `FS-{id}`. In order: apprenticeships first, then by id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    /// That of an offer, by its own id, as this contract.
    pub fn new(contract: JobType, offer_id: &str) -> Self {
        Self(format!("{}-{offer_id}", contract_code(contract)))
    }

    /// Both that an offer may have: what a mirror drops when it is gone.
    pub fn both(offer_id: &str) -> [Self; 2] {
        CONTRACTS.map(|contract| Self::new(contract, offer_id))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One line. As JSON its fields have the names below, all are there, and what is not known is null; as text
/// [`PublishedLine::cells`] gives them in the order of [`COLUMNS`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublishedLine {
    reference: Reference,
    partner_key: &'static str,
    partner_name: &'static str,
    /// The offer's page, where one applies.
    url: String,
    /// Its first trade.
    rome_code: RomeCode,
    title: String,
    description: Option<String>,
    employer_description: Option<String>,
    /// `E2` or `FS`.
    contract_type: &'static str,
    duration_months: Option<u32>,
    start_date: Option<String>,
    openings: Option<u32>,
    disabled_eligible: Option<bool>,
    diploma_level: Option<String>,
    rhythm: Option<String>,
    company_siret: Siret,
    company_name: String,
    cfa_siret: Option<Siret>,
    cfa_name: Option<String>,
    address: Option<String>,
    postal_code: Option<String>,
    city: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    created_at: String,
    expires_at: String,
}

impl PublishedLine {
    /// The line of an offer as this contract; none where the offer is not of it. `site` is the address of the site
    /// that shows offers, without a slash at its end.
    ///
    /// Nothing of it depends on when it is made: the same offer gives the same line.
    pub fn of(offer: &MatchaOffer, contract: JobType, site: &str) -> Option<Self> {
        if !offer.contract_types.iter().any(|name| name == contract.as_str()) {
            return None;
        }
        // Of a delegated offer only the commune is told; the card has no more, but for the point.
        let place = Some(&offer.address).filter(|_| offer.delegate.is_none());
        let point: Option<Point> = place.and_then(|place| place.point);
        let cfa = offer.delegate.as_ref();
        Some(Self {
            reference: Reference::new(contract, &offer.offer_id),
            partner_key: PARTNER_KEY,
            partner_name: PARTNER_NAME,
            url: page(site, &offer.offer_id),
            rome_code: offer.romes.first(),
            title: line(&offer.title).unwrap_or_default(),
            description: paragraphs(offer.description.as_ref()),
            employer_description: paragraphs(offer.employer_description.as_ref()),
            contract_type: contract_code(contract),
            duration_months: offer.duration_months,
            start_date: offer.start_date.as_deref().and_then(date::parse).map(date::iso),
            openings: offer.openings,
            disabled_eligible: offer.disabled_eligible,
            diploma_level: words(offer.level_label.as_ref()),
            rhythm: words(offer.rhythm.as_ref()),
            company_siret: offer.siret.clone(),
            company_name: line(&offer.company_name).unwrap_or_default(),
            cfa_siret: cfa.and_then(|cfa| cfa.siret.clone()),
            cfa_name: cfa.and_then(|cfa| words(cfa.name.as_ref())),
            address: place.and_then(|place| words(place.full.as_ref())),
            postal_code: place.and_then(|place| words(place.zip.as_ref())),
            city: words(offer.address.city.as_ref()),
            latitude: point.map(Point::lat),
            longitude: point.map(Point::lon),
            created_at: instant(offer.created_at),
            expires_at: instant(offer.expires_at),
        })
    }

    /// All lines of an offer, none to two.
    pub fn all(offer: &MatchaOffer, site: &str) -> Vec<Self> {
        CONTRACTS.iter().filter_map(|&contract| Self::of(offer, contract, site)).collect()
    }

    /// What names it.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }
}

/// The page of an offer: the search of the site opens the sheet that these two parameters name.
fn page(site: &str, offer_id: &str) -> String {
    let mut url = format!("{site}/recherche-emploi?type=matcha&itemId=");
    for byte in offer_id.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => url.push(char::from(byte)),
            _ => {
                let _ = write!(url, "%{byte:02X}");
            }
        }
    }
    url
}

/// One line of text without control characters.
fn words(text: Option<&String>) -> Option<String> {
    line(text?)
}

/// Text whose line breaks are kept, without other control characters.
fn paragraphs(text: Option<&String>) -> Option<String> {
    Some(prose(text?)?.replace('\t', " "))
}

fn instant(seconds: u32) -> String {
    date::iso(Timestamp::from_second(i64::from(seconds)).unwrap_or(Timestamp::UNIX_EPOCH))
}

//! One offer.

use domain::diploma::Diploma;
use domain::opco::Opco;
use domain::partner_offer::PartnerOffer;
use domain::place::Address;
use domain::rome::{RomeCode, Romes};
use fastrand::Rng;

use super::{Shape, Stream, World, rng, texts};

/// The time of the data, in seconds since 1970: 21 September 2026. Every offer is live then.
pub(crate) const NOW: u32 = 1_790_000_000;
const DAY: u32 = 86_400;
/// Days over which offers were created.
const DAYS: u32 = 60;
/// Days an offer is shown (contract 4.2: two months).
const SHOWN_DAYS: u32 = 61;
/// Where ids begin: seven characters, as at France Travail.
const FIRST_ID: u32 = 1_000_000;

pub(super) fn offer(world: &World, number: u32) -> PartnerOffer {
    let Shape { seed, unknown, .. } = world.shape;
    let mut draws = rng(seed, Stream::Offers, number);
    let codes = world.trades.of_offer(&mut draws);
    let created_at = NOW - 1 - draws.u32(0..DAYS * DAY);
    let site = world.sites.get(draws.usize(0..world.sites.len()));
    let place = site.and_then(|site| world.places.get(site.place as usize));
    let city = place.map_or("", |place| place.name.as_str());
    // GeoNames knows no post code: one that is always the same for the place.
    let zip = site.map_or_else(String::new, |site| format!("{:05}", 1_000 + site.place * 53 % 94_000));
    let mut words = rng(seed, Stream::Texts, number);
    let texts = texts::texts(&codes, city, &mut words);
    PartnerOffer {
        id: format!("{:07}", FIRST_ID + number),
        title: texts.title,
        romes: romes(codes),
        appellation: Some(texts.appellation),
        description: Some(texts.description),
        created_at,
        expires_at: created_at + SHOWN_DAYS * DAY,
        address: Address {
            full: Some(format!("{} - {city}", zip.get(..2).unwrap_or_default())),
            zip: Some(zip.clone()),
            city: Some(city.to_owned()),
            insee: zip.parse().ok(),
            point: site.map(|site| site.point),
            ..Address::default()
        },
        company_name: Some(texts.company),
        company_siret: None,
        company_description: None,
        company_logo: None,
        contract_type: Some("CDD".to_owned()),
        contract_description: Some(format!("Contrat à durée déterminée - {} Mois", 12 + draws.u32(0..13))),
        duration: Some("35H Horaires normaux".to_owned()),
        contact_name: None,
        contact_email: None,
        contact_info: Some(format!("Courriel : candidature{number}@exemple.invalid")),
        sector: Some(format!("{:02}", 1 + draws.u32(0..95))),
        sector_label: None,
        diploma: diploma(unknown, &mut rng(seed, Stream::Diplomas, number)),
        opco: Opco::from_number(draws.u8(0..12)),
    }
}

#[expect(clippy::expect_used, reason = "one to three trades are never none and never too many")]
fn romes(codes: Vec<RomeCode>) -> Romes {
    Romes::try_from(codes).expect("one to three trades")
}

fn diploma(unknown: f64, rng: &mut Rng) -> Option<Diploma> {
    let known = rng.f64() >= unknown;
    let level = rng.choice(Diploma::ALL);
    level.filter(|_| known)
}

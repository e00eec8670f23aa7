//! The body of `GET /v1/jobs/export`, and the lines of the file that it leads to.

use domain::card::Card;
use domain::date;
use domain::matcha::MatchaOffer;
use serde::Serialize;
use usecases::export::Export;
use usecases::ports::ExportItems;
use utoipa::ToSchema;

use crate::items::{LbaCompany, LbaJob, PeJob, View};

/// Where the last export is, and what to ask afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExportAnswer<'a> {
    /// The file. Whoever has the link may read it.
    #[schema(format = "uri")]
    pub url: &'a str,
    /// Until when the link is good.
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// When the export was begun.
    #[schema(format = DateTime)]
    pub generated_at: String,
    /// What to send as `updated_since` once the file is read.
    #[schema(format = DateTime)]
    pub updated_until: String,
    /// `jsonl.gz`: one item a line, compressed with gzip.
    #[schema(schema_with = crate::openapi::export_format)]
    pub format: &'static str,
    /// Size of the file.
    pub bytes: u64,
    /// SHA-256 of the file.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: &'a str,
    /// What is in it.
    pub items: ExportCounts,
}

/// Items of an export, by source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExportCounts {
    /// Offers of France Travail.
    pub offres: u64,
    /// Offers deposited here.
    pub matcha: u64,
    /// Companies likely to hire.
    pub lba: u64,
}

/// `jsonl.gz`.
pub(crate) const FORMAT: &str = "jsonl.gz";

impl<'a> From<&'a Export> for ExportAnswer<'a> {
    fn from(export: &'a Export) -> Self {
        let manifest = &export.manifest;
        let ExportItems { offres, matcha, lba } = manifest.items;
        Self {
            url: &export.url,
            expires_at: date::iso(export.expires_at),
            generated_at: date::iso(manifest.generated_at),
            updated_until: date::iso(manifest.updated_until),
            format: FORMAT,
            bytes: manifest.bytes,
            sha256: &manifest.sha256,
            items: ExportCounts { offres, matcha, lba },
        }
    }
}

/// A line of the file: the item as `GET /v1/jobs` shows it without a place to a caller that names itself, and without
/// any phone. The file goes to all partners alike, and is copied: it holds what the least of them may see.
pub fn line(card: &Card) -> Option<Vec<u8>> {
    let view = View { hide_siret: true, ..View::default() };
    let line = match card {
        Card::PartnerOffer(offer) => serde_json::to_vec(&PeJob::from((&**offer, view))),
        Card::Matcha(offer) => {
            let offer = MatchaOffer { contact_phone: None, ..(**offer).clone() };
            serde_json::to_vec(&LbaJob::from((&offer, view)))
        }
        Card::Company(company) => serde_json::to_vec(&LbaCompany::from((&**company, view))),
        Card::Formation(_) => return None,
    };
    line.ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(card: &Card) -> Value {
        let line = line(card).unwrap();
        assert!(!line.contains(&b'\n'), "one line");
        serde_json::from_slice(&line).unwrap()
    }

    fn card(source: &str, json: &Value) -> Card {
        Card::from_json(source.parse().unwrap(), &json.to_string()).unwrap()
    }

    #[test]
    fn a_line_is_the_item_without_distance_phone_and_siret_of_france_travail() {
        let company = read(&card(
            "lba",
            &json!({"siret": "01928074200016", "name": "X", "romes": ["D1102"], "address": {}, "phone": "0387000000"}),
        ));
        assert_eq!((&company["ideaType"], &company["place"]), (&json!("lba"), &json!({"distance": null})));
        assert_eq!(company["contact"].get("phone"), None);
        let offer = read(&card(
            "offres",
            &json!({
                "id": "1", "title": "Y", "romes": ["D1102"], "address": {}, "created_at": 1, "expires_at": 2,
                "company_siret": "01928074200016",
            }),
        ));
        assert_eq!((&offer["ideaType"], &offer["company"]), (&json!("peJob"), &json!({"siret": null})));
    }

    #[test]
    fn a_recruiter_keeps_its_name_and_sealed_address_and_not_its_phone() {
        let offer = read(&card(
            "matcha",
            &json!({
                "id": "6f2b-0", "offer_id": "offer-1", "title": "Boulanger", "romes": ["D1102"], "status": "Active",
                "address": {}, "siret": "01928074200016", "company_name": "Z", "created_at": 1, "expires_at": 2,
                "contact_name": "Aucune Personne", "contact_phone": "0100000000",
                "email": {"email": "9a1f", "iv": "00112233445566778899aabbccddeeff"},
            }),
        ));
        let contact =
            json!({"name": "Aucune Personne", "email": "9a1f", "iv": "00112233445566778899aabbccddeeff"});
        assert_eq!((&offer["ideaType"], &offer["contact"]), (&json!("matcha"), &contact));
    }

    #[test]
    fn a_line_end_inside_a_text_is_escaped() {
        let company = json!({"siret": "01928074200016", "name": "A\nB", "romes": ["D1102"], "address": {}});
        assert_eq!(read(&card("lba", &company))["title"], "A\nB");
    }
}

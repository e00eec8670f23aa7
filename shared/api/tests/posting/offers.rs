//! Offers to write, of invented companies.

use domain::matcha::MatchaOffer;
use domain::partner_offer::PartnerOffer;
use serde_json::{Value, json};

fn entity<T: serde::de::DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

pub(crate) fn matcha() -> MatchaOffer {
    entity(json!({
        "id": "6f2b-0", "offer_id": "offer-1", "title": "Boulanger", "romes": ["D1102", "D1104"],
        "status": "Active",
        "address": {"full": "3 rue du Port, 57000 Metz", "zip": "57000", "city": "Metz", "point": "49.12,6.17"},
        "siret": "01928074200016", "company_name": "BOULANGERIE DU PORT", "company_size": "20-49",
        "naf_label": "Boulangerie", "contact_name": "Aucune PERSONNE", "contact_phone": "0100000000",
        "email": {"email": "9a1f", "iv": "00112233445566778899aabbccddeeff"},
        "description": "Pétrir, façonner, cuire : tout le métier,\n« du levain à la vente ».",
        "employer_description": "Deux boutiques.", "created_at": 1_790_000_000, "expires_at": 1_795_000_000,
        "start_date": "2026-09-01", "contract_types": ["Apprentissage", "Professionnalisation"],
        "duration_months": 12, "openings": 2, "rhythm": "1 semaine / 1 semaine",
        "level_label": "Cap, autres formations niveau (Infrabac)", "diploma": 3
    }))
}

pub(crate) fn smallest_matcha() -> MatchaOffer {
    entity(json!({
        "id": "6f2b-0", "offer_id": "offer-1", "title": "Boulanger", "romes": ["D1102"], "status": "Active",
        "address": {}, "siret": "01928074200016", "company_name": "Enseigne inconnue",
        "created_at": 1_790_000_000, "expires_at": 1_795_000_000
    }))
}

pub(crate) fn delegated() -> MatchaOffer {
    let cfa = entity(json!({
        "name": "CFA", "address": {"street": "1 place d'Armes", "zip": "57000", "city": "Metz"}
    }));
    MatchaOffer { delegate: Some(cfa), description: None, ..matcha() }
}

pub(crate) fn partner_offer() -> PartnerOffer {
    entity(json!({
        "id": "153BHTN", "title": "Apprenti boulanger (H/F)", "romes": ["D1102", "D1104"],
        "appellation": "Boulanger / Boulangère", "description": "Vous apprendrez le métier.",
        "created_at": 1_790_000_000, "expires_at": 1_795_000_000,
        "address": {"full": "57 - METZ 57000", "zip": "57000", "city": "57 - METZ", "insee": "57463",
                    "point": "49.12,6.17"},
        "company_name": "BOULANGERIE DU PORT", "company_siret": "01928074200016",
        "company_description": "Deux boutiques.", "company_logo": "https://logo.example/1.png",
        "contract_type": "CDD", "contract_description": "Contrat à durée déterminée - 12 Mois",
        "duration": "35H Horaires normaux", "contact_name": "Agence de Metz",
        "contact_email": "offre@agence.example", "contact_info": "1 rue\n57000 Metz",
        "sector": "10", "sector_label": "Boulangerie", "diploma": 3, "opco": "EP"
    }))
}

pub(crate) fn smallest_partner_offer() -> PartnerOffer {
    entity(json!({
        "id": "153BHTN", "title": "Apprenti", "romes": ["D1102"], "created_at": 0, "expires_at": 1,
        "address": {}
    }))
}

//! Rows of feeds, about companies, offers and trainings that nobody could take for real ones.

use domain::recruiter::Recruiter;
use serde_json::{Value, json};

/// A file of JSON lines.
pub fn jsonl(rows: &[Value]) -> Vec<u8> {
    rows.iter().flat_map(|row| format!("{row}\n").into_bytes()).collect()
}

/// The `number`-th invented SIRET: it satisfies the Luhn formula.
pub fn siret(number: u32) -> String {
    let body = format!("9{number:07}00001");
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(digit - b'0')) {
            (0, digit) if digit > 4 => digit * 2 - 9,
            (0, digit) => digit * 2,
            (_, digit) => digit,
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// Text that does not compress, the same for the same seed.
pub fn noise(seed: u32, length: usize) -> String {
    let mut state = u64::from(seed) + 1;
    let mut text = String::with_capacity(length);
    while text.len() < length {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push(char::from(b'!' + ((state >> 40) % 90) as u8));
    }
    text
}

/// A row of companies, near Metz.
pub fn company(number: u32) -> Value {
    json!({
        "siret": siret(number),
        "enseigne": format!("Boulangerie Inventée {number}"),
        "raison_sociale": format!("SARL IMAGINAIRE {number}"),
        "naf_code": "1071C",
        "naf_label": "Boulangerie et boulangerie-pâtisserie",
        "rome_codes": ["D1102", "D1104"],
        "street_number": "1",
        "street_name": "RUE DES EXEMPLES",
        "zip_code": "57000",
        "city": "METZ",
        "insee_city_code": "57463",
        "geo_coordinates": format!("{},{}", 49.1 + f64::from(number % 100) / 1000.0, 6.17),
        "email": format!("contact{number}@exemple.invalid"),
        "company_size": "3-5",
    })
}

/// A row of France Travail's offers, in Paris.
pub fn offer(number: u32) -> Value {
    json!({
        "id": format!("{:07}", number),
        "intitule": format!("Apprenti imaginaire {number} (H/F)"),
        "description": "Une offre inventée pour un essai.",
        "dateCreation": "2026-08-20T09:00:00.000Z",
        "romeCode": "M1607",
        "lieuTravail": {
            "libelle": "75 - Paris", "codePostal": "75001", "commune": "75101",
            "latitude": 48.86 + f64::from(number % 100) / 1000.0, "longitude": 2.34,
        },
        "entreprise": {"nom": format!("Société Inventée {number}")},
        "typeContrat": "CDD",
        "natureContrat": "E2",
    })
}

/// A row of the catalogue of trainings, in Lyon.
pub fn formation(number: u32) -> Value {
    json!({
        "cle_ministere_educatif": format!("formation-inventee-{number}#L01"),
        "intitule_long": format!("CAP Exemple {number}"),
        "niveau": "3 (CAP...)",
        "tags": ["2026", "2027"],
        "rncp_code": format!("RNCP{}", 10_000 + number % 3),
        "rome_codes": ["G1602"],
        "code_postal": "69001",
        "localite": "Lyon",
        "code_commune_insee": "69381",
        "lieu_formation_geo_coordonnees": format!("{},{}", 45.76 + f64::from(number % 100) / 1000.0, 4.83),
        "etablissement_gestionnaire_entreprise_raison_sociale": "CFA IMAGINAIRE",
    })
}

/// The training of `row`, taught by the `number`-th invented CFA, which is at `place` ("lat,lon") and may be sent offers.
pub fn at_cfa(mut row: Value, number: u32, place: &str) -> Value {
    let fields = json!({
        "etablissement_formateur_id": format!("{number:024}"),
        "etablissement_formateur_siret": siret(number),
        "etablissement_formateur_entreprise_raison_sociale": format!("CFA IMAGINAIRE {number}"),
        "etablissement_formateur_adresse": format!("{number} RUE DES EXEMPLES"),
        "etablissement_formateur_code_postal": "57000",
        "etablissement_formateur_nom_departement": "Moselle",
        "geo_coordonnees_etablissement_formateur": place,
        "etablissement_gestionnaire_courriel": cfa_email(number),
        "etablissement_gestionnaire_certifie_qualite": true,
    });
    if let (Value::Object(row), Value::Object(fields)) = (&mut row, fields) {
        row.extend(fields);
    }
    row
}

/// The address of the manager of that CFA.
pub fn cfa_email(number: u32) -> String {
    format!("cfa{number}@exemple.invalid")
}

/// A recruiter with `jobs` active offers, in Nantes.
pub fn recruiter(number: u32, jobs: usize) -> Recruiter {
    let jobs: Vec<Value> = (0..jobs)
        .map(|job| {
            json!({
                "_id": format!("offer-{number}-{job}"),
                "rome_label": "Boulangerie",
                "rome_appellation_label": format!("Boulanger imaginaire {job}"),
                "rome_code": ["D1102"],
                "job_status": "Active",
                "job_type": ["Apprentissage"],
                "job_creation_date": "2026-08-01T08:00:00.000Z",
                "job_expiration_date": "2026-10-01T08:00:00.000Z",
            })
        })
        .collect();
    let recruiter = json!({
        "_id": format!("recruiter-{number}"),
        "establishment_id": format!("00000000-0000-4000-8000-{number:012}"),
        "establishment_enseigne": format!("Fournil Inventé {number}"),
        "establishment_siret": siret(number),
        "address": "1 RUE DES EXEMPLES 44000 NANTES",
        "geo_coordinates": "47.218,-1.553",
        "is_delegated": false,
        "last_name": "PERSONNE",
        "first_name": "Aucune",
        "phone": "0100000000",
        "email": format!("recruteur{number}@exemple.invalid"),
        "status": "Actif",
        "jobs": jobs,
    });
    serde_json::from_value(recruiter).expect("a whole recruiter")
}

#[cfg(test)]
mod tests {
    use domain::siret::Siret;

    use super::*;

    #[test]
    fn invented_sirets_are_valid() {
        for number in [0, 1, 42, 9_999_999] {
            assert!(siret(number).parse::<Siret>().is_ok(), "{}", siret(number));
        }
    }
}

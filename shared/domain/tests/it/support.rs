//! What the tests share: a secret, a small table of hires, and sample rows to alter.

use domain::card::Card;
use domain::naf_romes::NafRomes;
use domain::rows::RowError;
use domain::seal::ContactCipher;
use serde_json::{Map, Value};

pub(crate) const HIRES: &str = "rome,rome_label,naf,naf_label,hires\n\
    D1102,Boulangerie,1071C,\"Boulangerie, pâtisserie\",900\n\
    D1104,Pâtisserie,1071C,\"Boulangerie, pâtisserie\",90\n\
    D1106,Vente,1071C,\"Boulangerie, pâtisserie\",10\n";

pub(crate) fn cipher() -> ContactCipher {
    ContactCipher::new(&"0123456789abcdef".repeat(4)).unwrap()
}

pub(crate) fn naf_romes() -> NafRomes {
    NafRomes::from_csv(HIRES.as_bytes()).unwrap()
}

/// A row with some of its fields replaced; null takes one away.
pub(crate) fn altered(row: &Value, changes: &Value) -> Vec<u8> {
    let mut map: Map<String, Value> = row.as_object().unwrap().clone();
    for (name, value) in changes.as_object().unwrap() {
        map.insert(name.clone(), value.clone());
    }
    serde_json::to_vec(&map).unwrap()
}

/// Why a row was refused.
pub(crate) fn reason(result: Result<Card, RowError>) -> String {
    result.unwrap_err().to_string()
}

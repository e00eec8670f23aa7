//! The address of an establishment: in one line, and in parts under the names that a recruiter's have.

use serde_json::{Value, json};

use super::said;
use crate::registry::RegisteredCompany;
use crate::rows::RowError;
use crate::rows::fields::Fields;

/// `company` with the address of the row.
pub(super) fn of(row: &Fields<'_>, company: RegisteredCompany) -> Result<RegisteredCompany, RowError> {
    let address = row.object("adresseEtablissement.")?;
    let part = |name: &str| said(&address, name);
    let code = |name: &str| Ok::<_, RowError>(address.code(name, 5)?.filter(|text| text != super::WITHHELD));
    let number = joined([part("numeroVoieEtablissement")?, part("indiceRepetitionEtablissement")?]);
    let (kind, street) = (part("typeVoieEtablissement")?, part("libelleVoieEtablissement")?);
    let more = part("complementAdresseEtablissement")?;
    let postal_code = code("codePostalEtablissement")?;
    let commune = part("libelleCommuneEtablissement")?.or(part("libelleCommuneEtrangerEtablissement")?);
    let insee = code("codeCommuneEtablissement")?;
    let (cedex, at_cedex) = (code("codeCedexEtablissement")?, part("libelleCedexEtablissement")?);
    // A letter for a large firm is addressed to its CEDEX, which names the town too.
    let town = if cedex.is_some() && at_cedex.is_some() {
        [cedex.clone(), at_cedex.clone()]
    } else {
        [postal_code.clone(), commune.clone()]
    };
    let [town_code, town_name] = town;
    let line = joined([more.clone(), number.clone(), kind.clone(), street.clone(), town_code, town_name]);
    let detail = line.is_some().then(|| {
        json!({
            "complement_adresse": more,
            "numero_voie": number,
            "type_voie": kind,
            "libelle_voie": street,
            "code_postal": postal_code,
            "libelle_commune": commune,
            "code_commune": insee,
            "code_cedex": cedex,
            "libelle_cedex": at_cedex,
        })
    });
    Ok(RegisteredCompany { address: line, address_detail: detail.map(without_nulls), ..company })
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn without_nulls(mut value: Value) -> Value {
    if let Value::Object(parts) = &mut value {
        parts.retain(|_, part| !part.is_null());
    }
    value
}

//! A training of the catalogue.

mod parts;

use domain::cfd::Cfd;
use domain::diploma::Diploma;
use domain::formation::Formation as Catalogued;
use domain::insee::Insee;
use domain::rncp::RncpCode;
use domain::rome::RomeCode;
use parts::{School, Training};
use serde::Serialize;
use utoipa::ToSchema;

use super::field::Field;
use super::place::Where;
use super::{Contact, Place, View, value};

/// A training, as partners read it.
#[expect(clippy::struct_field_names, reason = "the contract names the fields")]
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Formation<'a> {
    #[schema(schema_with = crate::openapi::formation)]
    idea_type: &'static str,
    title: &'a str,
    #[schema(required)]
    contact: Option<Contact<'a>>,
    #[schema(required)]
    place: Option<Place<'a>>,
    #[schema(required)]
    company: Option<School<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    long_title: Option<&'a str>,
    id: &'a str,
    #[schema(required)]
    id_rco: Option<&'a str>,
    #[schema(required)]
    id_rco_formation: Option<&'a str>,
    cle_ministere_educatif: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    diploma_level: Option<&'static str>,
    #[schema(required)]
    diploma: Option<&'a str>,
    #[schema(required)]
    cfd: Option<&'a str>,
    #[schema(required)]
    rncp_code: Option<&'a str>,
    #[schema(required)]
    rncp_label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rncp_eligible_apprentissage: Option<bool>,
    #[schema(required)]
    period: Option<&'a str>,
    #[schema(required)]
    capacity: Option<&'a str>,
    #[schema(required)]
    onisep_url: Option<&'a str>,
    romes: Vec<Code>,
    training: Training<'a>,
}

/// A trade without its label, which the catalogue does not give.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FormationRome)]
struct Code {
    #[schema(value_type = String, pattern = "^[A-Z][0-9]{4}$")]
    code: RomeCode,
}

impl<'a> From<(&'a Catalogued, View)> for Formation<'a> {
    fn from((formation, view): (&'a Catalogued, View)) -> Self {
        Self {
            idea_type: "formation",
            title: &formation.title,
            contact: formation.phone.as_deref().map(Contact::phone),
            place: Some(Place::at(view.distance_km, address(formation))),
            company: Some(School::from(formation)),
            long_title: formation.long_title.as_deref(),
            id: &formation.id,
            id_rco: formation.id_rco.as_deref(),
            id_rco_formation: formation.id_rco_formation.as_deref(),
            cle_ministere_educatif: &formation.id,
            diploma_level: formation.level.map(Diploma::label),
            diploma: formation.diploma.as_deref(),
            cfd: formation.cfd.as_ref().map(Cfd::as_str),
            rncp_code: formation.rncp.as_ref().map(RncpCode::as_str),
            rncp_label: formation.rncp_label.as_deref(),
            rncp_eligible_apprentissage: formation.rncp_apprenticeship,
            period: formation.period.as_deref(),
            capacity: formation.capacity.as_deref(),
            onisep_url: formation.onisep_url.as_deref(),
            romes: formation.romes.iter().map(|code| Code { code }).collect(),
            training: Training::of(formation, view.with_description),
        }
    }
}

/// Where it is taught; when the catalogue gives no line for that, the trainer's, else the manager's.
fn address(formation: &Catalogued) -> Where<'_> {
    let at = &formation.address;
    let line =
        [at, &formation.trainer.address, &formation.manager.address].into_iter().find_map(value::one_line);
    Where {
        full_address: Field::known(line),
        address: Field::known(at.street.clone()),
        city: at.city.as_deref(),
        cedex: at.cedex.as_deref(),
        zip_code: at.zip.as_deref(),
        insee: at.insee.as_ref().map(Insee::as_str),
        departement_number: at.departement.as_deref(),
        region: at.region.as_deref(),
        remote_only: formation.remote_only,
        ..Where::default()
    }
    .located(at.point)
}

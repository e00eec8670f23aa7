//! Who teaches a training, what, and when.

use domain::date;
use domain::formation::{Formation as Catalogued, Session};
use domain::place::Establishment;
use domain::siret::Siret;
use domain::uai::Uai;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::field::Field;
use super::super::place::Where;
use super::super::value;

const SECONDS_PER_DAY: f64 = 86_400.0;

/// Who teaches, and who answers for it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FormationCompany)]
pub(super) struct School<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    siret: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uai: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headquarter: Option<Headquarter<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FormationHeadquarter)]
#[serde(rename_all = "camelCase")]
struct Headquarter<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    siret: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uai: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_convention: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Where<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

/// What is taught, and when.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FormationTraining)]
pub(super) struct Training<'a> {
    #[schema(required)]
    description: Option<&'a str>,
    #[schema(required)]
    objectif: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sessions: Vec<SessionItem>,
    /// Days of the first session.
    #[schema(required)]
    duration: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FormationSession)]
#[serde(rename_all = "camelCase")]
struct SessionItem {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    is_permanent_entry: bool,
}

impl<'a> From<&'a Catalogued> for School<'a> {
    fn from(formation: &'a Catalogued) -> Self {
        let trainer = &formation.trainer;
        Self {
            name: trainer.name.as_deref().or(formation.manager.name.as_deref()),
            siret: trainer.siret.as_ref().map(Siret::as_str),
            id: trainer.id.as_deref(),
            uai: trainer.uai.as_ref().map(Uai::as_str),
            headquarter: (formation.manager != Establishment::default())
                .then(|| Headquarter::from(&formation.manager)),
        }
    }
}

impl<'a> From<&'a Establishment> for Headquarter<'a> {
    fn from(manager: &'a Establishment) -> Self {
        let at = &manager.address;
        let place = Where {
            address: Field::known(value::one_line(at)),
            city: at.city.as_deref(),
            cedex: at.cedex.as_deref(),
            zip_code: at.zip.as_deref(),
            ..Where::default()
        };
        Self {
            siret: manager.siret.as_ref().map(Siret::as_str),
            id: manager.id.as_deref(),
            uai: manager.uai.as_ref().map(Uai::as_str),
            kind: manager.kind.as_deref(),
            has_convention: manager.has_convention.as_deref(),
            place: Some(place).filter(|place| *place != Where::default()),
            name: manager.name.as_deref(),
        }
    }
}

impl<'a> Training<'a> {
    /// Lists tell what is taught only where it is asked (contract 1.2, `options`): it is most of the bytes.
    pub(super) fn of(formation: &'a Catalogued, with_description: bool) -> Self {
        Self {
            description: formation.content.as_deref().filter(|_| with_description),
            objectif: formation.objective.as_deref().filter(|_| with_description),
            sessions: formation.sessions.iter().map(SessionItem::from).collect(),
            duration: formation.sessions.first().and_then(days),
        }
    }
}

impl From<&Session> for SessionItem {
    fn from(session: &Session) -> Self {
        Self {
            start_date: value::iso(session.start.as_deref()),
            end_date: value::iso(session.end.as_deref()),
            is_permanent_entry: session.permanent_entry,
        }
    }
}

/// Whole days from start to end, rounded: a session that ends one hour of summer time early has as many.
fn days(session: &Session) -> Option<i64> {
    let start = date::parse(session.start.as_deref()?)?;
    let end = date::parse(session.end.as_deref()?)?;
    let seconds = end.as_second() - start.as_second();
    (seconds >= 0).then(|| (seconds as f64 / SECONDS_PER_DAY).round() as i64)
}

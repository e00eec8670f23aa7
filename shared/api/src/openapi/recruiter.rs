//! The answer to a deposit: a recruiter with its offers, in the fields of contract 1.11.

use std::borrow::Cow;

use domain::diploma::{ANY_LEVEL, Diploma};
use domain::recruiter::JobType;
use metiers::{Appellation, Sheet};
use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::fields::{
    Field, NO_SIRET, any_object_or_null, closed, count, count_or_null, date_or_null, email, flag,
    flag_or_null, list, list_of, names, one_of_or_null, pattern, pattern_or_null, siret, text, text_or_null,
};
use super::{job_status, one_of};
use crate::deposit_request::RHYTHMS;

/// An establishment that recruits, as deposits answer it.
#[derive(Debug)]
pub struct Recruiter;

impl ToSchema for Recruiter {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Recruiter")
    }
}

impl PartialSchema for Recruiter {
    fn schema() -> RefOr<Schema> {
        closed("Établissement qui recrute, avec ses offres.", &names(&RECRUITER), &RECRUITER).into()
    }
}

/// An offer inside it.
#[derive(Debug)]
pub struct Job;

impl ToSchema for Job {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Job")
    }
}

impl PartialSchema for Job {
    fn schema() -> RefOr<Schema> {
        closed("Offre d'un établissement.", &names(&JOB), &JOB).into()
    }
}

const RECRUITER: [Field; 25] = [
    ("_id", text, "Identifiant interne."),
    ("establishment_id", text, "Identifiant de l'établissement, un UUID : il sert à déposer ses offres."),
    ("establishment_raison_sociale", text_or_null, "Raison sociale, d'après le registre."),
    ("establishment_enseigne", text_or_null, "Enseigne, d'après le registre."),
    ("establishment_siret", siret, "SIRET, 14 chiffres."),
    ("address_detail", any_object_or_null, "Parties de l'adresse, telles que le registre les donne."),
    ("address", text_or_null, "Adresse sur une ligne, d'après le registre."),
    ("geo_coordinates", text_or_null, "« latitude,longitude », degrés décimaux (WGS 84)."),
    ("is_delegated", flag, "Si un CFA publie pour l'entreprise."),
    ("cfa_delegated_siret", || pattern_or_null("^[0-9]{14}$"), "SIRET de ce CFA."),
    ("last_name", text_or_null, "Nom de la personne qui dépose."),
    ("first_name", text_or_null, "Prénom de la personne qui dépose."),
    ("phone", text_or_null, "Téléphone de la personne qui dépose."),
    ("email", email, "Adresse mail de la personne qui dépose, en clair et en minuscules."),
    ("jobs", || list_of("Job"), "Ses offres, la dernière déposée à la fin."),
    ("origin", text_or_null, "Votre organisation, suivie de l'`origin` que vous avez donnée."),
    ("opco", text_or_null, "OPCO de l'entreprise."),
    ("idcc", text_or_null, "Convention collective (IDCC)."),
    (
        "status",
        || one_of(["Actif", "Archivé", "En attente de validation"]).into(),
        "État du compte : ses offres sont montrées s'il est `Actif`.",
    ),
    ("naf_code", text_or_null, "Code NAF, sans point."),
    ("naf_label", text_or_null, "Libellé du code NAF."),
    ("establishment_size", text_or_null, "Tranche d'effectif."),
    ("establishment_creation_date", date_or_null, "Création de l'établissement, ISO 8601 en UTC."),
    ("createdAt", date_or_null, "Création du compte, ISO 8601 en UTC."),
    ("updatedAt", date_or_null, "Dernier changement, ISO 8601 en UTC."),
];

const JOB: [Field; 29] = [
    ("_id", text, "Identifiant de l'offre : `job.id` dans une recherche."),
    ("rome_label", text_or_null, "Libellé du code ROME."),
    ("rome_appellation_label", text_or_null, "Appellation : le titre de l'offre."),
    ("rome_code", || list(pattern("^[A-Z][0-9]{4}$")).build().into(), "Codes ROME."),
    ("rome_detail", any_object_or_null, "Ce qui est connu du code ROME."),
    ("job_level_label", || one_of_or_null(levels()), "Niveau de diplôme visé."),
    ("job_start_date", date_or_null, "Premier jour de travail, ISO 8601 en UTC."),
    ("job_description", text_or_null, "Le poste."),
    ("job_employer_description", text_or_null, "L'employeur."),
    ("job_creation_date", date_or_null, "Dépôt de l'offre, ISO 8601 en UTC."),
    ("job_expiration_date", date_or_null, "Fin de publication, deux mois après le dépôt, ISO 8601 en UTC."),
    ("job_update_date", date_or_null, "Dernier changement, ISO 8601 en UTC."),
    ("job_last_prolongation_date", date_or_null, "Dernière prolongation, ISO 8601 en UTC."),
    ("job_prolongation_count", count, "Nombre de prolongations."),
    ("relance_mail_sent", flag, "Si le mail qui annonce la fin de publication est parti."),
    ("job_status", || job_status().into(), "État de l'offre."),
    ("job_status_comment", text_or_null, "Pourquoi elle a été fermée."),
    ("job_type", || job_types().build().into(), "Contrats proposés."),
    ("is_multi_published", flag_or_null, "Si elle est diffusée ailleurs aussi."),
    ("job_delegation_count", count, "Nombre de CFA sollicités."),
    ("delegations", || list(any_object_or_null()).build().into(), "CFA sollicités."),
    ("is_disabled_elligible", flag_or_null, "Si le poste est ouvert aux personnes en situation de handicap."),
    ("job_count", count_or_null, "Postes à pourvoir."),
    ("job_duration", count_or_null, "Durée du contrat en mois."),
    ("job_rythm", || one_of_or_null(RHYTHMS), "Rythme de l'alternance."),
    ("custom_address", text_or_null, "Lieu de travail, quand ce n'est pas l'adresse de l'établissement."),
    ("custom_geo_coordinates", text_or_null, "« latitude,longitude » de ce lieu."),
    ("stats_detail_view", count, "Consultations de l'offre."),
    ("stats_search_view", count, "Apparitions dans une recherche."),
];

/// The six levels of the contract.
pub(super) fn levels() -> impl Iterator<Item = &'static str> {
    Diploma::ALL.map(Diploma::job_level_label).into_iter().chain([ANY_LEVEL])
}

/// The contracts of an offer.
pub(super) fn job_types() -> utoipa::openapi::schema::ArrayBuilder {
    list(one_of([JobType::Apprentissage, JobType::Professionnalisation].map(JobType::as_str)))
}

/// The trade of examples.
pub(super) fn trade() -> Option<Appellation> {
    Appellation::closest_to("boulanger pâtissier").into_iter().next()
}

/// A recruiter that was just created, written by the type that answers.
pub(super) fn created() -> Value {
    shown(&json!([]))
}

/// The same after its first offer.
pub(super) fn with_an_offer() -> Value {
    shown(&json!([job()]))
}

fn shown(jobs: &Value) -> Value {
    let recruiter = json!({
        "_id": "0123456789abcdef01234567",
        "establishment_id": ESTABLISHMENT_ID,
        "establishment_raison_sociale": "FOURNIL INVENTE",
        "establishment_siret": NO_SIRET,
        "address": "1 RUE DES EXEMPLES 75001 PARIS",
        "geo_coordinates": "48.86,2.34",
        "first_name": "Aucune", "last_name": "PERSONNE",
        "phone": "0199000000", "email": "rh@exemple.invalid",
        "jobs": jobs,
        "origin": "partenaire-formulaire",
        "status": "Actif",
        "naf_code": "1071C", "naf_label": "Boulangerie et boulangerie-pâtisserie",
        "createdAt": "2027-05-03T08:00:00Z", "updatedAt": "2027-05-03T08:00:00Z",
    });
    let written = serde_json::from_value(recruiter)
        .and_then(|recruiter: domain::recruiter::Recruiter| serde_json::to_value(recruiter));
    written.unwrap_or_default()
}

fn job() -> Value {
    let Some(trade) = trade() else { return Value::Null };
    let sheet = trade.rome.parse().ok().and_then(Sheet::of);
    json!({
        "_id": OFFER_ID,
        "rome_label": trade.rome_label,
        "rome_appellation_label": trade.name,
        "rome_code": [trade.rome],
        "rome_detail": sheet.map(|sheet| json!({"code": sheet.code, "libelle": sheet.label})),
        "job_level_label": ANY_LEVEL,
        "job_start_date": "2027-09-01T00:00:00Z",
        "job_description": "Pétrir, façonner, enfourner.",
        "job_creation_date": "2027-05-03T08:00:00Z",
        "job_expiration_date": "2027-07-03T08:00:00Z",
        "job_update_date": "2027-05-03T08:00:00Z",
        "job_status": "Active",
        "job_type": ["Apprentissage"],
        "is_disabled_elligible": true, "job_count": 1, "job_duration": 12,
        "job_rythm": "1 semaine / 1 semaine",
    })
}

/// The establishment of examples.
pub(super) const ESTABLISHMENT_ID: &str = "00000000-0000-4000-8000-000000000001";

/// Its offer.
pub(super) const OFFER_ID: &str = "89abcdef0123456789abcdef";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_name_the_fields_that_are_answered_and_no_others() {
        let answered = with_an_offer();
        for (value, table) in [(&answered, names(&RECRUITER)), (&answered["jobs"][0], names(&JOB))] {
            let mut said = table;
            said.sort_unstable();
            assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), said);
        }
    }

    #[test]
    fn the_trade_of_the_example_is_one_that_a_deposit_takes() {
        assert!(Appellation::of_code(trade().unwrap().code).is_some());
        assert!(with_an_offer()["jobs"][0]["rome_detail"].is_object());
    }
}

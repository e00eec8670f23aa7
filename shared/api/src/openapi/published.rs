//! `GET /v1/jobs/multi-published`: what may be asked, and the lines of offers, with the columns of the daily file.

use std::borrow::Cow;

use domain::matcha::MatchaOffer;
use domain::published::{CONTRACTS, PublishedLine, contract_code};
use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::conditional::if_none_match;
use super::fields::{
    Field, NO_SIRET, closed, count_or_null, date_or_null, flag_or_null, list, list_of, names, pattern,
    pattern_or_null, siret, text, text_or_null,
};
use super::parameters::{caller, query};
use super::{number_or_null, one_of};
use crate::errors::ApiError;
use crate::published_answer::PublishedAnswer;
use crate::published_query::PublishedQuery;
use crate::request::Request;

/// Those of the route.
#[derive(Debug)]
pub struct PublishedParameters;

impl IntoParams for PublishedParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let cursor = ObjectBuilder::new().schema_type(Type::String).build();
        vec![
            query("updated_since", instant(), SINCE_TEXT, Value::Null),
            query("cursor", cursor, CURSOR_TEXT, Value::Null),
            caller(),
            if_none_match(),
        ]
    }
}

/// The answers of the route.
#[derive(Debug)]
pub struct PublishedResponses;

impl IntoResponses for PublishedResponses {
    fn responses() -> Responses {
        let refused = answers::two_families(
            "Paramètres refusés : instant mal écrit, à venir ou trop ancien, curseur altéré ou d'un autre parcours.",
            vec![TOO_OLD.example(), UNREADABLE.example()],
        );
        Answers::keyed()
            .found::<PublishedAnswer<'_>>(
                "Les lignes à garder et celles à retirer.",
                vec![("changed", "Une ligne, une offre retirée", example())],
            )
            .with("400", refused)
            .build()
    }
}

impl ToSchema for PublishedAnswer<'_> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PublishedAnswer")
    }
}

impl PartialSchema for PublishedAnswer<'_> {
    fn schema() -> RefOr<Schema> {
        closed("Une page de ce qui a changé.", &names(&ANSWER), &ANSWER).into()
    }
}

/// A line, under its name in the document.
#[derive(Debug)]
pub struct PublishedOffer;

impl ToSchema for PublishedOffer {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PublishedOffer")
    }
}

impl PartialSchema for PublishedOffer {
    fn schema() -> RefOr<Schema> {
        closed(
            "Une offre sous l'un de ses contrats. Chaque champ porte le nom de la colonne du fichier quotidien.",
            &names(&LINE),
            &LINE,
        )
        .into()
    }
}

const REFERENCE: &str = "^(E2|FS)-.+$";
const ANSWER: [Field; 4] = [
    ("offers", || list_of("PublishedOffer"), "Lignes à garder, à la place de celles de même `reference`."),
    (
        "withdrawn",
        || list(pattern(REFERENCE)).build().into(),
        "Références à retirer si vous les avez : les deux d'une offre fermée ou expirée, celle du contrat qu'une offre \
         ne propose pas (ou plus).",
    ),
    ("next", text_or_null, "Curseur de la page suivante, `null` après la dernière."),
    (
        "updated_until",
        || instant().into(),
        "Valeur de `updated_since` à envoyer la fois suivante, une fois `next` à `null`, ISO 8601 en UTC.",
    ),
];

const LINE: [Field; 26] = [
    ("reference", || pattern(REFERENCE), "`Par_ref_offre`. `E2-` ou `FS-`, et l'identifiant de l'offre."),
    ("partner_key", text, "`Par_cle`. Qui diffuse, toujours `LABONNEALTERNANCE`."),
    ("partner_name", text, "`Par_nom`. Qui diffuse, toujours `La bonne alternance`."),
    ("url", text, "`Par_URL_offre`. Page de l'offre : c'est là qu'on postule."),
    ("rome_code", || pattern("^[A-Z][0-9]{4}$"), "`Off_code_rome`. Premier code ROME de l'offre."),
    ("title", text, "`Off_THES_libelle`. Appellation."),
    (
        "description",
        text_or_null,
        "`Off_description`. Le poste, en plusieurs lignes, tel que le recruteur l'a écrit.",
    ),
    ("employer_description", text_or_null, "`Off_employeur`. L'employeur, tel qu'il se présente."),
    (
        "contract_type",
        || one_of(CONTRACTS.map(contract_code)).into(),
        "`Pos_type_contrat`. `E2` : contrat d'apprentissage ; `FS` : contrat de professionnalisation.",
    ),
    ("duration_months", count_or_null, "`Off_duree_mois`. Durée du contrat en mois."),
    ("start_date", date_or_null, "`Off_date_debut`. Premier jour de travail, ISO 8601 en UTC."),
    ("openings", count_or_null, "`Off_nb_postes`. Postes à pourvoir."),
    (
        "disabled_eligible",
        flag_or_null,
        "`Off_handicap` (`oui`, `non`). Si le poste est ouvert aux personnes en situation de handicap.",
    ),
    ("diploma_level", text_or_null, "`Niveau_diplome`. Niveau de diplôme visé."),
    ("rhythm", text_or_null, "`Rythme`. Rythme de l'alternance."),
    ("company_siret", siret, "`Ent_siret`. SIRET de l'entreprise, 14 chiffres."),
    ("company_name", text, "`Ent_nom`. Nom de l'entreprise."),
    (
        "cfa_siret",
        || pattern_or_null("^[0-9]{14}$"),
        "`Cfa_siret`. SIRET du CFA à qui s'adresser, quand il publie pour l'entreprise.",
    ),
    ("cfa_name", text_or_null, "`Cfa_nom`. Nom de ce CFA."),
    ("address", text_or_null, "`Adr_ligne`. Lieu de travail sur une ligne ; `null` quand un CFA publie."),
    ("postal_code", text_or_null, "`Adr_code_postal`. Code postal ; `null` quand un CFA publie."),
    ("city", text_or_null, "`Adr_commune`. Commune."),
    (
        "latitude",
        || number_or_null().into(),
        "`Latitude`. Degrés décimaux (WGS 84) ; `null` quand un CFA publie.",
    ),
    (
        "longitude",
        || number_or_null().into(),
        "`Longitude`. Degrés décimaux (WGS 84) ; `null` quand un CFA publie.",
    ),
    ("created_at", || instant().into(), "`Off_date_creation`. Dépôt de l'offre, ISO 8601 en UTC."),
    ("expires_at", || instant().into(), "`Off_date_expiration`. Fin de publication, ISO 8601 en UTC."),
];

const SINCE_TEXT: &str = "Ce qui a changé depuis cet instant (ISO 8601, 59 jours au plus). Sans lui, toutes les offres actives : \
     commencez ainsi. Suivez `next` jusqu'à `null`, puis envoyez `updated_until` la fois suivante ; la minute qui précède \
     est redite, pour que rien ne manque.";
const CURSOR_TEXT: &str = "Le `next` de la page précédente, tel quel, avec le même `updated_since`. Un curseur vaut un jour, \
     pour la même clé.";

const TOO_OLD: Shown = Shown::new("tooOld", "Instant trop ancien", || {
    let query = vec![("updated_since".to_owned(), "1970-01-02".to_owned())];
    let request = Request { query, ..Request::default() };
    PublishedQuery::parse(&request, "2026-09-01T08:00:00Z".parse().unwrap_or_default())
        .err()
        .unwrap_or(ApiError::WrongParameters(Vec::new()))
});

fn instant() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .build()
}

/// Written by the type that answers, of the offer that other examples show.
fn example() -> Value {
    let offer = json!({
        "id": "00000000-0000-4000-8000-000000000001-0", "offer_id": "89abcdef0123456789abcdef",
        "title": "Boulanger / Boulangère", "romes": ["D1102"], "status": "Active", "siret": NO_SIRET,
        "address": {"full": "1 RUE DES EXEMPLES 44000 NANTES", "zip": "44000", "city": "NANTES", "point": "47.218,-1.553"},
        "company_name": "FOURNIL INVENTE", "created_at": 1_788_249_600, "expires_at": 1_793_520_000,
        "duration_months": 12, "openings": 1, "disabled_eligible": true, "rhythm": "1 semaine / 1 semaine",
        "start_date": "2026-10-01T00:00:00.000Z", "contract_types": ["Apprentissage"],
        "description": "Pétrir, façonner, enfourner : le métier entier, du levain à la vente.",
    });
    let offer: Option<MatchaOffer> = serde_json::from_value(offer).ok();
    let lines = offer.map(|offer| PublishedLine::all(&offer, "https://exemple.invalid")).unwrap_or_default();
    json!({
        "offers": lines,
        "withdrawn": ["FS-89abcdef0123456789abcdef", "E2-0123456789abcdef01234567", "FS-0123456789abcdef01234567"],
        "next": null,
        "updated_until": "2026-09-01T07:59:00.000Z",
    })
}

#[cfg(test)]
mod tests {
    use domain::published::COLUMNS;

    use super::*;

    #[test]
    fn each_field_of_a_line_is_told_with_its_column_in_their_order() {
        for ((column, name), (field, _, said)) in COLUMNS.iter().zip(LINE) {
            assert_eq!(field, *name);
            assert!(said.starts_with(&format!("`{column}`")), "{name}: {said}");
        }
        assert_eq!(COLUMNS.len(), LINE.len());
    }

    #[test]
    fn the_example_is_a_line_that_is_answered() {
        let example = example();
        let mut said = names(&LINE);
        said.sort_unstable();
        assert_eq!(example["offers"][0].as_object().unwrap().keys().collect::<Vec<_>>(), said);
    }
}

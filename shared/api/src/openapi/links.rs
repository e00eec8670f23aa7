//! `POST /traininglinks`, and the trades of a diploma or an establishment.

use std::borrow::Cow;

use serde_json::{Value, json};
use usecases::training_links::{Target, Wish};
use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::responses::{WRONG_LUHN, WRONG_SIRET};
use crate::errors::ApiError;
use crate::errors::shapes::ZResError;
use crate::links_answer::TrainingLinks;
use crate::links_request::{self, MAX_WISHES, NamedWish};
use crate::metiers_answer::MetierLabelsAnswer;
use crate::request::Request;
use crate::{detail_query, links_answer};

/// The body of `POST /traininglinks`.
#[derive(Debug)]
pub struct TrainingLinksBody;

impl ToSchema for TrainingLinksBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("TrainingLinksBody")
    }
}

impl PartialSchema for TrainingLinksBody {
    fn schema() -> RefOr<Schema> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).pattern(Some(r"\S"));
        let id = id.description(Some("Identifiant du vœu : il revient avec ses liens."));
        let mut wish = ObjectBuilder::new().property("id", id).required("id");
        for (name, pattern, text) in FIELDS {
            wish = wish.property(name, field(pattern, text));
        }
        ArrayBuilder::new()
            .items(RefOr::T(Schema::Object(wish.build())))
            .max_items(Some(MAX_WISHES))
            .examples([example()])
            .build()
            .into()
    }
}

/// Optional fields of a wish. A pattern also takes the empty text, which counts as absent.
const FIELDS: [(&str, &str, &str); 9] = [
    ("cle_ministere_educatif", "^.*$", "Clé ministère éducatif de la formation."),
    ("mef", "^([0-9]{10,11})?$", "Code MEF, 10 chiffres (d'un code de 11, le dernier est ignoré)."),
    ("cfd", "^([0-9a-zA-Z]{8})?$", "Code formation diplôme."),
    ("rncp", "^(RNCP[0-9]{2,5})?$", "Code RNCP."),
    ("code_postal", "^([0-9]{5})?$", "Code postal de la personne, à défaut de `code_insee`."),
    ("uai_lieu_formation", UAI, "UAI de l'établissement où la formation est donnée."),
    ("uai_formateur", UAI, "UAI de l'établissement qui la donne."),
    ("uai_formateur_responsable", UAI, "UAI de l'établissement qui en répond."),
    ("code_insee", "^([0-9][abAB0-9][0-9]{3})?$", "Code INSEE de la commune de la personne."),
];
const UAI: &str = "^([0-9]{7}[a-zA-Z])?$";

fn field(pattern: &str, text: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .pattern(Some(pattern))
        .description(Some(text))
        .build()
}

fn example() -> Value {
    json!([
        {"id": "1", "cle_ministere_educatif": "088281P01313885594860007038855948600070-67118#L01"},
        {"id": "2", "uai_formateur": "0573690B", "cfd": "50022137", "code_postal": "57000"},
    ])
}

/// `POST /traininglinks`.
#[derive(Debug)]
pub struct TrainingLinksResponses;

impl IntoResponses for TrainingLinksResponses {
    fn responses() -> Responses {
        let list = ArrayBuilder::new().items(Ref::from_schema_name(TrainingLinks::name())).build();
        let text = "Les liens de chaque vœu, dans l'ordre des vœux.";
        let found = answers::list(text, list.into(), vec![("links", "Un vœu", links())]);
        let refused = vec![WRONG_WISH.example(), TOO_MANY.example(), UNREADABLE.example()];
        Answers::keyed()
            .with("200", found)
            .with("400", answers::error::<ZResError>("Corps refusé : toutes les erreurs à la fois.", refused))
            .build()
    }
}

/// `GET /v1/metiers/metiersParFormation/{cfd}`.
#[derive(Debug)]
pub struct MetiersOfTrainingResponses;

impl IntoResponses for MetiersOfTrainingResponses {
    fn responses() -> Responses {
        let refused = vec![WRONG_CFD.example(), UNREADABLE.example()];
        trades().with("400", answers::error::<ZResError>("CFD refusé.", refused)).build()
    }
}

/// `GET /v1/metiers/metiersParEtablissement/{siret}`.
#[derive(Debug)]
pub struct MetiersOfEstablishmentResponses;

impl IntoResponses for MetiersOfEstablishmentResponses {
    fn responses() -> Responses {
        let refused = vec![WRONG_SIRET.example(), WRONG_LUHN.example(), UNREADABLE.example()];
        trades().with("400", answers::error::<ZResError>("SIRET refusé.", refused)).build()
    }
}

fn trades() -> Answers {
    Answers::keyed().found::<MetierLabelsAnswer>(
        "Les métiers ; aucun si le catalogue n'en connaît pas.",
        vec![
            (
                "found",
                "Deux métiers",
                json!({"metiers": ["Boulanger / Boulangère", "Pâtissier / Pâtissière"]}),
            ),
            ("unknown", "Inconnu du catalogue", json!({"metiers": []})),
        ],
    )
}

fn links() -> Value {
    const SITE: &str = "https://labonnealternance.apprentissage.beta.gouv.fr";
    let romes = ["D1102", "D1104"].into_iter().filter_map(|rome| rome.parse().ok()).collect();
    let target = Target { romes, place: "49.1193,6.1757".parse().ok(), is_open: true };
    let training = Some("088281P01313885594860007038855948600070-67118#L01".to_owned());
    let wish = NamedWish { id: "1".to_owned(), wish: Wish { training, ..Wish::default() } };
    json!([links_answer::TrainingLinks::new(&wish, SITE, SITE, &target)])
}

const WRONG_CFD: Shown = Shown::new("wrongCfd", "Ce n'est pas un CFD", || {
    let path_parameters = [("cfd".to_owned(), "5002213".to_owned())].into();
    let request = Request { path_parameters, ..Request::default() };
    detail_query::cfd(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
});
const WRONG_WISH: Shown = Shown::new("wrongWish", "Un champ est faux", || {
    body_error(&json!([{"id": "1", "cfd": "5002213"}, {"uai_formateur": "metz"}]))
});
const TOO_MANY: Shown = Shown::new("tooMany", "Plus de 100 vœux", || {
    body_error(&(0..=MAX_WISHES).map(|id| json!({"id": id.to_string()})).collect())
});

fn body_error(body: &Value) -> ApiError {
    let request = Request { body: Some(body.to_string().into_bytes()), ..Request::default() };
    links_request::parse(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
}

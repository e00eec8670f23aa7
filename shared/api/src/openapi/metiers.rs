//! What the routes of métiers and trades say of themselves. Their examples are answers of the index itself.

use metiers::{Appellation, Diploma, Metier, Sheet, Terms};
use serde_json::{Value, json};
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::{IntoParams, IntoResponses};

use super::answers::{self, Answers, Responses, Shown, UNREADABLE};
use super::parameters::{ROMES, caller, path, query, text};
use super::responses::not_found;
use crate::errors::shapes::{ZApiError, ZResError};
use crate::errors::{ApiError, NotFound};
use crate::metiers_answer::{
    AppellationRome, AppellationsAnswer, JobsAndDiplomasAnswer, LabelAndRomes, MetierLabelsAnswer,
    MetiersAnswer, RomeSheet,
};
use crate::metiers_query::{self, MetiersQuery};
use crate::request::Request;

type Provided = Option<ParameterIn>;

/// Those of `GET /v1/metiers`.
#[derive(Debug)]
pub struct MetiersParameters;

impl IntoParams for MetiersParameters {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        let rncps = r"^RNCP[0-9]{2,5}(,RNCP[0-9]{2,5}){0,19}$";
        vec![
            typed("title", &format!("{TITLE_TEXT} {AT_LEAST_ONE}"), "boulanger"),
            query("romes", text(ROMES), &format!("{ROMES_TEXT} {AT_LEAST_ONE}"), Value::Null),
            query("rncps", text(rncps), &format!("{RNCPS_TEXT} {AT_LEAST_ONE}"), Value::Null),
            caller(),
        ]
    }
}

/// Those of `GET /v1/metiers/intitule`.
#[derive(Debug)]
pub struct AppellationParameters;

impl IntoParams for AppellationParameters {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        vec![typed("label", LABEL_TEXT, "boulangère"), caller()]
    }
}

/// Those of `GET /rome`.
#[derive(Debug)]
pub struct RomeParameters;

impl IntoParams for RomeParameters {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        let choice = ObjectBuilder::new().schema_type(Type::Boolean).default(Some(json!(false))).build();
        vec![
            typed("title", &format!("{TITLE_TEXT} Obligatoire."), "boulanger patissier"),
            query("withRomeLabels", choice, WITH_ROME_LABELS_TEXT, Value::Null),
            caller(),
        ]
    }
}

/// Those of `GET /jobsdiplomas`.
#[derive(Debug)]
pub struct JobsAndDiplomasParameters;

impl IntoParams for JobsAndDiplomasParameters {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        vec![typed("title", &format!("{TITLE_TEXT} Obligatoire."), "boulanger"), caller()]
    }
}

/// `{rome}` of a path.
#[derive(Debug)]
pub struct RomeParameter;

impl IntoParams for RomeParameter {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        vec![path("rome", text("^[a-zA-Z][0-9]{4}$"), "Code ROME : une lettre et quatre chiffres.", "D1102")]
    }
}

/// `GET /v1/metiers`.
#[derive(Debug)]
pub struct MetiersResponses;

impl IntoResponses for MetiersResponses {
    fn responses() -> Responses {
        let body = MetiersAnswer { labels_and_romes: jobs("boulanger", Terms::Every, true) };
        let refused = vec![NO_PARAMETER.example(), UNREADABLE.example()];
        Answers::keyed()
            .found::<MetiersAnswer>("Les métiers, au plus 20, les meilleurs d'abord.", vec![shown(&body)])
            .with("400", answers::two_families("Paramètres refusés.", refused))
            .build()
    }
}

/// `GET /v1/metiers/all`.
#[derive(Debug)]
pub struct MetierLabelsResponses;

impl IntoResponses for MetierLabelsResponses {
    fn responses() -> Responses {
        let body = MetierLabelsAnswer { metiers: Metier::all().take(3).map(Metier::label).collect() };
        Answers::keyed()
            .found::<MetierLabelsAnswer>("Tous les métiers, au plus 200, triés.", vec![shown(&body)])
            .unreadable()
            .build()
    }
}

/// `GET /v1/metiers/intitule`.
#[derive(Debug)]
pub struct AppellationsResponses;

impl IntoResponses for AppellationsResponses {
    fn responses() -> Responses {
        let found = Appellation::closest_to("boulangère").into_iter().take(2).map(AppellationRome::from);
        let body = AppellationsAnswer { couple_appellation_rome_metier: found.collect() };
        let refused = vec![NO_LABEL.example(), UNREADABLE.example()];
        Answers::keyed()
            .found::<AppellationsAnswer>(
                "Les appellations, au plus 20, les plus proches d'abord.",
                vec![shown(&body)],
            )
            .with("400", answers::two_families("Paramètres refusés.", refused))
            .build()
    }
}

/// `GET /rome` and `GET /jobsdiplomas`.
#[derive(Debug)]
pub struct JobsAndDiplomasResponses;

impl IntoResponses for JobsAndDiplomasResponses {
    fn responses() -> Responses {
        let diplomas = Diploma::by_title("boulanger", Terms::Every).into_iter().take(2);
        let body = JobsAndDiplomasAnswer {
            labels_and_romes: jobs("boulanger", Terms::Every, false),
            labels_and_romes_for_diplomas: diplomas.map(LabelAndRomes::diploma).collect(),
        };
        let refused = vec![NO_TITLE.example(), UNREADABLE.example()];
        Answers::keyed()
            .found::<JobsAndDiplomasAnswer>(
                "Les métiers et les certifications, au plus 20 de chaque, les meilleurs d'abord.",
                vec![shown(&body)],
            )
            .with("400", answers::two_families("Paramètres refusés.", refused))
            .build()
    }
}

/// `GET /rome/detail/{rome}`.
#[derive(Debug)]
pub struct RomeSheetResponses;

impl IntoResponses for RomeSheetResponses {
    fn responses() -> Responses {
        let sheet = "D1102".parse().ok().and_then(Sheet::of).map(RomeSheet::from);
        let refused = vec![WRONG_ROME.example(), UNREADABLE.example()];
        Answers::keyed()
            .found::<RomeSheet>("La fiche.", sheet.iter().map(shown).collect())
            .with("400", answers::error::<ZResError>("Code ROME refusé.", refused))
            .with("404", not_found::<ZApiError>("Le ROME n'a pas ce code.", NotFound::Rome))
            .build()
    }
}

const TITLE_TEXT: &str = "Mots cherchés, tels qu'ils sont tapés : accents, casse et ordre ne comptent pas, un mot peut \
     être inachevé, et une faute de frappe est pardonnée dans un mot de cinq lettres ou plus. Les mots d'une ou deux \
     lettres ne comptent qu'en tête.";
const AT_LEAST_ONE: &str = "Au moins un de `title`, `romes` et `rncps` est obligatoire ; ils se combinent.";
const ROMES_TEXT: &str = "Codes ROME séparés par des virgules, 1 à 20 : les métiers qui ont l'un d'eux.";
const RNCPS_TEXT: &str =
    "Codes RNCP séparés par des virgules, 1 à 20 : les métiers auxquels l'un d'eux mène.";
const LABEL_TEXT: &str = "Nom d'un poste, comme on l'écrit, au masculin ou au féminin. Obligatoire.";
const WITH_ROME_LABELS_TEXT: &str = "Donne aussi `romeTitles`, le libellé de chaque code ROME.";

const NO_PARAMETER: Shown =
    Shown::new("noParameter", "Aucun paramètre", || refusal(MetiersQuery::parse(&Request::default())));
const NO_LABEL: Shown =
    Shown::new("noLabel", "Sans intitulé", || refusal(metiers_query::label(&Request::default())));
const NO_TITLE: Shown =
    Shown::new("noTitle", "Sans titre", || refusal(metiers_query::title(&Request::default())));
const WRONG_ROME: Shown = Shown::new("wrongRome", "Ce n'est pas un code ROME", || {
    refusal(metiers_query::rome(&Request::default()))
});

fn refusal<T>(result: Result<T, ApiError>) -> ApiError {
    result.err().unwrap_or(ApiError::WrongParameters(Vec::new()))
}

fn typed(name: &str, description: &str, example: &str) -> Parameter {
    let typed = ObjectBuilder::new().schema_type(Type::String).build();
    query(name, typed, description, json!(example))
}

fn jobs(title: &str, which: Terms, with_rome_labels: bool) -> Vec<LabelAndRomes> {
    let found = Metier::by_title(title, which).into_iter().take(2);
    found.map(|metier| LabelAndRomes::job(metier, with_rome_labels)).collect()
}

fn shown(body: &impl serde::Serialize) -> answers::Example {
    ("found", "Trouvé", serde_json::to_value(body).unwrap_or(Value::Null))
}

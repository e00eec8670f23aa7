//! The parameters of the routes, with their rules.

use domain::diploma::Diploma;
use domain::opco::Opco;
use serde_json::{Value, json};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{Object, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Required};

use super::one_of;

type Provided = Option<ParameterIn>;

/// Those of `GET /v1/jobs`.
#[derive(Debug)]
pub struct JobsParameters;

impl IntoParams for JobsParameters {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        let diplomas = one_of(Diploma::ALL.map(Diploma::label));
        let opcos = one_of(Opco::ALL.map(Opco::short));
        vec![
            query("romes", text(ROMES), ROMES_TEXT, json!("D1102,D1104")),
            query("rncp", text(r"^RNCP[0-9]{2,5}$"), RNCP_TEXT, Value::Null),
            caller(),
            query("latitude", number(-90.0, 90.0), LATITUDE_TEXT, json!(48.8566)),
            query("longitude", number(-180.0, 180.0), LONGITUDE_TEXT, json!(2.3522)),
            query("radius", radius(), RADIUS_TEXT, json!(30)),
            query("insee", text("^[0-9][abAB0-9][0-9]{3}$"), INSEE_TEXT, json!("75056")),
            query("sources", sources(), SOURCES_TEXT, Value::Null),
            query("diploma", diplomas, DIPLOMA_TEXT, Value::Null),
            query("opco", opcos, OPCO_TEXT, Value::Null),
            query("opcoUrl", url(), OPCO_URL_TEXT, Value::Null),
        ]
    }
}

/// `caller` alone: the only query parameter of the detail routes.
#[derive(Debug)]
pub struct CallerParameter;

impl IntoParams for CallerParameter {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        vec![caller()]
    }
}

/// `{siret}` of a path.
#[derive(Debug)]
pub struct SiretParameter;

impl IntoParams for SiretParameter {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        vec![path("siret", text("^[0-9]{14}$"), SIRET_TEXT, "01928074200016")]
    }
}

/// `{cfd}` of a path.
#[derive(Debug)]
pub struct CfdParameter;

impl IntoParams for CfdParameter {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        vec![path("cfd", text("^[0-9a-zA-Z]{8}$"), CFD_TEXT, "50022137")]
    }
}

/// `{id}` of an offer deposited here.
#[derive(Debug)]
pub struct MatchaIdParameter;

impl IntoParams for MatchaIdParameter {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        vec![id("offer-1")]
    }
}

/// `{id}` of an offer of France Travail.
#[derive(Debug)]
pub struct PartnerOfferIdParameter;

impl IntoParams for PartnerOfferIdParameter {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        vec![id("153BHTN")]
    }
}

const ROMES: &str = "^[a-zA-Z][0-9]{4}(,[a-zA-Z][0-9]{4}){0,19}$";
const ROMES_TEXT: &str = "Codes ROME des métiers, séparés par des virgules : 1 à 20, chacun d'une lettre et de quatre \
     chiffres. Obligatoire si `rncp` n'est pas donné ; l'un exclut l'autre.";
const RNCP_TEXT: &str = "Code RNCP d'une certification, `RNCP` suivi de 2 à 5 chiffres (par exemple `RNCP37905`) : la \
     recherche porte sur les métiers auxquels elle mène. Exclut `romes`.";
const LATITUDE_TEXT: &str = "Latitude du centre de la recherche, en degrés décimaux (WGS 84). Sans `latitude` ni \
     `longitude`, la recherche porte sur toute la France, du plus récent au plus ancien.";
const LONGITUDE_TEXT: &str = "Longitude du centre de la recherche, en degrés décimaux (WGS 84). Obligatoire avec \
     `latitude`, et réciproquement.";
const RADIUS_TEXT: &str = "Rayon de la recherche en kilomètres : de 0 à 200, ou exactement 20000 pour la France \
     entière. Obligatoire dès que `latitude` ou `longitude` est donnée.";
const INSEE_TEXT: &str = "Code INSEE de la commune du centre, cinq caractères (`2A004` en Corse). Obligatoire quand un \
     lieu et `caller` sont donnés.";
const SOURCES_TEXT: &str = "Sources à interroger, séparées par des virgules. `offres` : offres de France Travail ; \
     `matcha` : offres déposées sur La bonne alternance ; `lba` : sociétés susceptibles de recruter. `lbb` est encore \
     acceptée et ne renvoie plus rien.";
const DIPLOMA_TEXT: &str = "Niveau de diplôme visé. Seul le chiffre compte : `5` suffit. Les offres ouvertes à tout \
     niveau restent ; les sociétés (`lba`) ne sont pas filtrées.";
const OPCO_TEXT: &str = "Nom court de l'OPCO des entreprises à garder, en majuscules ou en minuscules. Un OPCO inconnu \
     ne donne aucun résultat.";
const OPCO_URL_TEXT: &str = "Site de l'OPCO des entreprises à garder, par exemple `https://www.akto.fr`. Avec `opco`, \
     les deux doivent désigner le même.";
const CALLER_TEXT: &str = "Nom de votre société ou de votre produit, de préférence précédé d'une adresse de contact. \
     Facultatif : votre clé vous identifie. L'adresse n'est jamais journalisée.";
const SIRET_TEXT: &str = "SIRET de l'établissement : 14 chiffres, clé de Luhn juste.";
const CFD_TEXT: &str = "CFD (code formation diplôme) : 8 chiffres ou lettres.";
const ID_TEXT: &str = "Identifiant de l'offre, tel que la recherche le donne dans `job.id`.";

fn caller() -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    query("caller", text, CALLER_TEXT, json!("contact@domaine.fr nom_de_societe"))
}

fn id(example: &str) -> Parameter {
    let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
    path("id", id, ID_TEXT, example)
}

/// Optional parameters that exclude others have no example: tools send all examples together.
fn query(name: &str, schema: impl Into<RefOr<Schema>>, description: &str, example: Value) -> Parameter {
    parameter(name, schema.into(), description)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .example(Some(example).filter(|example| !example.is_null()))
        .build()
}

fn path(name: &str, schema: Object, description: &str, example: &str) -> Parameter {
    parameter(name, schema.into(), description)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .example(Some(json!(example)))
        .build()
}

fn parameter(name: &str, schema: RefOr<Schema>, description: &str) -> ParameterBuilder {
    ParameterBuilder::new().name(name).description(Some(description)).schema(Some(schema))
}

fn text(pattern: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).build()
}

fn url() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::Custom("uri".to_owned())))
        .examples([Opco::Akto.url()])
        .build()
}

fn sources() -> Object {
    let one = "(lba|offres|matcha|lbb)";
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(format!("^{one}(,{one})*$")))
        .default(Some(json!("lba,offres,matcha")))
        .build()
}

fn number(least: f64, most: f64) -> Object {
    ObjectBuilder::new().schema_type(Type::Number).minimum(Some(least)).maximum(Some(most)).build()
}

fn radius() -> Schema {
    let anywhere = ObjectBuilder::new().schema_type(Type::Number).enum_values(Some([20_000]));
    OneOfBuilder::new().item(number(0.0, 200.0)).item(anywhere).build().into()
}

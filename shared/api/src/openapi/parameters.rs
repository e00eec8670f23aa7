//! The parameters of the routes, with their rules.

use domain::diploma::Diploma;
use domain::opco::Opco;
use serde_json::{Value, json};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Required};

use super::conditional::if_none_match;
use super::one_of;

type Provided = Option<ParameterIn>;

/// Those of `GET /v1/jobs`.
#[derive(Debug)]
pub struct JobsParameters;

impl IntoParams for JobsParameters {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        jobs(sources("(lba|offres|matcha|lbb)", "lba,offres,matcha"))
    }
}

/// Those of `GET /v1/jobsEtFormations`.
#[derive(Debug)]
pub struct JobsAndTrainingsParameters;

impl IntoParams for JobsAndTrainingsParameters {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        let mut all = jobs(sources("(formations|lba|offres|matcha|lbb)", "formations,lba,offres,matcha"));
        all.push(options());
        all
    }
}

/// Those of `GET /v1/formations`.
#[derive(Debug)]
pub struct TrainingsParameters;

impl IntoParams for TrainingsParameters {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        let mut all = vec![
            query("romes", text(ROMES), ROMES_OR_DOMAIN_TEXT, json!("D1102,D1104")),
            domain(),
            query("latitude", number(-90.0, 90.0), LATITUDE_TEXT, json!(48.8566)),
            query("longitude", number(-180.0, 180.0), LONGITUDE_TEXT, json!(2.3522)),
            query("radius", radius(), TRAININGS_RADIUS_TEXT, json!(30)),
            query("diploma", one_of(Diploma::ALL.map(Diploma::label)), DIPLOMA_TEXT, Value::Null),
            caller(),
            options(),
        ];
        all.extend(onward());
        all.push(if_none_match());
        all
    }
}

/// Those of `GET /v1/formationsParRegion`.
#[derive(Debug)]
pub struct AreaParameters;

impl IntoParams for AreaParameters {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        vec![
            query("departement", text("^[0-9]{2,3}$"), DEPARTEMENT_TEXT, json!("57")),
            query("region", text("^[0-9]{2}$"), REGION_TEXT, Value::Null),
            query("romes", text(ROMES), ROMES_OR_DOMAIN_TEXT, Value::Null),
            domain(),
            query("diploma", one_of(Diploma::ALL.map(Diploma::label)), DIPLOMA_TEXT, Value::Null),
            caller(),
            options(),
            cursor(),
            if_none_match(),
        ]
    }
}

/// `{id}` of a training.
#[derive(Debug)]
pub struct TrainingIdParameter;

impl IntoParams for TrainingIdParameter {
    fn into_params(_: impl Fn() -> Provided) -> Vec<Parameter> {
        let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
        vec![path("id", id, KEY_TEXT, "088281P01313885594860007038855948600070-67118#L01")]
    }
}

fn jobs(sources: Object) -> Vec<Parameter> {
    let mut all = vec![
        query("romes", text(ROMES), ROMES_TEXT, json!("D1102,D1104")),
        query("rncp", text(r"^RNCP[0-9]{2,5}$"), RNCP_TEXT, Value::Null),
        caller(),
        query("latitude", number(-90.0, 90.0), LATITUDE_TEXT, json!(48.8566)),
        query("longitude", number(-180.0, 180.0), LONGITUDE_TEXT, json!(2.3522)),
        query("radius", radius(), RADIUS_TEXT, json!(30)),
        query("insee", text("^[0-9][abAB0-9][0-9]{3}$"), INSEE_TEXT, json!("75056")),
        query("sources", sources, SOURCES_TEXT, Value::Null),
        query("diploma", one_of(Diploma::ALL.map(Diploma::label)), DIPLOMA_TEXT, Value::Null),
        query("opco", one_of(Opco::ALL.map(Opco::short)), OPCO_TEXT, Value::Null),
        query("opcoUrl", url(), OPCO_URL_TEXT, Value::Null),
    ];
    all.extend(onward());
    all.push(if_none_match());
    all
}

/// What this service has beyond the original.
fn onward() -> [Parameter; 3] {
    let instant = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .build();
    [
        query("sort", one_of(["distance", "date"]), SORT_TEXT, Value::Null),
        cursor(),
        query("updated_since", instant, SINCE_TEXT, Value::Null),
    ]
}

fn cursor() -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    query("cursor", text, CURSOR_TEXT, Value::Null)
}

fn options() -> Parameter {
    query("options", one_of(["with_description"]), OPTIONS_TEXT, Value::Null)
}

fn domain() -> Parameter {
    query("romeDomain", text("^[a-zA-Z]([0-9]{2})?$"), DOMAIN_TEXT, Value::Null)
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

pub(super) const ROMES: &str = "^[a-zA-Z][0-9]{4}(,[a-zA-Z][0-9]{4}){0,19}$";
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
     `matcha` : offres déposées sur La bonne alternance ; `lba` : sociétés susceptibles de recruter ; `formations`, sur \
     `/v1/jobsEtFormations` seulement. `lbb` est encore acceptée et ne renvoie plus rien.";
const ROMES_OR_DOMAIN_TEXT: &str = "Codes ROME des métiers, séparés par des virgules : 1 à 20, chacun d'une lettre et de \
     quatre chiffres. Exclut `romeDomain`.";
const DOMAIN_TEXT: &str = "Domaine ROME : une lettre, ou une lettre et deux chiffres. La recherche porte sur tous ses \
     métiers. Exclut `romes`.";
const TRAININGS_RADIUS_TEXT: &str = "Rayon de la recherche en kilomètres : de 0 à 200, ou exactement 20000 pour la France \
     entière. 30 si rien n'est donné.";
const DEPARTEMENT_TEXT: &str = "Département : les deux premiers chiffres du code postal, ou trois outre-mer (`974`). La \
     Corse est `20`. Exclut `region`.";
const REGION_TEXT: &str = "Code INSEE d'une région : 01, 02, 03, 04, 06, 11, 24, 27, 28, 32, 44, 52, 53, 75, 76, 84, 93 \
     ou 94. Exclut `departement`.";
const OPTIONS_TEXT: &str =
    "`with_description` : chaque formation donne aussi ce qui est enseigné et dans quel but.";
const SORT_TEXT: &str = "Ordre des résultats : `distance` (celui d'une recherche autour d'un lieu) ou `date`, du plus \
     récent au plus ancien dans le rayon. Les formations, sans date, restent par distance.";
const CURSOR_TEXT: &str = "Pour lire au-delà du plafond, page par page. `cursor=` (vide) demande la première page ; la \
     réponse porte alors `next`, à renvoyer tel quel pour la page suivante, ou `null` après la dernière. Ce qui est \
     déposé entre deux pages n'y apparaît pas : aucun résultat ne vient deux fois. Un curseur vaut un jour, pour la même \
     recherche et la même clé.";
const SINCE_TEXT: &str = "Pour tenir une copie à jour : ce qui a changé depuis cet instant (ISO 8601, 59 jours au plus), et \
     dans `withdrawn` ce qu'il faut retirer. Les métiers deviennent facultatifs. Suivez `next` jusqu'à `null`, puis \
     envoyez `updated_until` la fois suivante. Les retraits sont désignés par l'identifiant des routes de détail.";
const KEY_TEXT: &str = "Clé ministère éducatif de la formation ; `#` s'écrit `%23`.";
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

pub(super) fn caller() -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    query("caller", text, CALLER_TEXT, json!("contact@domaine.fr nom_de_societe"))
}

fn id(example: &str) -> Parameter {
    let id = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).build();
    path("id", id, ID_TEXT, example)
}

/// Optional parameters that exclude others have no example: tools send all examples together.
pub(super) fn query(
    name: &str,
    schema: impl Into<RefOr<Schema>>,
    description: &str,
    example: Value,
) -> Parameter {
    parameter(name, schema.into(), description)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .example(Some(example).filter(|example| !example.is_null()))
        .build()
}

pub(super) fn path(name: &str, schema: Object, description: &str, example: &str) -> Parameter {
    parameter(name, schema.into(), description)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .example(Some(json!(example)))
        .build()
}

fn parameter(name: &str, schema: RefOr<Schema>, description: &str) -> ParameterBuilder {
    ParameterBuilder::new().name(name).description(Some(description)).schema(Some(schema))
}

pub(super) fn text(pattern: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).build()
}

fn url() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::Custom("uri".to_owned())))
        .examples([Opco::Akto.url()])
        .build()
}

fn sources(one: &str, all: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(format!("^{one}(,{one})*$")))
        .default(Some(json!(all)))
        .build()
}

fn number(least: f64, most: f64) -> Object {
    ObjectBuilder::new().schema_type(Type::Number).minimum(Some(least)).maximum(Some(most)).build()
}

fn radius() -> Schema {
    let anywhere = ObjectBuilder::new().schema_type(Type::Number).enum_values(Some([20_000]));
    OneOfBuilder::new().item(number(0.0, 200.0)).item(anywhere).build().into()
}

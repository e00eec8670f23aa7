//! The answers of each route. Items are shown as the golden files of this crate have them.

use serde_json::{Value, json};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::{IntoResponses, ToSchema};

use super::answers::{self, Answers, Example, NOT_A_NUMBER, Responses, Shown, UNREADABLE};
use super::deposit;
use crate::detail_answer::{CompanyAnswer, Counted, MatchaAnswer, PartnerOfferAnswer};
use crate::detail_query;
use crate::errors::shapes::{ZApiError, ZResError};
use crate::errors::{ApiError, BareNotFound, NotFound};
use crate::export_answer::ExportAnswer;
use crate::request::Request;
use crate::search_answer::{JobsAndTrainingsAnswer, JobsAnswer};
use crate::search_query::{Route, SearchQuery};
use crate::service_answer::{HealthAnswer, VersionAnswer};

/// `GET /v1/jobs`.
#[derive(Debug)]
pub struct JobsResponses;

impl IntoResponses for JobsResponses {
    fn responses() -> Responses {
        let found = answers::error::<JobsAnswer<'_>>(
            "Ce que chaque source a trouvé, du plus proche au plus loin (du plus récent au plus ancien sans lieu). Une \
             source en panne porte son erreur et le statut reste 200 ; une source non demandée est `null`.",
            vec![
                ("everySource", "Les trois sources", all_sources()),
                ("oneSourceFailed", "Une source ne répond pas", one_failed()),
            ],
        );
        searched(answers::or_linked_data(found, "ItemList", postings()))
    }
}

/// `GET /v1/jobsEtFormations`.
#[derive(Debug)]
pub struct JobsAndTrainingsResponses;

impl IntoResponses for JobsAndTrainingsResponses {
    fn responses() -> Responses {
        let body = json!({"formations": {"results": [training()]}, "jobs": all_sources()});
        let found = answers::error::<JobsAndTrainingsAnswer<'_>>(
            "Ce que chaque source a trouvé. `formations` ou `jobs` est `null` si rien n'en était demandé.",
            vec![("everySource", "Toutes les sources", body)],
        );
        searched(answers::or_linked_data(found, "ItemList", postings()))
    }
}

/// The answers of a search: 200 tells its cost, 400 is of two families.
pub(super) fn searched(found: ResponseBuilder) -> Responses {
    let cost = HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some(COST)).build()))
        .description(Some(
            "Coût de la recherche, dans tous les environnements sauf la production : appels à la base, lignes lues, \
             allers-retours, unités de lecture.",
        ))
        .example(Some(json!("calls=24; rows=310; rounds=1; rru=18.5")))
        .build();
    let refused = answers::two_families(
        "Paramètres refusés. Une valeur qui n'est pas de son type donne une erreur de type (`ZResError`) ; sinon toutes \
         les règles enfreintes sont données à la fois (`ZLbacError`).",
        vec![WRONG_PARAMETERS.example(), NOT_A_NUMBER.example(), UNREADABLE.example()],
    );
    Answers::keyed().kept(found.header("x-search-cost", cost)).with("400", refused).build()
}

/// `GET /v1/jobs/company/{siret}`.
#[derive(Debug)]
pub struct CompanyResponses;

impl IntoResponses for CompanyResponses {
    fn responses() -> Responses {
        let body = json!({ "lbaCompanies": [company()] });
        let refused = vec![WRONG_SIRET.example(), WRONG_LUHN.example(), UNREADABLE.example()];
        Answers::keyed()
            .found::<CompanyAnswer<'_>>("La société.", vec![("found", "Une société", body)])
            .with("400", answers::error::<ZResError>("SIRET refusé.", refused))
            .with("404", not_found::<ZApiError>("Aucune société n'a ce SIRET.", NotFound::Company))
            .build()
    }
}

/// `GET /v1/jobs/matcha/{id}`.
#[derive(Debug)]
pub struct MatchaResponses;

impl IntoResponses for MatchaResponses {
    fn responses() -> Responses {
        let body = json!({ "matchas": [matcha()] });
        let text = "L'offre. Une offre pourvue, annulée ou expirée est donnée aussi : `job.status` le dit.";
        Answers::keyed()
            .kept(answers::or_linked_data(
                answers::error::<MatchaAnswer<'_>>(text, vec![("found", "Une offre", body)]),
                "JobPosting",
                ("posting", "Une offre", golden(include_str!("../../tests/postings/matcha_full.json"))),
            ))
            .unreadable()
            .with("404", not_found::<BareNotFound>(NO_OFFER, NotFound::MatchaOffer))
            .build()
    }
}

/// `GET /v1/jobs/job/{id}`.
#[derive(Debug)]
pub struct PartnerOfferResponses;

impl IntoResponses for PartnerOfferResponses {
    fn responses() -> Responses {
        let body = json!({ "peJobs": [partner_offer()] });
        Answers::keyed()
            .kept(answers::or_linked_data(
                answers::error::<PartnerOfferAnswer<'_>>("L'offre.", vec![("found", "Une offre", body)]),
                "JobPosting",
                (
                    "posting",
                    "Une offre",
                    golden(include_str!("../../tests/postings/partner_offer_full.json")),
                ),
            ))
            .unreadable()
            .with("404", not_found::<ZApiError>(NO_OFFER, NotFound::PartnerOffer))
            .build()
    }
}

/// `POST /v1/jobs/matcha/{id}/stats/view-details`.
#[derive(Debug)]
pub struct CountedResponses;

impl IntoResponses for CountedResponses {
    fn responses() -> Responses {
        Answers::keyed()
            .with(
                "200",
                answers::error::<Counted>(
                    "La consultation est comptée.",
                    vec![("counted", "Comptée", json!({}))],
                )
                .header("idempotency-replayed", deposit::replayed()),
            )
            .with(
                "400",
                answers::error::<ZResError>(
                    "Requête illisible.",
                    vec![deposit::BAD_KEY.example(), UNREADABLE.example()],
                ),
            )
            .with(
                "409",
                deposit::later::<ZResError>(
                    "La même consultation est en train d'être comptée.",
                    &deposit::RUNNING,
                ),
            )
            .with("404", not_found::<BareNotFound>(NO_OFFER, NotFound::MatchaOffer))
            .build()
    }
}

/// `GET /v1/jobs/export`.
#[derive(Debug)]
pub struct ExportResponses;

impl IntoResponses for ExportResponses {
    fn responses() -> Responses {
        Answers::keyed()
            .found::<ExportAnswer<'_>>(
                "Le lien vers le dernier export.",
                vec![("found", "L'export de la nuit", export())],
            )
            .unreadable()
            .with("404", not_found::<ZApiError>("Aucun export n'a encore été produit.", NotFound::Export))
            .build()
    }
}

/// `GET /healthcheck`.
#[derive(Debug)]
pub struct HealthResponses;

impl IntoResponses for HealthResponses {
    fn responses() -> Responses {
        let body = |well| serde_json::to_value(HealthAnswer::new("production", well)).unwrap_or(Value::Null);
        let down = vec![("down", "La base ne répond pas", body(false))];
        Answers::new()
            .found::<HealthAnswer<'_>>("Tout répond.", vec![("up", "En service", body(true))])
            .unreadable()
            .with("500", answers::error::<HealthAnswer<'_>>("La base ne répond pas.", down))
            .build()
    }
}

/// `GET /version`.
#[derive(Debug)]
pub struct VersionResponses;

impl IntoResponses for VersionResponses {
    fn responses() -> Responses {
        let body = serde_json::to_value(VersionAnswer { version: "3f2c1ab" }).unwrap_or(Value::Null);
        Answers::new()
            .found::<VersionAnswer<'_>>("La version en service.", vec![("version", "Un commit", body)])
            .unreadable()
            .build()
    }
}

const NO_OFFER: &str = "Aucune offre n'a cet identifiant.";
const COST: &str = r"^calls=[0-9]+; rows=[0-9]+; rounds=[0-6]; rru=[0-9]+(\.[0-9]+)?$";

/// The messages are those that the parser itself gives.
const WRONG_PARAMETERS: Shown =
    Shown::new("wrongParameters", "Règles enfreintes : toutes à la fois", || {
        let query =
            vec![("latitude".to_owned(), "48.8566".to_owned()), ("romes".to_owned(), "D11".to_owned())];
        let request = Request { query, ..Request::default() };
        SearchQuery::parse(&request, Route::Jobs, jiff::Timestamp::UNIX_EPOCH)
            .err()
            .unwrap_or(ApiError::WrongParameters(Vec::new()))
    });
pub(super) const WRONG_SIRET: Shown =
    Shown::new("wrongSiret", "Ce n'est pas un SIRET", || siret_error("123"));
pub(super) const WRONG_LUHN: Shown =
    Shown::new("wrongLuhn", "La clé est fausse", || siret_error("01928074200017"));

fn siret_error(text: &str) -> ApiError {
    let path_parameters = [("siret".to_owned(), text.to_owned())].into();
    let request = Request { path_parameters, ..Request::default() };
    detail_query::siret(&request).err().unwrap_or(ApiError::WrongParameters(Vec::new()))
}

pub(super) fn not_found<T: ToSchema>(text: &str, not_found: NotFound) -> ResponseBuilder {
    let body = serde_json::from_str(&not_found.response().body.text()).unwrap_or(Value::Null);
    answers::error::<T>(text, vec![("notFound", "Introuvable", body)])
}

fn all_sources() -> Value {
    json!({
        "peJobs": {"results": [partner_offer()]}, "matchas": {"results": [matcha()]},
        "lbaCompanies": {"results": [company()]}, "lbbCompanies": null,
    })
}

fn one_failed() -> Value {
    json!({
        "peJobs": ZApiError::source_unavailable(), "matchas": {"results": [matcha()]},
        "lbaCompanies": null, "lbbCompanies": null,
    })
}

fn postings() -> Example {
    ("postings", "Les offres", golden(include_str!("../../tests/postings/list.json")))
}

fn export() -> Value {
    json!({
        "url": "https://exemple.invalid/exports/jobs-2026-09-01T011000Z.jsonl.gz?X-Amz-Expires=900&X-Amz-Signature=0f1e2d",
        "expires_at": "2026-09-01T08:15:00.000Z", "generated_at": "2026-09-01T01:10:00.000Z",
        "updated_until": "2026-09-01T01:09:00.000Z", "format": "jsonl.gz", "bytes": 152_043_118,
        "sha256": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
        "items": {"offres": 348_211, "matcha": 9_870, "lba": 391_406},
    })
}

fn golden(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

fn company() -> Value {
    golden(include_str!("../../tests/golden/company_full.json"))
}

pub(super) fn training() -> Value {
    golden(include_str!("../../tests/golden/formation_full.json"))
}

fn matcha() -> Value {
    golden(include_str!("../../tests/golden/matcha_full.json"))
}

fn partner_offer() -> Value {
    golden(include_str!("../../tests/golden/partner_offer_full.json"))
}

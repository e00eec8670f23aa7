//! The answer of `GET /v1/jobs/{id}/publication`: whether an offer is shown, and why not (contract 2.3).

use domain::recruiter::JobStatus;
use jiff::Timestamp;
use serde::Serialize;
use usecases::deposit::{Obstacle, Publication, Publishing};

use crate::response::Response;

/// What became of an offer.
#[derive(Debug, Serialize)]
pub struct PublicationAnswer<'a> {
    publishing: Told,
    id: &'a str,
    establishment_id: &'a str,
    job_status: JobStatus,
    #[serde(serialize_with = "domain::date::option::serialize")]
    job_creation_date: Option<Timestamp>,
    #[serde(serialize_with = "domain::date::option::serialize")]
    job_update_date: Option<Timestamp>,
    #[serde(serialize_with = "domain::date::option::serialize")]
    published_until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Told {
    status: &'static str,
    error: Option<Reason>,
}

/// Why an offer is not shown, or not to everybody.
#[derive(Debug, Clone, Copy, Serialize)]
struct Reason {
    code: &'static str,
    label: &'static str,
}

/// The words for whether an offer is shown.
pub const STATES: [&str; 3] = ["PUBLISHED", "WILL_BE_PUBLISHED", "WILL_NOT_BE_PUBLISHED"];
/// The codes of what may be in the way.
pub const CODES: [&str; 3] =
    [reason(Obstacle::Expired).code, reason(Obstacle::ClosedCompany).code, reason(Obstacle::NoPlace).code];

const fn status(publishing: Publishing) -> &'static str {
    let [published, will_be, will_not_be] = STATES;
    match publishing {
        Publishing::Published => published,
        Publishing::WillBe => will_be,
        Publishing::WillNotBe => will_not_be,
    }
}

const fn reason(obstacle: Obstacle) -> Reason {
    let (code, label) = match obstacle {
        Obstacle::Expired => {
            ("EXPIRED", "L'offre a expiré : elle n'a pas été prolongée à temps. Déposez-la de nouveau.")
        }
        Obstacle::ClosedCompany => ("CLOSED_COMPANY", "Le compte de l'établissement est archivé."),
        Obstacle::NoPlace => (
            "GEOLOCATION_NOT_FOUND",
            "Le lieu de l'offre n'est pas connu : seules les recherches sans lieu la trouvent. Donnez custom_address et \
             custom_geo_coordinates.",
        ),
    };
    Reason { code, label }
}

impl<'a> From<&'a Publication> for PublicationAnswer<'a> {
    fn from(publication: &'a Publication) -> Self {
        Self {
            publishing: Told {
                status: status(publication.publishing),
                error: publication.obstacle.map(reason),
            },
            id: &publication.offer_id,
            establishment_id: &publication.establishment_id,
            job_status: publication.status,
            job_creation_date: publication.created_at,
            job_update_date: publication.updated_at,
            published_until: publication.ends_at,
        }
    }
}

/// The answer, with the entity tag of the offer, which changes of it may name. Where time or the account stands in the
/// way, the answer changes while the offer does not: then it is not to be kept, so that no tag ever stands for two answers.
pub fn response(publication: &Publication) -> Response {
    let response = Response::json(200, &PublicationAnswer::from(publication))
        .with_header("etag", &format!("\"{}\"", publication.etag));
    match publication.obstacle {
        Some(Obstacle::Expired | Obstacle::ClosedCompany) => {
            response.with_header("cache-control", "no-store")
        }
        Some(Obstacle::NoPlace) | None => response,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn told(publishing: Publishing, obstacle: Option<Obstacle>) -> Response {
        let publication = Publication {
            offer_id: "89abcdef0123456789abcdef".to_owned(),
            establishment_id: "00000000-0000-4000-8000-000000000001".to_owned(),
            publishing,
            obstacle,
            status: JobStatus::Active,
            created_at: "2027-05-03T08:00:00Z".parse().ok(),
            updated_at: None,
            ends_at: "2027-07-03T08:00:00Z".parse().ok(),
            etag: "0a".to_owned(),
        };
        response(&publication)
    }

    #[test]
    fn an_offer_that_is_shown_has_no_error() {
        let response = told(Publishing::Published, None);
        let wanted = json!({
            "publishing": {"status": "PUBLISHED", "error": null}, "id": "89abcdef0123456789abcdef",
            "establishment_id": "00000000-0000-4000-8000-000000000001", "job_status": "Active",
            "job_creation_date": "2027-05-03T08:00:00.000Z", "job_update_date": null,
            "published_until": "2027-07-03T08:00:00.000Z",
        });
        assert_eq!(serde_json::from_str::<Value>(&response.body.text()).unwrap(), wanted);
        assert_eq!(response.header("etag"), Some("\"0a\""));
        assert_eq!(response.revalidated("GET", "\"0a\"").status, 304);
    }

    #[test]
    fn what_time_or_the_account_changes_is_told_though_the_offer_is_the_same() {
        for (obstacle, code) in [(Obstacle::Expired, "EXPIRED"), (Obstacle::ClosedCompany, "CLOSED_COMPANY")]
        {
            let response = told(Publishing::WillNotBe, Some(obstacle)).revalidated("GET", "\"0a\"");
            assert_eq!((response.status, response.header("etag")), (200, Some("\"0a\"")));
            assert!(response.body.text().contains(code), "{}", response.body.text());
        }
    }
}

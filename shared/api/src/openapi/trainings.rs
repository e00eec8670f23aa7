//! The answers of the routes of trainings.

use serde_json::json;
use utoipa::IntoResponses;

use super::answers::{self, Answers, Responses, Shown};
use super::responses::{searched, training};
use crate::errors::ApiError;
use crate::errors::shapes::ZApiError;
use crate::search_answer::TrainingsAnswer;

/// `GET /v1/formations` and `GET /v1/formationsParRegion`.
#[derive(Debug)]
pub struct TrainingsResponses;

impl IntoResponses for TrainingsResponses {
    fn responses() -> Responses {
        let body = json!({"results": [training()]});
        let mut responses = searched(answers::error::<TrainingsAnswer<'_>>(
            "Les formations, de la plus proche à la plus lointaine ; par intitulé sans lieu.",
            vec![("found", "Une formation", body)],
        ));
        responses.extend(
            Answers::none()
                .with("422", answers::error::<ZApiError>(TOO_BROAD_TEXT, vec![TOO_BROAD.example()]))
                .build(),
        );
        responses
    }
}

/// `GET /v1/formations/formation/{id}`.
#[derive(Debug)]
pub struct TrainingResponses;

impl IntoResponses for TrainingResponses {
    fn responses() -> Responses {
        let body = json!({"results": [training()]});
        let none = json!({"results": []});
        Answers::keyed()
            .found::<TrainingsAnswer<'_>>(
                "La formation, seule dans sa liste ; une liste vide si aucune n'a cette clé.",
                vec![("found", "Une formation", body), ("none", "Aucune", none)],
            )
            .unreadable()
            .build()
    }
}

const TOO_BROAD: Shown = Shown::new("tooBroad", "Recherche trop large", || ApiError::TooBroad);
const TOO_BROAD_TEXT: &str = "Recherche trop large : réduisez le rayon ou le nombre de métiers.";

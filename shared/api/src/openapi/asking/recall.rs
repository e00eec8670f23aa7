//! What who asked, and the centre, see of a request.

use serde_json::{Value, json};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::{IntoParams, IntoResponses};

use super::{FORGOTTEN, GONE, ID, WRONG_TOKEN, any_object, both, said, token};
use crate::errors::ApiError;
use crate::errors::shapes::{ZApiError, ZResError};
use crate::openapi::answers::{self, Answers, Example, Responses, Shown, UNREADABLE};
use crate::openapi::fields::{Field, closed};
use crate::openapi::parameters::query;

/// Those of both recaps.
#[derive(Debug)]
pub struct RecallParameters;

impl IntoParams for RecallParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = || ObjectBuilder::new().schema_type(Type::String).build();
        let mut id = query("appointmentId", text(), "Identifiant de la demande.", json!(ID));
        id.required = Required::True;
        vec![id, token()]
    }
}

/// Both recaps.
#[derive(Debug)]
pub struct RecallResponses;

impl IntoResponses for RecallResponses {
    fn responses() -> Responses {
        let recap = closed("", &["user", "etablissement"], &RECAP).build().into();
        let user = both(user(), json!({"type": "etudiant"}));
        let centre = json!({
            "training_intitule_long": "BOULANGER (CAP)", "etablissement_formateur_raison_sociale": "CFA INVENTÉ",
            "lieu_formation_street": "1 rue Imaginaire", "lieu_formation_zip_code": "67000",
            "lieu_formation_email": "rdv@cfa-invente.invalid", "lieu_formation_city": "Strasbourg",
        });
        let long = json!({"appointment": said(), "user": user, "etablissement": centre});
        let short = json!({
            "user": self::user(),
            "etablissement": {
                "etablissement_formateur_raison_sociale": "CFA INVENTÉ", "lieu_formation_email": "rdv@cfa-invente.invalid",
            },
        });
        let examples: Vec<Example> = vec![("recap", "Au centre", long), ("shortRecap", "Au candidat", short)];
        Answers::new()
            .kept(answers::list("La demande.", recap, examples))
            .with(
                "400",
                answers::error::<ZResError>(
                    "Identifiant absent ou mal écrit.",
                    vec![WRONG_ID.example(), UNREADABLE.example()],
                ),
            )
            .with("403", answers::error::<ZResError>("Jeton refusé.", vec![WRONG_TOKEN.example()]))
            .with("404", answers::error::<ZApiError>(FORGOTTEN, vec![GONE.example()]))
            .build()
    }
}

fn user() -> Value {
    json!({
        "firstname": "Aucune", "lastname": "PERSONNE", "phone": "+33199000000",
        "email": "aucune.personne@exemple.invalid",
    })
}

const RECAP: [Field; 3] = [
    ("appointment", any_object, "La demande et sa réponse. Pour le centre seul."),
    ("user", any_object, "Qui demande."),
    ("etablissement", any_object, "Le centre de formation."),
];

const WRONG_ID: Shown = Shown::new("wrongId", "`appointmentId` n'est pas un identifiant", || {
    let request = crate::request::Request::default();
    crate::appointment_request::appointment_id(&request)
        .err()
        .unwrap_or(ApiError::WrongParameters(Vec::new()))
});

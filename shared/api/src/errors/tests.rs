use serde_json::{Value, json};

use super::*;

fn body(error: &ApiError) -> Value {
    let response = error.response("req-1");
    assert_eq!(response.status, error.status());
    serde_json::from_str(&response.body.text()).unwrap()
}

#[test]
fn wrong_parameters_carry_every_message() {
    let error = ApiError::WrongParameters(vec!["a : b".to_owned(), "c : d".to_owned()]);
    assert_eq!(body(&error), json!({"error": "wrong_parameters", "error_messages": ["a : b", "c : d"]}));
    assert_eq!(error.status(), 400);
}

#[test]
fn a_value_that_is_no_number_answers_in_the_form_of_the_original() {
    let error = ApiError::Schema(Schema {
        context: Context::Querystring,
        issues: vec![Issue::not_a_number("latitude"), Issue::not_a_number("longitude")],
    });
    let issue = |name: &str| {
        json!({"code": "invalid_type", "expected": "number", "received": "nan", "path": [name],
               "message": "Number attendu"})
    };
    assert_eq!(
        body(&error),
        json!({
            "statusCode": 400,
            "error": "Bad Request",
            "message": "querystring.latitude: Number attendu, querystring.longitude: Number attendu",
            "data": {"validationError": {
                "issues": [issue("latitude"), issue("longitude")],
                "name": "ZodError",
                "statusCode": 400,
                "code": "FST_ERR_VALIDATION",
                "validationContext": "querystring",
            }},
        })
    );
}

#[test]
fn each_route_has_its_own_not_found() {
    assert_eq!(
        body(&NotFound::Company.into()),
        json!({"error": "not_found", "status": 404, "result": "not_found", "message": "Société non trouvée"})
    );
    assert_eq!(
        body(&NotFound::Rome.into()),
        json!({"error": "not_found", "status": 404, "result": "not_found", "message": "Métier non trouvé"})
    );
    assert_eq!(body(&NotFound::MatchaOffer.into()), json!({"error": "not_found"}));
    assert_eq!(
        body(&NotFound::PartnerOffer.into()),
        json!({"error": "not_found", "result": "not_found", "message": "Offre non trouvée"})
    );
    let message =
        "Aucun export n'est encore disponible : le premier est produit dans la nuit, réessayez demain.";
    assert_eq!(
        body(&NotFound::Export.into()),
        json!({"error": "not_found", "status": 404, "result": "not_found", "message": message})
    );
}

#[test]
fn our_own_failure_shows_the_request_and_none_of_its_details() {
    let error = ApiError::internal("table records-production is gone");
    assert_eq!(
        body(&error),
        json!({"statusCode": 500, "error": "Internal Server Error", "message": "Une erreur est survenue",
               "data": {"request_id": "req-1"}})
    );
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "table records-production is gone");
}

#[test]
fn refusals_of_the_frame_name_their_status_and_say_what_to_do() {
    let cases: [(ApiError, u16, &str, &str); 9] = [
        (BadRequest::Unreadable.into(), 400, "Bad Request", "UTF-8"),
        (BadRequest::Nul.into(), 400, "Bad Request", "%00"),
        (BadRequest::MalformedEscape.into(), 400, "Bad Request", "hexadécimaux"),
        (BadRequest::TooManyParameters.into(), 400, "Bad Request", "200"),
        (BadRequest::MalformedBody.into(), 400, "Bad Request", "base64"),
        (BadRequest::TooLarge.into(), 413, "Payload Too Large", "6 Mo"),
        (ApiError::UnknownKey, 403, "Forbidden", "x-api-key"),
        (ApiError::Suspended, 403, "Forbidden", "suspendu"),
        (ApiError::TooMany { retry_after_seconds: 3 }, 429, "Too Many Requests", "3 s"),
    ];
    for (error, status, name, hint) in cases {
        let body = body(&error);
        assert_eq!(body["statusCode"], status);
        assert_eq!(body["error"], name);
        assert!(body["message"].as_str().unwrap().contains(hint), "{body}");
    }
}

#[test]
fn too_many_calls_say_when_to_come_back() {
    let response = ApiError::TooMany { retry_after_seconds: 3 }.response("req-1");
    assert_eq!(response.header("retry-after"), Some("3"));
}

//! `POST /application/intention/{id}` and `/application/intentionComment/{id}`: a recruiter answers an application, by
//! the token of its mail.

use api::answer_request::{comment, intention, token};
use api::errors::ApiError;
use api::openapi::{AnswerBody, AnswerParameters, AnswerResponses};
use api::request::Request;
use api::response::Response;
use domain::application::ApplicationId;
use domain::link::LinkAction;
use runtime::applications::Stored;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use serde_json::json;
use usecases::links::{LinkState, Links};
use usecases::ports::{Clock, FindLink};

/// What every request shares.
pub struct Context {
    /// Finds links.
    pub find: Box<dyn FindLink>,
    /// Applications.
    pub applications: Stored,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

/// Reads `RECORDS_TABLE`, `LEDGER_TABLE` and `PERSON_SECRET_ARN`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    let clients = Clients::load().await;
    Ok(Context {
        find: Box::new(store::Links::new(clients.dynamodb(), environment.tables())),
        applications: Stored::load(&clients, environment).await?,
        clock: Box::new(SystemClock),
    })
}

/// Notes what is intended, or answers with a few words: the applicant gets its mail then.
#[utoipa::path(
    post,
    path = "/application/intentionComment/{id}",
    operation_id = "answerApplication",
    tag = "Candidature",
    summary = "Répondre à une candidature",
    description = "Pour le recruteur, par le jeton d'un lien de son mail. `/application/intention/{id}` note son intention ; \
                   `/application/intentionComment/{id}` l'envoie au candidat, avec un message et de quoi le joindre : une seule \
                   fois, mais une réponse `ne_sais_pas` peut être suivie d'une autre. Sans clé. \
                   Limite : 10 appels / 1 seconde.",
    params(AnswerParameters),
    request_body = AnswerBody,
    responses(AnswerResponses),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let id = own(context, &request).await?;
    let answer = context.applications.answer(&*context.clock);
    if request.route.starts_with("/application/intentionComment") {
        answer.run(&id, &comment(&request)?).await.map_err(ApiError::of_answer)?;
        return Ok(Response::json(200, &json!({"result": "ok", "message": "comment registered"})));
    }
    answer.intend(&id, intention(&request)?).await.map_err(ApiError::of_answer)?;
    Ok(Response::json(200, &json!({"result": "ok"})))
}

/// The application that the token is about, which must be the one of the path.
async fn own(context: &Context, request: &Request) -> Result<ApplicationId, ApiError> {
    let token = token(request).ok_or(ApiError::WrongToken)?;
    let links = Links { find: &*context.find, clock: &*context.clock };
    match links.open(&token).await.map_err(ApiError::unavailable)? {
        LinkState::Open(LinkAction::AnswerApplication { application_id, .. })
            if application_id.as_str() == request.path_value("id") =>
        {
            Ok(application_id)
        }
        _ => Err(ApiError::WrongToken),
    }
}

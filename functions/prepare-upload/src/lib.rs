//! `POST /v2/application/upload`: how to put a CV where an application finds it.

use api::application_request::upload;
use api::applications_answer::UploadAnswer;
use api::errors::ApiError;
use api::openapi::{UploadBody, UploadResponses};
use api::request::Request;
use api::response::{Facts, Response};
use domain::partner::Right;
use runtime::applications::Uploading;
use runtime::environment::Environment;

/// What every request shares.
pub type Context = Uploading;

/// Reads `RECORDS_TABLE` and `CV_BUCKET`.
pub async fn build(environment: Environment) -> Result<Context, runtime::Error> {
    Uploading::load(environment).await
}

/// Answers with the form. Nothing is written: whoever asks twice has two.
#[utoipa::path(
    post,
    path = "/v2/application/upload",
    operation_id = "prepareUpload",
    tag = "Candidature",
    summary = "Préparer l'envoi d'un CV",
    description = "Pour envoyer le CV tel quel plutôt qu'en base64. La réponse est un formulaire `multipart/form-data`, à envoyer \
                   par `POST` à `url` dans les 15 minutes, depuis votre serveur ou le navigateur du candidat : tous les `fields`, \
                   puis le fichier, en dernier, sous le nom `file`. Le stockage répond 204, et refuse un fichier d'une autre taille. \
                   Puis `POST /v2/application` avec `id` comme `applicant_attachment_id`, dans la journée. Le fichier \
                   est effacé dès que la candidature est prise, et au plus tard le surlendemain. \
                   Limite : 5 appels / 5 secondes.",
    request_body = UploadBody,
    responses(UploadResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.callers.partner(&request, Right::SubmitApplications).await?;
    let (kind, size) = upload(&request)?;
    let prepared =
        context.prepare().run(&partner.partner, kind, size).await.map_err(ApiError::unavailable)?;
    Ok(Response::json(201, &UploadAnswer::from(&prepared)).with_facts(Facts::of(&partner, None)))
}

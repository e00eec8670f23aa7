//! `GET /v1/jobs/export`: a link to the nightly file of the whole stock.

use api::detail_query;
use api::errors::{ApiError, NotFound};
use api::export_answer::ExportAnswer;
use api::openapi::{CallerParameter, ExportResponses};
use api::request::Request;
use api::response::{Facts, Response};
use runtime::callers::known;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use store::DataBucket;
use usecases::export::FindExport;
use usecases::partners::Partners;
use usecases::ports::{Clock, GetExportManifest, SignExport};

/// What every request shares.
pub struct Context {
    /// Knows who calls.
    pub partners: Partners,
    /// Says which export is the last one.
    pub manifests: Box<dyn GetExportManifest>,
    /// Signs the link to it.
    pub sign: Box<dyn SignExport>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
}

impl Context {
    /// Reads `RECORDS_TABLE` and `DATA_BUCKET`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let bucket = DataBucket::new(clients.s3(), environment.get("DATA_BUCKET")?);
        Ok(Self {
            partners: known(clients.dynamodb(), &environment.tables()).await,
            manifests: Box::new(bucket.clone()),
            sign: Box::new(bucket),
            clock: Box::new(SystemClock),
        })
    }
}

/// Answers with the link, and with what to ask once the file is read.
#[utoipa::path(
    get,
    path = "/v1/jobs/export",
    operation_id = "getJobsExport",
    tag = "Emploi",
    summary = "Exporter toutes les offres et sociétés",
    description = "Un lien, valable 15 minutes, vers le fichier de tout le stock : offres de France Travail, offres déposées et \
                   sociétés, une par ligne en JSON, dans la forme de `GET /v1/jobs` (`place.distance` est `null`, aucun \
                   téléphone n'est donné, `company.siret` des offres de France Travail est `null`). Le fichier est refait chaque \
                   nuit. Pour tenir une copie à jour : lire le fichier, puis demander `GET /v1/jobs` avec `updated_since` égal à \
                   `updated_until`. Limite : 5 appels / 1 seconde.",
    params(CallerParameter),
    responses(ExportResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let find = FindExport { manifests: &*context.manifests, sign: &*context.sign, clock: &*context.clock };
    let export = find.run().await?.ok_or(NotFound::Export)?;
    let response = Response::json(200, &ExportAnswer::from(&export));
    Ok(response.with_facts(Facts::of(&partner, detail_query::caller(&request).as_ref())))
}

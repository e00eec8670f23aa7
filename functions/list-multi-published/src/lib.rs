//! `GET /v1/jobs/multi-published`: deposited offers as other job boards take them over, and what changed of them.

use api::errors::ApiError;
use api::openapi::{PublishedParameters, PublishedResponses};
use api::published_answer::PublishedAnswer;
use api::published_query::PublishedQuery;
use api::request::Request;
use api::response::{Facts, Response};
use runtime::callers::known;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use runtime::searching::{GetCursorKey, SecretCursorKey};
use search::port::Postings;
use usecases::changes::ReadChanges;
use usecases::partners::Partners;
use usecases::ports::{Clock, FindItem};
use usecases::publish::follow::{ChangedLines, FollowLines};

/// What every request shares.
pub struct Context {
    /// Knows who calls.
    pub partners: Partners,
    /// The stock.
    pub postings: Box<dyn Postings>,
    /// Tells whether an offer that expired was extended since.
    pub items: Box<dyn FindItem>,
    /// Signs cursors.
    pub cursors: Box<dyn GetCursorKey>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Address of the site that the lines lead to, without a slash at its end.
    pub public_url: String,
}

impl Context {
    /// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `CURSOR_SECRET_ARN`, `STORE_REPORTS_CAPACITY` and `PUBLIC_URL`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        let reports_capacity = environment.flag("STORE_REPORTS_CAPACITY")?;
        Ok(Self {
            partners: known(client.clone(), &tables).await,
            postings: Box::new(store::DynamoPostings::new(client.clone(), &tables, reports_capacity)),
            items: Box::new(store::Items::new(client, &tables)),
            cursors: Box::new(SecretCursorKey::new(&clients, environment.get("CURSOR_SECRET_ARN")?)),
            clock: Box::new(SystemClock),
            public_url: environment.get("PUBLIC_URL")?.trim_end_matches('/').to_owned(),
        })
    }
}

/// Answers with a page of what changed.
#[utoipa::path(
    get,
    path = "/v1/jobs/multi-published",
    operation_id = "listMultiPublished",
    tag = "Emploi",
    summary = "Suivre les offres à rediffuser",
    description = "Les offres déposées sur La bonne alternance, pour les sites qui les rediffusent : une ligne par contrat proposé, \
                   de référence `E2-{id}` (apprentissage) ou `FS-{id}` (professionnalisation). Sans adresse mail, téléphone ni nom \
                   de personne : on postule sur la page de l'offre. Une copie vide lit tout sans `updated_since`, puis demande ce \
                   qui a changé ; pour chaque page, retirer `withdrawn`, puis remplacer par `offers`. Les mêmes lignes sont dans \
                   un fichier produit chaque jour à 5 h 30 (Paris) pour France Travail, sauf les offres qui n'ont pas changé depuis \
                   30 jours : CSV en UTF-8, `;` entre les colonnes, fins de ligne CRLF, une ligne de titres, triées par référence ; \
                   les textes gardent leurs sauts de ligne entre guillemets, les caractères de contrôle en sont ôtés, et une \
                   cellule de texte qui commence par `=`, `+`, `-` ou `@` est précédée d'une apostrophe (ici, non). \
                   Limite : 5 appels / 1 seconde.",
    params(PublishedParameters),
    responses(PublishedResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let query = PublishedQuery::parse(&request, context.clock.now())?;
    let key = context.cursors.get_cursor_key().await?;
    let asked = query.from(&key, &partner, context.clock.seconds())?;
    let as_of = asked.as_of;
    let read = ReadChanges { postings: &*context.postings, items: &*context.items, clock: &*context.clock };
    let follow = FollowLines { changes: read, site: &context.public_url };
    let changed = follow.run(asked).await.map_err(ApiError::internal)?;
    let next = query.next(&key, &partner, as_of, &changed.next);
    let facts = Facts {
        results: Some(results(&changed)),
        search_cost: Some(changed.cost),
        ..Facts::of(&partner, query.caller.as_ref())
    };
    Ok(Response::json(200, &PublishedAnswer::new(&changed, next)).with_facts(facts))
}

/// For the log.
fn results(changed: &ChangedLines) -> String {
    format!("lines={} withdrawn={}", changed.lines.len(), changed.withdrawn.len())
}

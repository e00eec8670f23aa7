//! `POST /v1/jobs/{establishmentId}`: deposits an offer.

use api::deposit_request::{self, raw};
use api::errors::ApiError;
use api::openapi::{EstablishmentIdParameter, IdempotencyKeyHeader, OfferBody, OfferResponses};
use api::request::Request;
use api::response::{Facts, Response};
use domain::link::LinkKey;
use domain::partner::Right;
use domain::seal::ContactCipher;
use runtime::clients::Clients;
use runtime::delivering::{Depositing, link_key};
use runtime::environment::Environment;
use runtime::feeds::contact_cipher;
use usecases::deposit::DepositOffer;
use usecases::once::Asked;
use usecases::ports::{AddOffer, FindOwnRecruiter};

/// What every request shares.
pub struct Context {
    /// Who calls, and what makes a write happen once.
    pub depositing: Depositing,
    /// Finds recruiters.
    pub find: Box<dyn FindOwnRecruiter>,
    /// Writes offers.
    pub add: Box<dyn AddOffer>,
    /// Seals recruiters' addresses.
    pub cipher: ContactCipher,
    /// Makes the links of mails.
    pub links: LinkKey,
}

impl Context {
    /// Reads `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`, `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let clients = Clients::load().await;
        // Both secrets at once, and beside the connection to the store.
        let (depositing, cipher, links) = tokio::join!(
            Depositing::load(clients.dynamodb(), environment),
            contact_cipher(&clients, environment),
            link_key(&clients, environment),
        );
        let recruiters = store::Recruiters::new(clients.dynamodb(), environment.tables());
        Ok(Self {
            depositing,
            find: Box::new(recruiters.clone()),
            add: Box::new(recruiters),
            cipher: cipher?,
            links: links?,
        })
    }
}

/// Deposits it, or answers what was answered to the same request before.
#[utoipa::path(
    post,
    path = "/v1/jobs/{establishmentId}",
    operation_id = "depositOffer",
    tag = "Dépôt",
    summary = "Déposer une offre",
    description = "Ajoute une offre à l'établissement. Une recherche la trouve dès que cette requête a sa réponse. Le \
                   recruteur reçoit un mail : à sa première offre pour confirmer son adresse, ensuite pour dire que l'offre \
                   est publiée. La même requête envoyée deux fois n'a qu'un effet : voir `Idempotency-Key`. \
                   Limite : 5 appels / 1 seconde.",
    params(EstablishmentIdParameter, IdempotencyKeyHeader),
    request_body = OfferBody,
    responses(OfferResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.depositing.partner(&request, Right::DepositOffers).await?;
    let establishment_id = request.path_value("establishmentId");
    let asked = Asked {
        partner: &partner.partner,
        operation: &format!("deposit-offer#{establishment_id}"),
        key: deposit_request::idempotency_key(&request)?,
        body: raw(&request),
    };
    let fields = deposit_request::offer(&request)?;
    let use_case = DepositOffer {
        once: context.depositing.once(),
        recruiters: &*context.find,
        add: &*context.add,
        cipher: &context.cipher,
        links: &context.links,
    };
    let answered = use_case.run(asked, establishment_id, &fields).await?;
    Ok(Response::stored(&answered).with_facts(Facts::of(&partner, None)))
}

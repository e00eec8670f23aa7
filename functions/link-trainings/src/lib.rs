//! `POST /traininglinks`: from wishes for trainings to the jobs around them, for mailings to those who wish.

use api::errors::ApiError;
use api::links_answer::TrainingLinks;
use api::links_request;
use api::openapi::{TrainingLinksBody, TrainingLinksResponses};
use api::request::Request;
use api::response::{Facts, Response};
use runtime::callers::known;
use runtime::clients::Clients;
use runtime::clock::SystemClock;
use runtime::environment::Environment;
use runtime::rdv::PagesUrl;
use usecases::appointments::FindOpen;
use usecases::partners::Partners;
use usecases::ports::{Clock, FindBarred, FindEligibility, FindItem, FindTrades, FindTrainings};
use usecases::training_links::{LinkTrainings, Target, Wish};

/// What every request shares.
pub struct Context {
    /// Knows who calls.
    pub partners: Partners,
    /// Trainings by their clé ME.
    pub items: Box<dyn FindItem>,
    /// Trainings of schools.
    pub trainings: Box<dyn FindTrainings>,
    /// Trades of diplomas.
    pub trades: Box<dyn FindTrades>,
    /// Trainings that one may ask about.
    pub open: Box<dyn FindEligibility>,
    /// Who is written to no more.
    pub barred: Box<dyn FindBarred>,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Address of the site that the links lead to, without a slash at its end.
    pub public_url: String,
    /// Where our pages are, which the form is one of.
    pub pages: PagesUrl,
}

impl Context {
    /// Reads `RECORDS_TABLE`, `LEDGER_TABLE`, `PUBLIC_URL` and `PAGES_URL`.
    pub async fn build(environment: Environment) -> Result<Self, runtime::Error> {
        let client = Clients::load().await.dynamodb();
        let tables = environment.tables();
        Ok(Self {
            partners: known(client.clone(), &tables).await,
            items: Box::new(store::Items::new(client.clone(), &tables)),
            trainings: Box::new(store::Trainings::new(client.clone(), &tables)),
            trades: Box::new(store::Trades::new(client.clone(), &tables)),
            open: Box::new(store::RdvTrainings::new(client.clone(), &tables)),
            barred: Box::new(store::BarredAddresses::new(client, &tables)),
            clock: Box::new(SystemClock),
            public_url: environment.get("PUBLIC_URL")?.trim_end_matches('/').to_owned(),
            pages: PagesUrl::load(environment)?,
        })
    }
}

/// Answers with the links of each wish, in their order.
#[utoipa::path(
    post,
    path = "/traininglinks",
    operation_id = "linkTrainings",
    tag = "Formation",
    summary = "Relier des vœux de formation aux offres",
    description = "Pour chaque vœu, un lien vers les offres et sociétés qui recrutent dans les métiers de la formation, autour du \
                   lieu où elle est donnée. Au plus 100 vœux par appel. La formation est cherchée par sa clé ministère éducatif, puis \
                   par l'UAI du lieu, du formateur, du responsable ; par UAI il faut aussi `cfd`, `rncp` ou `mef`. Une seule formation \
                   donne ses métiers et son lieu ; plusieurs donnent le lieu de la plus proche de `code_insee`, à défaut de \
                   `code_postal`, et les métiers de cinq d'entre elles ; aucune donne les métiers du diplôme, sans lieu. Si rien n'est \
                   connu, le lien mène au formulaire de recherche. `lien_prdv` mène à la demande de rendez-vous quand le vœu donne une clé \
                   ministère éducatif dont la formation reçoit des demandes. \
                   Limite : 3 appels / 1 seconde.",
    request_body = TrainingLinksBody,
    responses(TrainingLinksResponses),
    security(("apiKey" = [])),
)]
pub async fn handle(context: &Context, request: Request) -> Result<Response, ApiError> {
    let partner = context.partners.identify(request.api_key(), &*context.clock).await?;
    let named = links_request::parse(&request)?;
    let wishes: Vec<Wish> = named.iter().map(|named| named.wish.clone()).collect();
    let use_case = LinkTrainings {
        items: &*context.items,
        trainings: &*context.trainings,
        trades: &*context.trades,
        open: FindOpen { trainings: &*context.open, barred: &*context.barred },
    };
    let targets = use_case.run(&wishes).await?;
    let pages = context.pages.of(&request);
    let links: Vec<TrainingLinks> = named
        .iter()
        .zip(&targets)
        .map(|(named, target)| TrainingLinks::new(named, &context.public_url, &pages, target))
        .collect();
    let facts = Facts { results: Some(results(&targets)), ..Facts::of(&partner, None) };
    Ok(Response::json(200, &links).with_facts(facts))
}

/// For the log: how many wishes led to trades, how many to a place, and how many to a form.
fn results(targets: &[Target]) -> String {
    let known = targets.iter().filter(|target| !target.romes.is_empty()).count();
    let placed = targets.iter().filter(|target| target.place.is_some()).count();
    let open = targets.iter().filter(|target| target.is_open).count();
    format!("wishes={} known={known} placed={placed} open={open}", targets.len())
}

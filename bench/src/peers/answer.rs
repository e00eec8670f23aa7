//! The answer of our route from what a peer found, so that both are timed to the same JSON.

use std::collections::BTreeMap;

use api::request::Request;
use api::response::Cors;
use api::search_query::{Route, SearchQuery};
use api::search_writer::{Asker, Batch, Gathered};
use domain::card::Card;
use domain::source::Source;
use usecases::ports::Clock as _;
use usecases::search::Item;

use super::Told;
use crate::surroundings::{Surroundings, partner};

/// Writes the answer to an event of API Gateway as a service over this peer would: reads the query, reads the cards,
/// writes them with our own writer.
pub(crate) fn write(event: &str, told: &[Told]) -> anyhow::Result<String> {
    let request = Request::from_event(event)?;
    let query = SearchQuery::parse(&request, Route::Jobs, Surroundings.now())
        .map_err(|error| anyhow::anyhow!("the query is refused: {error}"))?;
    let items = told.iter().map(|told| {
        let card = Card::from_json(Source::Offres, &told.card)?;
        Ok(Item { card, distance_km: told.hit.km })
    });
    let items = items.collect::<anyhow::Result<Vec<Item>>>()?;
    let found = Gathered {
        by_source: BTreeMap::from([(Source::Offres, Ok(Batch { items, withdrawn: None }))]),
        ..Gathered::default()
    };
    let answer = Asker { query: &query, partner: &partner(), tells_cost: false }.jobs(&found);
    let answer = answer.revalidated("GET", "").into_event("bench", &Cors::default());
    Ok(serde_json::to_string(&answer)?)
}

//! What is sent to the handler, and what comes back.

use std::collections::BTreeMap;

use anyhow::Context as _;
use domain::geo::Point;
use domain::rome::RomeCode;
use serde_json::{Value, json};

use super::SOURCE;
use crate::hit::Hit;
use crate::measure::Spent;
use crate::queries::Ask;

/// One request.
#[derive(Debug)]
pub(crate) struct Answered {
    /// What it found, nearest or newest first.
    pub(crate) hits: Vec<Hit>,
    /// How many results an answer holds.
    pub(crate) returned: f64,
    /// Bytes of the answer.
    pub(crate) bytes: usize,
    /// The validator of the answer (`ETag`): the same bytes have the same.
    pub(crate) tag: String,
    /// Calls to the store, rows read, rounds and read request units: the header `x-search-cost`.
    pub(crate) cost: BTreeMap<String, f64>,
    /// Refused as too broad, which reads nothing or little.
    pub(crate) refused: bool,
    /// The whole request.
    pub(crate) spent: Spent,
}

impl Answered {
    pub(super) fn add(&mut self, page: Self) {
        self.hits.extend(page.hits);
        self.returned += page.returned;
        self.bytes += page.bytes;
        self.refused |= page.refused;
        for (name, figure) in page.cost {
            *self.cost.entry(name).or_default() += figure;
        }
        self.spent.cpu += page.spent.cpu;
        self.spent.memory.count_total += page.spent.memory.count_total;
        self.spent.memory.bytes_max = self.spent.memory.bytes_max.max(page.spent.memory.bytes_max);
    }

    /// Turns the sums over so many pages into means.
    pub(super) fn each_of(&mut self, pages: u32) {
        self.returned /= f64::from(pages);
        self.bytes /= pages as usize;
        self.cost.values_mut().for_each(|figure| *figure /= f64::from(pages));
        self.spent.cpu /= pages;
        self.spent.memory.count_total /= u64::from(pages);
    }
}

/// The event of API Gateway.
pub(crate) fn event(ask: &Ask, cursor: Option<&str>) -> Value {
    let romes: Vec<&str> = ask.romes.iter().map(RomeCode::as_str).collect();
    let mut query = BTreeMap::from([("romes", romes.join(",")), ("sources", SOURCE.to_string())]);
    if let Some((centre, radius_km)) = ask.place {
        query.insert("latitude", centre.lat().to_string());
        query.insert("longitude", centre.lon().to_string());
        query.insert("radius", radius_km.to_string());
    }
    if let Some(cursor) = cursor {
        query.insert("cursor", cursor.to_owned());
    }
    if let Some(diploma) = ask.diploma {
        query.insert("diploma", diploma.to_string());
    }
    let multiple: BTreeMap<_, _> = query.iter().map(|(name, value)| (name, [value])).collect();
    json!({
        "resource": "/v1/jobs", "path": "/v1/jobs", "httpMethod": "GET",
        "headers": {"Accept": "application/json", "x-api-key": "fake-key-of-the-bench"},
        "multiValueHeaders": {"Accept": ["application/json"], "x-api-key": ["fake-key-of-the-bench"]},
        "queryStringParameters": query, "multiValueQueryStringParameters": multiple,
        "requestContext": {"requestId": "bench", "identity": {"apiKeyId": "bench"}},
        "body": null, "isBase64Encoded": false,
    })
}

/// Reads the handler's answer, and the cursor of the next page.
pub(super) fn read(answer: &str, ask: &Ask, spent: Spent) -> anyhow::Result<(Answered, Option<String>)> {
    let event: Value = serde_json::from_str(answer)?;
    let body = event.pointer("/body").and_then(Value::as_str).unwrap_or_default();
    let json: Value = serde_json::from_str(body)?;
    let offers = json.pointer("/peJobs").context("no answer of the source")?;
    let refused = offers.get("error").is_some();
    let told = event.pointer("/headers/x-search-cost").and_then(Value::as_str).unwrap_or_default();
    let cost = told.split("; ").filter_map(|part| part.split_once('='));
    let cost: BTreeMap<String, f64> =
        cost.filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?))).collect();
    anyhow::ensure!(cost.contains_key("rru"), "the search failed: {body:.300}");
    let results = offers.get("results").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let hits = results.iter().map(|offer| {
        let text = |path| offer.pointer(path).and_then(Value::as_str);
        // The distance that is told is rounded to 10 m: too coarse to compare an order by.
        let degrees =
            |path| offer.pointer(path).and_then(Value::as_f64).context("an offer without coordinates");
        let point = Point::new(degrees("/place/latitude")?, degrees("/place/longitude")?)?;
        Ok(Hit {
            id: text("/job/id").context("an offer without an id")?.to_owned(),
            km: ask.place.map(|(centre, _)| centre.distance_km(point)),
        })
    });
    let hits = hits.collect::<anyhow::Result<Vec<Hit>>>()?;
    let tag = event.pointer("/headers/etag").and_then(Value::as_str).unwrap_or_default().to_owned();
    let next = json.pointer("/next").and_then(Value::as_str).map(str::to_owned);
    let returned = hits.len() as f64;
    Ok((Answered { hits, returned, bytes: body.len(), tag, cost, refused, spent }, next))
}

//! The two ways to deposit, side by side: one by one, whose answer holds the whole recruiter, and in requests of 100,
//! into establishments that have few offers and many.
//!
//! What an establishment has is copied into it, as if it had been deposited; and after each offer it is put back, so
//! that all find it with as many. Neither is counted.

use std::time::Instant;

use anyhow::Context as _;
use domain::recruiter::Recruiter;
use serde::{Deserialize, Serialize};
use usecases::deposit::{Deposit, MAX_ITEMS, MAX_OFFERS, Notice};
use usecases::once::{Answered, Asked, Unkeyed};

use super::collection::Collection;
use super::drawn::Drawing;
use super::short;
use super::site::Site;
use super::spent::Spent;
use crate::data::{Stream, rng};
use crate::measure::thread_cpu;

/// What is compared.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Offers that establishments have before.
    pub(crate) sizes: Vec<usize>,
    /// Establishments of each size, which are the offers of a request.
    pub(crate) establishments: u32,
    /// Offers that are deposited each way, and for each size.
    pub(crate) offers: u32,
}

impl Plan {
    /// Few offers, some, and as many as one may have, the new one included; whole requests.
    pub(crate) fn of(offers: u32) -> Self {
        Self { sizes: vec![1, 20, MAX_OFFERS - 1], establishments: MAX_ITEMS as u32, offers }
    }
}

/// How offers are deposited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Way {
    /// `POST /v1/jobs/{id}`, one after the other.
    OneByOne,
    /// `POST /v1/jobs/bulk`, 100 of as many establishments, one request after the other.
    Hundred,
}

/// What offers cost one way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cost {
    pub(crate) way: Way,
    /// Offers that each establishment had before.
    pub(crate) before: usize,
    pub(crate) offers: u32,
    /// Milliseconds an offer, waiting included, and those of our own processor time.
    pub(crate) wall_ms: f64,
    pub(crate) cpu_ms: f64,
    /// Bytes of an answer, an offer.
    pub(crate) answer_bytes: f64,
    pub(crate) spent: Spent,
}

/// Measures both ways.
pub(crate) async fn measure(site: &Site, drawing: &Drawing<'_>, plan: &Plan) -> anyhow::Result<Vec<Cost>> {
    let mut costs = Vec::new();
    for (number, &before) in (1..).zip(&plan.sizes) {
        let all = filled(site, drawing, (number, plan.establishments), before).await?;
        for way in [Way::OneByOne, Way::Hundred] {
            costs.push(Box::pin(one_way(site, drawing, &all, (way, before, plan.offers))).await?);
        }
    }
    Ok(costs)
}

/// Establishments with so many offers: those of the first are deposited, those of the others copied.
async fn filled(
    site: &Site,
    drawing: &Drawing<'_>,
    (number, establishments): (u32, u32),
    before: usize,
) -> anyhow::Result<Vec<Collection>> {
    let partner = format!("beside-{before}");
    let mut draws = rng(drawing.seed(), Stream::Deposits, number);
    let mut all = Vec::new();
    for at in 0..establishments {
        let place = drawing.place(&mut draws).context("there is no place")?;
        let id = site.establish(&partner, number * 1_000 + at, place).await?;
        all.push(Collection { partner: partner.clone(), establishment_id: id, head: None });
    }
    let first = all.first().context("there is no establishment")?.establishment_id.clone();
    for from in (0..before).step_by(MAX_ITEMS) {
        let many: Vec<_> = (from..before.min(from + MAX_ITEMS))
            .map(|serial| drawing.one(serial - from, serial as u32, &first))
            .collect();
        let key = format!("{partner}-{from}");
        for answer in site.many().run(asked(&partner, &key, "fill"), &many).await.into_values() {
            answer.context("an establishment was not filled")?;
        }
    }
    let offers = match all.first() {
        Some(first) => first.offers(site).await?,
        None => Vec::new(),
    };
    for (at, collection) in all.iter_mut().enumerate() {
        if at > 0 {
            collection.fill(site, &offers).await?;
        }
        collection.remember(site).await?;
    }
    Ok(all)
}

fn asked<'a>(partner: &'a str, key: &'a str, operation: &'a str) -> Asked<'a> {
    Asked { partner, operation, key: Some(key), body: key.as_bytes(), unkeyed: Unkeyed::SameBody }
}

async fn one_way(
    site: &Site,
    drawing: &Drawing<'_>,
    all: &[Collection],
    (way, before, offers): (Way, usize, u32),
) -> anyhow::Result<Cost> {
    let mut cost = Cost {
        way,
        before,
        offers: 0,
        wall_ms: 0.0,
        cpu_ms: 0.0,
        answer_bytes: 0.0,
        spent: Spent::default(),
    };
    while cost.offers < offers {
        let serial = cost.offers;
        match way {
            Way::OneByOne => {
                let collection = all.get(serial as usize % all.len()).context("there is no establishment")?;
                let fields = drawing.fields(serial);
                let (key, id) = (format!("one-{before}-{serial}"), &collection.establishment_id);
                let operation = format!("deposit-offer#{id}");
                let deposit =
                    Deposit { establishment_id: id, fields: &fields, reference: None, notice: Notice::Alone };
                let run = site.offers.deposit();
                let asked = asked(&collection.partner, &key, &operation);
                let answered = cost
                    .of(site, 1, Box::pin(run.run(asked, deposit)))
                    .await
                    .context("it was not deposited")?;
                let recruiter: Recruiter = serde_json::from_str(&cost.answered(&answered).answer.body)?;
                let job = recruiter.jobs.last().context("an answer without the offer")?;
                collection.restore(site, &job.id).await?;
            }
            Way::Hundred => {
                let many: Vec<_> = (0..)
                    .zip(all)
                    .map(|(at, collection)| {
                        let mut one = drawing.one(at, serial + at as u32, &collection.establishment_id);
                        one.reference = None;
                        one
                    })
                    .collect();
                let partner = all.first().map_or("", |collection| &collection.partner);
                let key = format!("many-{before}-{serial}");
                let (run, asked) = (site.many(), asked(partner, &key, "deposit-offers"));
                let answers = cost.of(site, many.len() as u32, Box::pin(run.run(asked, &many))).await;
                for (collection, answered) in all.iter().zip(answers.into_values()) {
                    let answered = answered.context("it was not deposited")?;
                    let id =
                        short(&cost.answered(&answered).answer.body).context("an answer without an id")?;
                    collection.restore(site, &id).await?;
                }
            }
        }
    }
    let count = f64::from(cost.offers);
    for figure in [&mut cost.wall_ms, &mut cost.cpu_ms, &mut cost.answer_bytes] {
        *figure /= count;
    }
    Ok(cost)
}

impl Cost {
    /// Counts what this work costs, of so many offers.
    async fn of<T>(&mut self, site: &Site, offers: u32, work: impl Future<Output = T>) -> T {
        let (before, cpu, started) = (site.meter.spent(), thread_cpu(), Instant::now());
        let done = work.await;
        self.wall_ms += started.elapsed().as_secs_f64() * 1e3;
        self.cpu_ms += thread_cpu().saturating_sub(cpu).as_secs_f64() * 1e3;
        self.spent = self.spent + (site.meter.spent() - before);
        self.offers += offers;
        done
    }

    fn answered<'a>(&mut self, answered: &'a Answered) -> &'a Answered {
        self.answer_bytes += answered.answer.body.len() as f64;
        answered
    }
}

//! What one would use instead: the same offers in `PostGIS` and in Redis, asked the same.

mod answer;
mod postgis;
mod redis;
mod server;

use std::path::Path;
use std::time::Duration;

pub(crate) use answer::write as write_answer;
pub(crate) use postgis::PostGis;
pub(crate) use redis::Redis;

use crate::data::World;
use crate::hit::Hit;
use crate::queries::Ask;

/// An offer as peers keep it: the card as JSON, as one would, so that it need not be unpacked.
pub(crate) struct Kept {
    pub(crate) offer: domain::partner_offer::PartnerOffer,
    pub(crate) card: Vec<u8>,
}

/// A result with its card.
pub(crate) struct Told {
    pub(crate) hit: Hit,
    pub(crate) card: String,
}

/// The offers, one by one.
pub(crate) fn kept(world: &World) -> impl Iterator<Item = anyhow::Result<Kept>> {
    (0..world.shape.items).map(|number| {
        let offer = world.offer(number);
        let card = domain::card::Card::PartnerOffer(Box::new(offer.clone())).to_json()?;
        Ok(Kept { offer, card })
    })
}

/// Most results of an answer, as ours (contract 1.8).
pub(crate) const CAP: usize = 150;

/// An engine.
pub(crate) trait Peer {
    /// Its name, for the table.
    fn name(&self) -> &'static str;
    /// Whether it must give our answer; one that measures another earth cannot.
    fn must_agree(&self) -> bool;
    /// Asks it, cards included.
    fn ask(&mut self, ask: &Ask) -> anyhow::Result<Vec<Told>>;
    /// Processor time of its server so far.
    fn server_cpu(&self) -> Duration;
}

/// Starts those that are installed and loads them. What is missing is said, and left out.
pub(crate) fn start(world: &World, home: &Path) -> anyhow::Result<Vec<Box<dyn Peer>>> {
    Ok(vec![Box::new(PostGis::start(world, home)?), Box::new(Redis::start(world, home)?)])
}

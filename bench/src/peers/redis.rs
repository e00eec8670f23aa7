//! Redis: a GEO set for each trade, one for each trade and diploma, and a set by date; all trades of a search in one
//! pipeline, then the cards in one MGET.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use domain::diploma::Diploma;

use super::server::{Server, Unprivileged, free_port, program};
use super::{CAP, Peer, Told, kept};
use crate::data::World;
use crate::hit::Hit;
use crate::measure::process_cpu;
use crate::queries::Ask;

/// Offers written in one pipeline.
const BATCH: usize = 2_000;

/// The engine, loaded.
pub(crate) struct Redis {
    connection: redis::Connection,
    server: Server,
}

impl Redis {
    /// Starts it and loads everything, which takes seconds.
    pub(crate) fn start(world: &World, home: &Path) -> anyhow::Result<Self> {
        let user = Unprivileged::find();
        let folder = home.join("redis");
        user.folder(&folder)?;
        let port = free_port()?;
        let mut command = user.command(&program("redis-server", &[])?);
        command.args([
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
        ]);
        command.arg(&folder);
        let client = redis::Client::open(format!("redis://127.0.0.1:{port}"))?;
        let server = Server::start(command, &home.join("redis.log"), || client.get_connection().is_ok())?;
        let mut connection = client.get_connection()?;
        let mut offers = kept(world).peekable();
        while offers.peek().is_some() {
            let mut pipe = redis::pipe();
            for kept in offers.by_ref().take(BATCH) {
                let kept = kept?;
                let (offer, id) = (&kept.offer, kept.offer.id.as_str());
                pipe.cmd("SET").arg(format!("card:{id}")).arg(kept.card.as_slice()).ignore();
                let level = offer.diploma.map_or(0, Diploma::level);
                for rome in offer.romes.iter() {
                    if let Some(point) = offer.address.point {
                        for key in [format!("near:{rome}"), format!("near:{rome}:{level}")] {
                            pipe.cmd("GEOADD").arg(key).arg(point.lon()).arg(point.lat()).arg(id).ignore();
                        }
                    }
                    for key in [format!("new:{rome}"), format!("new:{rome}:{level}")] {
                        pipe.cmd("ZADD").arg(key).arg(offer.created_at).arg(id).ignore();
                    }
                }
            }
            pipe.query::<()>(&mut connection).context("Redis takes no more")?;
        }
        Ok(Self { connection, server })
    }
}

/// The sets that a search reads: one a trade, or two with a filter, which lets the unknown pass.
fn keys(kind: &str, ask: &Ask) -> Vec<String> {
    let romes = ask.romes.iter();
    match ask.diploma {
        None => romes.map(|rome| format!("{kind}:{rome}")).collect(),
        Some(diploma) => romes
            .flat_map(|rome| [format!("{kind}:{rome}:{}", diploma.level()), format!("{kind}:{rome}:0")])
            .collect(),
    }
}

impl Peer for Redis {
    fn name(&self) -> &'static str {
        "Redis GEO"
    }

    /// It keeps places in 52 bits and takes the earth for 6,372.797 km.
    fn must_agree(&self) -> bool {
        false
    }

    fn ask(&mut self, ask: &Ask) -> anyhow::Result<Vec<Told>> {
        let mut pipe = redis::pipe();
        if let Some((centre, radius_km)) = ask.place {
            for key in keys("near", ask) {
                let search =
                    pipe.cmd("GEOSEARCH").arg(key).arg("FROMLONLAT").arg(centre.lon()).arg(centre.lat());
                let search = search.arg("BYRADIUS").arg(radius_km).arg("km").arg("ASC");
                search.arg("COUNT").arg(CAP).arg("WITHDIST");
            }
        } else {
            for key in keys("new", ask) {
                pipe.cmd("ZREVRANGE").arg(key).arg(0).arg(CAP - 1).arg("WITHSCORES");
            }
        }
        // A distance or a date, to be sorted by: dates newest first.
        let sign = if ask.place.is_some() { 1.0 } else { -1.0 };
        let lists: Vec<Vec<(String, f64)>> = pipe.query(&mut self.connection)?;
        let mut found: Vec<(f64, String)> =
            lists.into_iter().flatten().map(|(id, by)| (by * sign, id)).collect();
        found.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        let mut seen = HashSet::with_capacity(found.len());
        found.retain(|(_, id)| seen.insert(id.clone()));
        found.truncate(CAP);
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let mut get = redis::cmd("MGET");
        for (_, id) in &found {
            get.arg(format!("card:{id}"));
        }
        let cards: Vec<String> = get.query(&mut self.connection)?;
        let located = ask.place.is_some();
        let told = |((by, id), card)| Told { hit: Hit { id, km: located.then_some(by) }, card };
        Ok(found.into_iter().zip(cards).map(told).collect())
    }

    fn server_cpu(&self) -> Duration {
        process_cpu(self.server.pid())
    }
}

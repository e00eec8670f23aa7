//! `PostgreSQL` with `PostGIS`: a row for each offer and trade under a `GiST` index of (trade, place), and the nearest of
//! each trade by index order, which stops at the cap.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use domain::diploma::Diploma;
use domain::rome::RomeCode;
use postgres::{Client, NoTls, Statement};

use super::server::{Server, Unprivileged, free_port, program};
use super::{Peer, Told, kept};
use crate::data::World;
use crate::hit::Hit;
use crate::measure::process_cpu;
use crate::queries::Ask;

/// Everything in memory, nothing kept safe, one process a query: the settings under which it is fastest here.
const SETTINGS: [&str; 6] = [
    "shared_buffers=4GB",
    "work_mem=64MB",
    "random_page_cost=1.1",
    "max_parallel_workers_per_gather=0",
    "jit=off",
    "fsync=off",
];

const TABLES: &str = "
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS btree_gist;
DROP TABLE IF EXISTS items, postings, stamp;
CREATE TABLE items (item int PRIMARY KEY, id text NOT NULL, card text NOT NULL);
ALTER TABLE items ALTER COLUMN card SET STORAGE PLAIN;
CREATE TABLE postings (
  rome text NOT NULL, geog geography(Point, 4326), item int NOT NULL, created bigint NOT NULL, diploma smallint);
";

const INDEXES: &str = "
CREATE INDEX postings_near ON postings USING gist (rome, geog);
CREATE INDEX postings_new ON postings (rome, created DESC, item);
ANALYZE items;
ANALYZE postings;
CREATE TABLE stamp AS SELECT $STAMP$::text AS stamp;
CHECKPOINT;
";

/// `$1` trades, `$2` longitude, `$3` latitude, `$4` radius in metres. The operator `<->` of geographies
/// measures on the sphere, as we do, where `ST_Distance` takes the ellipsoid unless told.
const NEAREST: &str = "
SELECT i.id, n.metres, i.card
FROM (
  SELECT p.item, p.created, min(p.metres) AS metres
  FROM unnest($1::text[]) AS asked (rome)
  CROSS JOIN LATERAL (
    SELECT item, created, geog <-> ST_SetSRID(ST_MakePoint($2, $3), 4326)::geography AS metres
    FROM postings WHERE rome = asked.rome {filter}
    ORDER BY geog <-> ST_SetSRID(ST_MakePoint($2, $3), 4326)::geography LIMIT 150) AS p
  WHERE p.metres <= $4
  GROUP BY p.item, p.created
  ORDER BY metres, p.created DESC, p.item LIMIT 150) AS n
JOIN items AS i USING (item)
ORDER BY n.metres, n.created DESC, n.item
";

/// `$1` trades.
const NEWEST: &str = "
SELECT i.id, NULL::float8, i.card
FROM (
  SELECT p.item, p.created
  FROM unnest($1::text[]) AS asked (rome)
  CROSS JOIN LATERAL (
    SELECT item, created FROM postings WHERE rome = asked.rome {filter}
    ORDER BY created DESC, item LIMIT 150) AS p
  GROUP BY p.item, p.created
  ORDER BY p.created DESC, p.item LIMIT 150) AS n
JOIN items AS i USING (item)
ORDER BY n.created DESC, n.item
";

/// The engine, loaded.
pub(crate) struct PostGis {
    client: Client,
    nearest: Statement,
    newest: Statement,
    nearest_filtered: Statement,
    newest_filtered: Statement,
    /// The process that answers `client`.
    backend: u32,
    _server: Server,
}

impl PostGis {
    /// Starts it; what an earlier run loaded from the same data is used again.
    pub(crate) fn start(world: &World, home: &Path) -> anyhow::Result<Self> {
        let user = Unprivileged::find();
        let folders: Vec<PathBuf> =
            (15..=18).map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin"))).collect();
        let data = home.join(format!("postgres-{}", world.shape.items));
        if !data.join("PG_VERSION").exists() {
            user.folder(&data)?;
            let mut initdb = user.command(&program("initdb", &folders)?);
            initdb.arg("-D").arg(&data).args([
                "-U",
                "bench",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "-N",
            ]);
            let made = initdb.output().context("initdb does not start")?;
            anyhow::ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        }
        let port = free_port()?;
        let mut command = user.command(&program("postgres", &folders)?);
        command.arg("-D").arg(&data).args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k", ""]);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        let address = format!("host=127.0.0.1 port={port} user=bench dbname=postgres");
        let log = home.join("postgres.log");
        let server = Server::start(command, &log, || Client::connect(&address, NoTls).is_ok())?;
        let mut client = Client::connect(&address, NoTls)?;
        load(&mut client, world)?;
        let backend: i32 = client.query_one("SELECT pg_backend_pid()", &[])?.get(0);
        let mut prepare = |query: &str, filter: &str| client.prepare(&query.replace("{filter}", filter));
        Ok(Self {
            nearest: prepare(NEAREST, "")?,
            newest: prepare(NEWEST, "")?,
            nearest_filtered: prepare(NEAREST, "AND (diploma = $5 OR diploma IS NULL)")?,
            newest_filtered: prepare(NEWEST, "AND (diploma = $2 OR diploma IS NULL)")?,
            client,
            backend: backend.unsigned_abs(),
            _server: server,
        })
    }
}

fn load(client: &mut Client, world: &World) -> anyhow::Result<()> {
    let stamp = format!("{} cards in JSON", serde_json::to_string(&world.shape)?);
    if let Ok(row) = client.query_one("SELECT stamp FROM stamp", &[])
        && row.get::<_, String>(0) == stamp
    {
        return Ok(());
    }
    client.batch_execute(TABLES)?;
    let mut items = client.copy_in("COPY items FROM STDIN")?;
    for (number, kept) in kept(world).enumerate() {
        let kept = kept?;
        // COPY takes a backslash for an escape; JSON has neither tabs nor line ends.
        let card = String::from_utf8(kept.card)?.replace('\\', r"\\");
        writeln!(items, "{number}\t{}\t{card}", kept.offer.id)?;
    }
    items.finish()?;
    let mut postings = client.copy_in("COPY postings FROM STDIN")?;
    for number in 0..world.shape.items {
        let offer = world.offer(number);
        let point =
            offer.address.point.map(|point| format!("SRID=4326;POINT({} {})", point.lon(), point.lat()));
        let point = point.unwrap_or_else(|| "\\N".to_owned());
        let diploma = offer.diploma.map_or_else(|| "\\N".to_owned(), |diploma| diploma.level().to_string());
        for rome in offer.romes.iter() {
            writeln!(postings, "{rome}\t{point}\t{number}\t{}\t{diploma}", offer.created_at)?;
        }
    }
    postings.finish()?;
    client.batch_execute(&INDEXES.replace("$STAMP$", &format!("'{stamp}'")))?;
    Ok(())
}

impl Peer for PostGis {
    fn name(&self) -> &'static str {
        "PostGIS KNN"
    }

    fn must_agree(&self) -> bool {
        true
    }

    fn ask(&mut self, ask: &Ask) -> anyhow::Result<Vec<Told>> {
        let romes: Vec<&str> = ask.romes.iter().map(RomeCode::as_str).collect();
        let diploma = ask.diploma.map(Diploma::level).map(i16::from);
        let rows = match (ask.place, diploma) {
            (Some((centre, radius)), None) => {
                self.client.query(&self.nearest, &[&romes, &centre.lon(), &centre.lat(), &(radius * 1e3)])
            }
            (Some((centre, radius)), Some(level)) => self.client.query(
                &self.nearest_filtered,
                &[&romes, &centre.lon(), &centre.lat(), &(radius * 1e3), &level],
            ),
            (None, None) => self.client.query(&self.newest, &[&romes]),
            (None, Some(level)) => self.client.query(&self.newest_filtered, &[&romes, &level]),
        }?;
        let hits = rows.iter().map(|row| {
            let metres: Option<f64> = row.get(1);
            let hit = Hit { id: row.get(0), km: metres.map(|metres| metres / 1e3) };
            Told { hit, card: row.get(2) }
        });
        Ok(hits.collect())
    }

    fn server_cpu(&self) -> Duration {
        process_cpu(self.backend)
    }
}

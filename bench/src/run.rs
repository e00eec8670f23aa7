//! One search with all its sets of parameters, through our handler and through the peers.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::hit::{Difference, Hit};
use crate::ours::{Answered, Ours, event};
use crate::peers::{Peer, Told, write_answer};
use crate::prices::dollars;
use crate::queries::{Ask, Search};
use crate::stats::Summary;

/// A request is played back so many times, and the quickest counts: what is slower was disturbed.
const REPLAYS: u32 = 3;

/// Our figures of one search.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct OurFigures {
    pub(crate) calls: Summary,
    pub(crate) rru: Summary,
    pub(crate) rounds: Summary,
    pub(crate) rows: Summary,
    pub(crate) returned: Summary,
    /// All rows read over all rows returned.
    pub(crate) amplification: f64,
    /// Requests that were refused as too broad.
    pub(crate) refused: usize,
    /// Processor time of the whole request, sockets included, in ms.
    pub(crate) cpu_live_ms: Summary,
    /// The same played back from memory: no socket, but all that the client does for each call, in ms.
    pub(crate) cpu_replay_ms: Summary,
    /// The same less what each call costs whatever it reads: parse, plan, decode, rank, unpack, encode, in ms.
    pub(crate) cpu_own_ms: Summary,
    pub(crate) allocations: Summary,
    /// Most bytes held at once by one request against the store, beside the function's own.
    #[serde(default)]
    pub(crate) peak_bytes: Summary,
    pub(crate) answer_bytes: Summary,
    /// Read units and results of each set of parameters, in their order.
    #[serde(default)]
    pub(crate) by_set: Vec<(f64, f64)>,
    /// Dollars per million searches, reads and function.
    pub(crate) dollars_reads: f64,
    pub(crate) dollars_function: f64,
}

/// A peer's figures of one search.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PeerFigures {
    /// As its one client sees it, cards received, in ms.
    pub(crate) wall_ms: Summary,
    /// The same until the answer of our route is written from it, in ms.
    #[serde(default)]
    pub(crate) answer_ms: Summary,
    /// Processor time of its server, in ms.
    pub(crate) server_cpu_ms: Summary,
    /// Answers that are not ours.
    pub(crate) different: usize,
    /// Results of ours that it lacks, over all answers.
    pub(crate) missing: usize,
    /// The largest relative difference between the n-th distances.
    pub(crate) distance: f64,
}

/// A search, measured.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) search: String,
    pub(crate) plain: Option<String>,
    pub(crate) sets: usize,
    /// None where the handler cannot answer it yet.
    pub(crate) ours: Option<OurFigures>,
    pub(crate) peers: BTreeMap<String, PeerFigures>,
}

/// Measures a search. `empty_call` is what a call costs whatever it reads.
pub(crate) fn measure(
    search: &Search,
    ours: &Ours,
    peers: &mut [Box<dyn Peer>],
    empty_call: Duration,
) -> anyhow::Result<Row> {
    let mut row = Row {
        search: search.name.to_owned(),
        plain: search.plain.map(str::to_owned),
        sets: search.asks.len(),
        ours: None,
        peers: BTreeMap::new(),
    };
    let mut asked = Vec::with_capacity(search.asks.len());
    for ask in &search.asks {
        asked.push(ask_ours(ours, ask, empty_call)?);
    }
    row.ours = Some(sum_up(&asked));
    if search.for_peers {
        let answers: Vec<&Answered> = asked.iter().map(|asked| &asked.live).collect();
        for peer in peers {
            let figures = measure_peer(peer.as_mut(), &search.asks, &answers)?;
            let wrong = peer.must_agree() && figures.different > 0;
            anyhow::ensure!(
                !wrong,
                "{} and we answer {} differently in {} of {} sets: {figures:?}",
                peer.name(),
                search.name,
                figures.different,
                answers.len()
            );
            row.peers.insert(peer.name().to_owned(), figures);
        }
    }
    Ok(row)
}

/// One set of parameters: live, and from memory.
struct Asked {
    live: Answered,
    replay: Duration,
    own: Duration,
    allocations: u64,
}

fn ask_ours(ours: &Ours, ask: &Ask, empty_call: Duration) -> anyhow::Result<Asked> {
    ours.record(ask)?;
    let live = ours.live(ask)?;
    let mut replay = Duration::MAX;
    let mut allocations = u64::MAX;
    for _ in 0..REPLAYS {
        let again = ours.replay(ask)?;
        anyhow::ensure!(again.hits == live.hits, "the tape plays another answer");
        replay = replay.min(again.spent.cpu);
        allocations = allocations.min(again.spent.memory.count_total);
    }
    let calls = cost(&live, "calls") as u32;
    Ok(Asked { own: replay.saturating_sub(empty_call * calls), live, replay, allocations })
}

fn cost(answered: &Answered, name: &str) -> f64 {
    answered.cost.get(name).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn sum_up(asked: &[Asked]) -> OurFigures {
    let of = |figure: &dyn Fn(&Asked) -> f64| Summary::of(asked.iter().map(figure));
    let told = |name: &'static str| of(&move |asked| cost(&asked.live, name));
    let (rows, returned) = (told("rows"), of(&|asked| asked.live.returned));
    let (calls, rru, rounds) = (told("calls"), told("rru"), told("rounds"));
    let cpu_live_ms = of(&|asked| millis(asked.live.spent.cpu));
    let (dollars_reads, dollars_function) =
        dollars(rru.mean, calls.mean, rounds.mean, Duration::from_secs_f64(cpu_live_ms.mean / 1e3));
    OurFigures {
        by_set: asked.iter().map(|asked| (cost(&asked.live, "rru"), asked.live.returned)).collect(),
        amplification: rows.mean / returned.mean.max(f64::MIN_POSITIVE),
        refused: asked.iter().filter(|asked| asked.live.refused).count(),
        cpu_replay_ms: of(&|asked| millis(asked.replay)),
        cpu_own_ms: of(&|asked| millis(asked.own)),
        allocations: of(&|asked| asked.allocations as f64),
        peak_bytes: of(&|asked| asked.live.spent.memory.bytes_max as f64),
        answer_bytes: of(&|asked| asked.live.bytes as f64),
        calls,
        rru,
        rounds,
        rows,
        returned,
        cpu_live_ms,
        dollars_reads,
        dollars_function,
    }
}

/// Whether the same results in the same order make the same bytes; those at the last distance may be others. Distances
/// are told to 10 m, and a distance half way may be rounded up here and down there: ours are taken.
fn is_our_answer(event: &str, mut told: Vec<Told>, ours: &Answered) -> anyhow::Result<bool> {
    if !told.iter().map(|told| &told.hit.id).eq(ours.hits.iter().map(|hit| &hit.id)) {
        return Ok(true);
    }
    for (told, hit) in told.iter_mut().zip(&ours.hits) {
        told.hit.km = hit.km;
    }
    anyhow::ensure!(!ours.tag.is_empty(), "our answer has no tag to compare by");
    Ok(write_answer(event, &told)?.contains(&ours.tag.replace('"', r#"\""#)))
}

/// Asks a peer everything once to warm it and to compare, then once more for the figures.
fn measure_peer(peer: &mut dyn Peer, asks: &[Ask], ours: &[&Answered]) -> anyhow::Result<PeerFigures> {
    let mut figures = PeerFigures::default();
    let events: Vec<String> = asks.iter().map(|ask| event(ask, None).to_string()).collect();
    for ((ask, event), ours) in asks.iter().zip(&events).zip(ours) {
        let told = peer.ask(ask)?;
        let hits: Vec<Hit> = told.iter().map(|told| told.hit.clone()).collect();
        let difference = Difference::between(&ours.hits, &hits);
        figures.different += usize::from(!difference.is_none());
        anyhow::ensure!(
            !peer.must_agree() || is_our_answer(event, told, ours)?,
            "{} tells the same results in another answer",
            peer.name()
        );
        figures.missing += difference.missing;
        figures.distance = figures.distance.max(difference.distance);
    }
    let (mut walls, mut answers, mut cpus) = (Vec::new(), Vec::new(), Vec::new());
    for (ask, event) in asks.iter().zip(&events) {
        let (cpu, started) = (peer.server_cpu(), Instant::now());
        let told = peer.ask(ask)?;
        walls.push(millis(started.elapsed()));
        write_answer(event, &told)?;
        answers.push(millis(started.elapsed()));
        cpus.push(millis(peer.server_cpu().saturating_sub(cpu)));
    }
    figures.wall_ms = Summary::of(walls);
    figures.answer_ms = Summary::of(answers);
    figures.server_cpu_ms = Summary::of(cpus);
    Ok(figures)
}

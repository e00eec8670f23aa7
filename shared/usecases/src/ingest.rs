//! Import of a feed: a file of JSON lines becomes exactly what the index holds of that feed.
//!
//! The file is read twice. The first reading keeps the hash of each good row and sets the others aside; the
//! hashes are compared with the ledger of the feed, which gives the plan. The second reading writes only what
//! is new or changed; then what is gone is withdrawn.
//!
//! Invariants:
//! - Each row is written or withdrawn in one transaction with its ledger entry, so that the ledger always tells
//!   what the index holds. An import that was killed anywhere is made good by the next one.
//! - Nothing is written before the file was read to its end and the plan found safe.
//! - Memory grows by some 110 bytes a row, whatever the rows hold; by some 3,600 for trainings, from which trades of
//!   diplomas, lists of schools, CFAs and those who may be asked for an appointment are derived
//!   (`examples/import_memory.rs`).

mod derived;
mod error;
mod first_pass;
mod hash;
mod lease;
pub(crate) mod lines;
mod plan;
mod rejects;
mod report;
mod rows;
mod second_pass;

use domain::feed::{FeedKey, FeedKind};
use domain::seal::ContactCipher;
use futures::stream::{FuturesUnordered, StreamExt};

use crate::ports::{
    Clock, Family, FeedRef, Held, LEDGER_SHARDS, ListHeld, LoadNafRomes, OpenFeed, PortError, PutRejects,
    PutReport, PutSketchPart, ReleaseLease, TakeLease, WithdrawRow, WriteRow,
};

pub use error::ImportError;
use error::Stop;
use first_pass::{FirstPass, next_line};
pub use hash::ContentHash;
use lease::HeldLease;
use lines::Lines;
use plan::{Plan, Planner};
pub use report::{Refused, Report, Status};
use rows::RowParser;
use second_pass::{Target, settle_all, write_planned};

/// Reads and writes under way at once.
const IN_FLIGHT: usize = 16;

/// What it takes to read the rows of a kind of feed.
#[derive(Clone, Copy)]
pub enum Parsing<'a> {
    /// Companies: trades by NAF where the row names none, addresses sealed.
    Companies {
        /// Gives the trades of each NAF; read anew by each import.
        naf_romes: &'a dyn LoadNafRomes,
        /// Seals recruiters' addresses.
        cipher: &'a ContactCipher,
    },
    /// Offers of France Travail.
    Offers,
    /// Trainings of the catalogue, and the schools that they tell of.
    Formations {
        /// Seals the addresses of CFAs and of those who are asked for an appointment.
        cipher: &'a ContactCipher,
    },
}

/// Imports feeds of one kind.
#[derive(Clone, Copy)]
pub struct ImportFeed<'a> {
    /// Of which kind, and what it takes to read its rows.
    pub parsing: Parsing<'a>,
    /// Opens the file.
    pub open: &'a dyn OpenFeed,
    /// Tells what the index holds.
    pub held: &'a dyn ListHeld,
    /// Writes a row.
    pub write: &'a dyn WriteRow,
    /// Withdraws a row.
    pub withdraw: &'a dyn WithdrawRow,
    /// Keeps two imports of a feed apart.
    pub take_lease: &'a dyn TakeLease,
    /// Lets the next one in.
    pub release_lease: &'a dyn ReleaseLease,
    /// Keeps the sketch of the feed.
    pub put_part: &'a dyn PutSketchPart,
    /// Keeps the report.
    pub put_report: &'a dyn PutReport,
    /// Keeps the list of rows set aside.
    pub put_rejects: &'a dyn PutRejects,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl ImportFeed<'_> {
    /// Imports the file at `key` and puts its report. `run_id` tells this run from any other that may be under
    /// way; a retry of the same event may bear the same.
    ///
    /// A file that is refused is no error: trying it again would not help. After an error it does.
    pub async fn run(&self, key: &FeedKey, run_id: &str) -> Result<Report, ImportError> {
        let mut report = Report::new(key, self.clock.now());
        let mut lease = None;
        let outcome = self.import(key, run_id, &mut lease, &mut report).await;
        let concluded = self.conclude(key, report, outcome).await;
        let released = match lease {
            Some(lease) => lease.release().await,
            None => Ok(()),
        };
        let report = concluded?;
        released?;
        Ok(report)
    }

    async fn import<'s>(
        &'s self,
        key: &FeedKey,
        run_id: &str,
        lease: &mut Option<HeldLease<'s>>,
        report: &mut Report,
    ) -> Result<(), Stop> {
        if self.parsing.kind() != key.kind {
            return Err(ImportError::WrongKind.into());
        }
        let object = self.open.open(key, None).await.map_err(ImportError::from)?;
        report.load_id = object.load_id;
        let taken = HeldLease::take(self.take_lease, self.release_lease, self.clock, key, run_id).await?;
        let lease = lease.insert(taken);

        let parser = self.parser().await.map_err(ImportError::Failed)?;
        let first = read(Lines::new(object.bytes), &parser, lease, report).await?;
        if !first.rejects.is_empty() {
            let put = self.put_rejects.put_rejects(key, first.rejects.into_lines()).await;
            report.rejects_key = Some(put.map_err(ImportError::Failed)?);
        }
        if report.kept == 0 && !object.forced {
            return Err(Stop::Refused("the file has no good row".to_owned()));
        }

        let cards = FeedRef { family: Family::Cards(key.kind), feed: key.feed.clone() };
        let mut planner = Planner::new(first.rows);
        self.each_held(&cards, lease, |held| planner.compare(held, report)).await?;
        let plan = planner.plan();
        if let Some(objection) = plan.objection().filter(|_| !object.forced) {
            return Err(Stop::Refused(objection));
        }

        let Plan { writes, withdrawals, .. } = plan;
        if !writes.is_empty() {
            let again = self.open.open(key, Some(&object.etag)).await.map_err(ImportError::from)?;
            let lines = Lines::new(again.bytes);
            let target = Target { port: self.write, feed: &cards, clock: self.clock };
            write_planned(target, lines, writes, &parser, lease, report).await?;
        }
        let withdrawn = &mut report.withdrawn;
        let gone = withdrawals.iter().map(|held| self.withdraw.withdraw(&cards, held, self.clock.seconds()));
        settle_all(gone, lease, || *withdrawn += 1).await?;
        if let Parsing::Formations { cipher } = self.parsing {
            self.import_derived(key, first.derived, cipher, lease, report).await?;
        }
        let sketch = first.sketch.finish().to_bytes();
        self.put_part.put_part(key.kind.source(), &key.feed, sketch).await.map_err(ImportError::Failed)?;
        Ok(())
    }

    async fn import_derived(
        &self,
        key: &FeedKey,
        gathered: derived::Gathered,
        cipher: &ContactCipher,
        lease: &mut HeldLease<'_>,
        report: &mut Report,
    ) -> Result<(), Stop> {
        let feed = FeedRef { family: Family::Derived, feed: key.feed.clone() };
        let mut held = Vec::new();
        self.each_held(&feed, lease, |row| held.push(row)).await?;
        let plan =
            gathered.plan(&feed, held, cipher, self.clock.seconds()).map_err(ImportError::Serialise)?;
        report.left_off = plan.left_off;
        settle_all(plan.writes.iter().map(|row| self.write.write(row)), lease, || ()).await?;
        let gone =
            plan.withdrawals.iter().map(|held| self.withdraw.withdraw(&feed, held, self.clock.seconds()));
        settle_all(gone, lease, || ()).await
    }

    /// Hands every row that the index holds of `feed` to `take`, shards side by side.
    async fn each_held(
        &self,
        feed: &FeedRef,
        lease: &mut HeldLease<'_>,
        mut take: impl FnMut(Held),
    ) -> Result<(), Stop> {
        let mut shards = 0..LEDGER_SHARDS;
        let mut reads: FuturesUnordered<_> =
            shards.by_ref().take(IN_FLIGHT).map(|shard| self.held.list_held(feed, shard)).collect();
        while let Some(rows) = reads.next().await {
            rows.map_err(ImportError::Failed)?.into_iter().for_each(&mut take);
            reads.extend(shards.next().map(|shard| self.held.list_held(feed, shard)));
            lease.keep().await?;
        }
        Ok(())
    }

    async fn parser(&self) -> Result<RowParser<'_>, PortError> {
        Ok(match self.parsing {
            Parsing::Companies { naf_romes, cipher } => {
                RowParser::Companies { naf_romes: naf_romes.load_naf_romes().await?, cipher }
            }
            Parsing::Offers => RowParser::Offers,
            Parsing::Formations { cipher } => RowParser::Formations { cipher },
        })
    }

    async fn conclude(
        &self,
        key: &FeedKey,
        mut report: Report,
        outcome: Result<(), Stop>,
    ) -> Result<Report, ImportError> {
        let error = match outcome {
            Ok(()) => {
                report.status = Status::Done;
                None
            }
            Err(Stop::Refused(reason)) => {
                report.status = Status::Refused;
                report.reason = Some(reason);
                None
            }
            Err(Stop::Error(error)) => {
                report.status = Status::Failed;
                report.reason = Some(error.to_string());
                Some(error)
            }
        };
        report.finished_at = self.clock.now();
        let json = serde_json::to_vec(&report).map_err(ImportError::Serialise)?;
        let put = self.put_report.put_report(key, json).await.map_err(ImportError::Failed);
        match error {
            Some(error) => Err(error),
            None => put.map(|()| report),
        }
    }
}

impl Parsing<'_> {
    fn kind(&self) -> FeedKind {
        match self {
            Self::Companies { .. } => FeedKind::Companies,
            Self::Offers => FeedKind::Offers,
            Self::Formations { .. } => FeedKind::Formations,
        }
    }
}

async fn read(
    mut lines: Lines,
    parser: &RowParser<'_>,
    lease: &mut HeldLease<'_>,
    report: &mut Report,
) -> Result<FirstPass, Stop> {
    let mut pass = FirstPass::default();
    while let Some(line) = next_line(&mut lines).await? {
        pass.take(&line, parser, report)?;
        lease.keep().await?;
    }
    Ok(pass)
}

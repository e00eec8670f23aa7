//! What use cases ask of the outside. One trait per capability, named after what it does, one method each.

mod clock;
mod derived;
mod error;
mod export;
mod feed_ledger;
mod feeds;
mod health;
mod items;
mod lease;
mod partners;
mod recruiters;
mod reference;
mod reports;
mod rows;
mod sketches;
mod views;

pub use clock::Clock;
pub use derived::{
    Derived, DerivedKey, DerivedKeyError, FindTrades, FindTrainings, MAX_TRAININGS_JSON, SchoolRole,
    TradesOf, TrainingsOf,
};
pub use error::PortError;
pub use export::{
    ExportItems, ExportManifest, GetExportManifest, Pieces, PutExport, PutExportManifest, SignExport,
};
pub use feed_ledger::{Family, FeedRef, Filed, Held, LEDGER_SHARDS, ListHeld, Listing};
pub use feeds::{Bytes, FeedObject, OpenError, OpenFeed};
pub use health::CheckHealth;
pub use items::{FindItem, Item};
pub use lease::{Lease, LeaseError, ReleaseLease, TakeLease};
pub use partners::{FindPartner, PutPartner};
pub use recruiters::{DepositRecruiter, Deposited, FindRecruiter};
pub use reference::LoadNafRomes;
pub use reports::{PutRejects, PutReport};
pub use rows::{Content, RowWrite, WithdrawRow, WriteError, WriteRow};
pub use sketches::{GetSketch, GetSketchParts, PutSketch, PutSketchPart};
pub use views::CountView;

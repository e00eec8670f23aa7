//! The names of the tables.

/// The three tables; what is in them is told by `infra/tables.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// Search rows.
    pub postings: String,
    /// Items by their id, ledgers of feeds, recruiters, partners.
    pub records: String,
    /// What is under way or passes: leases.
    pub ledger: String,
}

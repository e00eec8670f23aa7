//! The index: where a card is filed, and how the nearest ones are found again for a few microdollars.
//!
//! Pure functions, and two small executors over the [`port::Postings`] port. No AWS, no HTTP, no clock.
//!
//! - keys and rows: [`keys`], [`rank`], [`codec`]
//! - geometry: [`cell`] (quadtree of the geohash), [`circle`], [`cover`] (a ring as key ranges)
//! - density: [`sketch`] says how many rows to expect where
//! - a search: [`plan`] chooses a radius and its ranges, [`nearest`] and [`listed`] read them, [`merge`] ranks
//!
//! Invariants:
//! - **Exact**: an answer is final only when the cap is reached inside a completed radius, or the radius is.
//! - **Bounded**: at most [`nearest::MAX_ROUNDS`] rounds, at most [`plan::MAX_RANGES`] ranges per shelf of a ROME and source, at most
//!   [`port::MAX_IN_FLIGHT`] calls in flight, at most [`read::MAX_ROWS`] rows per source. A search that would
//!   need more is refused with an error that says so; it is never answered in part without saying it.
//! - A stale sketch costs money, never a wrong answer.

pub mod cell;
pub mod circle;
pub mod codec;
pub mod cover;
pub mod keys;
pub mod listed;
pub mod merge;
pub mod nearest;
pub mod plan;
pub mod port;
pub mod rank;
pub mod read;
pub mod sketch;

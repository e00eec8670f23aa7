//! What every HTTP handler needs: read a request, refuse a bad one with every reason, answer in the exact JSON
//! of the public contract.
//!
//! It knows API Gateway's proxy format as JSON, and no more: no AWS crate, no Lambda, no clock, no store.
//!
//! - [`request`]: the request, from the event; odd input becomes a [`request::BadRequest`], never a panic
//! - [`response`]: the answer, to the event, with the headers that every answer carries
//! - [`errors`]: the one place where a failure becomes an HTTP answer
//! - [`jobs_query`]: the parameters of `GET /v1/jobs`; [`detail_query`]: those of the detail routes
//! - [`links_request`] and [`links_answer`]: the bodies of `/traininglinks`; [`trades_answer`]: trades, by their labels
//! - [`items`]: one search result as partners read it; [`jobs_answer`], [`detail_answer`] and
//!   [`service_answer`]: the bodies they are put in
//! - [`openapi`]: what of all this the OpenAPI document says
//!
//! Invariants:
//! - Whatever the caller sends is answered with 2xx or 4xx. A 5xx is always our own failure, and shows none
//!   of its details.
//! - Every message of a refused request is given at once.
//! - No key value, address or name reaches a `Debug` output of [`request::Request`].

pub mod detail_answer;
pub mod detail_query;
pub mod errors;
pub mod items;
pub mod jobs_answer;
pub mod jobs_query;
pub mod links_answer;
pub mod links_request;
pub mod openapi;
pub mod request;
pub mod response;
pub mod service_answer;
pub mod trades_answer;

//! What every HTTP handler needs: read a request, refuse a bad one with every reason, answer in the exact JSON
//! of the public contract.
//!
//! It knows API Gateway's proxy format as JSON, and no more: no AWS crate, no Lambda, no clock, no store.
//!
//! - [`request`]: the request, from the event; odd input becomes a [`request::BadRequest`], never a panic
//! - [`response`]: the answer, to the event, with the headers that every answer carries
//! - [`errors`]: the one place where a failure becomes an HTTP answer
//! - [`search_query`]: the parameters of `GET /v1/jobs`; [`detail_query`]: those of the detail routes
//! - [`accept`]: which form of an answer is asked; [`job_posting`]: offers in the words of schema.org
//! - [`deposit_request`]: the bodies of deposits; [`mail_webhook`]: what mail providers tell; [`link_page`]: the pages of
//!   links in mails; [`delegations_answer`]: the CFAs that an offer may be delegated to
//! - [`accounts_query`] and [`accounts_answer`]: accounts that wait for their validation
//! - [`links_request`] and [`links_answer`]: the bodies of `/traininglinks`
//! - [`items`]: one search result as partners read it; [`search_answer`], [`detail_answer`], [`export_answer`] and
//!   [`service_answer`]: the bodies they are put in
//! - [`offers_answer`], [`publication_answer`], [`recruiters_query`] and [`recruiters_answer`]: what became of many offers, or
//!   of one, and a partner's own establishments
//! - [`rdv_request`] and [`rdv_answer`]: links to the form by which somebody asks for an appointment
//! - [`published_query`] and [`published_answer`]: offers as other job boards take them over
//! - [`metiers_query`] and [`metiers_answer`]: parameters and bodies of the routes of métiers and trades
//! - [`openapi`]: what of all this the OpenAPI document says
//!
//! Invariants:
//! - Whatever the caller sends is answered with 2xx or 4xx. A 5xx is always our own failure, and shows none
//!   of its details.
//! - Every message of a refused request is given at once.
//! - No key value, address or name reaches a `Debug` output of [`request::Request`].

pub mod accept;
pub mod accounts_answer;
pub mod accounts_query;
pub mod answer_request;
pub mod application_request;
pub mod applications_answer;
pub mod applications_query;
mod body;
pub mod cursor;
pub mod delegations_answer;
pub mod deposit_request;
pub mod detail_answer;
pub mod detail_query;
pub mod errors;
pub mod export_answer;
mod header;
pub mod items;
pub mod job_posting;
pub mod link_page;
pub mod links_answer;
pub mod links_request;
pub mod mail_webhook;
pub mod metiers_answer;
pub mod metiers_query;
pub mod offers_answer;
pub mod openapi;
pub mod publication_answer;
pub mod published_answer;
pub mod published_query;
pub mod rdv_answer;
pub mod rdv_request;
pub mod recruiters_answer;
pub mod recruiters_query;
pub mod request;
pub mod response;
pub mod search_answer;
pub mod search_query;
pub mod search_writer;
pub mod service_answer;
pub mod unsubscribe_request;

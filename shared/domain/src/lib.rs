//! The words of the field, as types: what a SIRET, a ROME code, a training or an offer *is*.
//!
//! It is pure: no AWS, no HTTP, no async runtime, no clock. A value that exists is valid; nothing past the
//! edge checks it again.
//!
//! - value types: [`siret`], [`siren`], [`rome`], [`rncp`], [`insee`], [`naf`], [`geo`], [`diploma`], [`cfd`], [`mef`],
//!   [`uai`], [`opco`], [`email`], [`date`], [`departement`], [`years`]; text as it sorts: [`fold`], characters that
//!   hide it: [`hidden`]
//! - the four things a search returns: [`company`], [`partner_offer`], [`matcha`], [`formation`], under one
//!   roof as a [`card::Card`]; the little of a training that lists keep: [`outline`];
//!   a school that offers may be delegated to: [`cfa`]
//! - a recruiter with its offers, as it is deposited: [`recruiter`]; what the register knows of its company,
//!   and which addresses are known to be its own: [`registry`]
//! - files of the feeds and their rows, parsed: [`feed`], [`rows`]; which trades an activity hires: [`naf_romes`]
//! - a deposited offer as other job boards take it: [`published`]
//! - an application, and what people type in it: [`application`], [`phone`]; the key of a person: [`person`]
//! - appointments with training centres: which trainings one may ask about, what their establishments decided, and those that
//!   were asked for: [`appointment`]
//! - who calls: [`partner`]; what is secret: [`seal`]; what a link in a mail may do: [`link`]
//! - what follows from a write: [`mail`]s that are due, domain [`event`]s; where a partner is told of those: [`webhook`]

pub mod application;
pub mod appointment;
pub mod card;
pub mod cfa;
pub mod cfd;
pub mod company;
pub mod date;
pub mod departement;
pub mod diploma;
pub mod email;
pub mod event;
pub mod feed;
pub mod fold;
pub mod formation;
pub mod geo;
pub mod hidden;
pub mod insee;
pub mod link;
pub mod mail;
pub mod matcha;
pub mod mef;
pub mod naf;
pub mod naf_romes;
pub mod opco;
pub mod outline;
pub mod partner;
pub mod partner_offer;
pub mod person;
pub mod phone;
pub mod place;
pub mod published;
pub mod recruiter;
pub mod registry;
pub mod rncp;
pub mod rome;
pub mod rome_domain;
pub mod rows;
pub mod seal;
pub mod siren;
pub mod siret;
pub mod source;
pub mod uai;
pub mod webhook;
pub mod years;

mod random_id;
mod rotation;
mod text_form;

//! Whole rows and whole recruiters, from the JSON of their sources to cards.

#![cfg(test)]
#![recursion_limit = "512"]

mod cfa_rows;
mod company_rows;
mod formation_rows;
mod life;
mod mails;
mod offer_rows;
mod published;
mod rdv_rows;
mod recruiters;
mod support;
mod value_json;

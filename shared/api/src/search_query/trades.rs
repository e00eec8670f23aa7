//! `romes`, `rncp` and `romeDomain`: exactly one of them.

use domain::rncp::RncpCode;
use domain::rome::{RomeError, Romes};
use domain::rome_domain::{RomeDomain, RomeDomainError};
use usecases::search::Trades;

use crate::errors::ApiError;
use crate::request::Request;

const BOTH: &str = "romes or rncp : You must specify either a rncp code or 1 or more rome codes.";

const DOMAIN_NONE: &str = "romes, romeDomain : You must define at least 1 rome code OR a single romeDomain.";
const DOMAIN_BOTH: &str = "romes, romeDomain : You must define either romes OR romeDomain, not both.";

/// `romes` or `rncp`. Where `any` trade will do, neither is needed.
pub(super) fn romes_or_rncp(request: &Request, any: bool, messages: &mut Vec<String>) -> Option<Trades> {
    match (request.query_value("romes"), request.query_value("rncp")) {
        (None, None) if any => Some(Trades::Any),
        (None, None) => {
            messages.push(RomeError::None.to_string());
            None
        }
        (Some(codes), None) => romes(&codes, messages).map(Trades::Romes),
        (None, Some(code)) => rncp(&code, messages).map(Trades::Rncp),
        (Some(codes), Some(code)) => {
            messages.push(BOTH.to_owned());
            romes(&codes, messages);
            rncp(&code, messages);
            None
        }
    }
}

/// `romes` or `romeDomain`. Where `any` trade will do, neither is needed.
pub(super) fn romes_or_domain(request: &Request, any: bool, messages: &mut Vec<String>) -> Option<Trades> {
    match (request.query_value("romes"), request.query_value("romeDomain")) {
        (None, None) if any => Some(Trades::Any),
        (None, None) => {
            messages.push(DOMAIN_NONE.to_owned());
            None
        }
        (Some(codes), None) => romes(&codes, messages).map(Trades::Romes),
        (None, Some(text)) => domain(&text, messages).map(Trades::Domain),
        (Some(codes), Some(text)) => {
            messages.push(DOMAIN_BOTH.to_owned());
            romes(&codes, messages);
            domain(&text, messages);
            None
        }
    }
}

/// The answer to a well-formed code that leads to no trade.
pub fn unknown_rncp(code: &RncpCode) -> ApiError {
    ApiError::WrongParameters(vec![format!(
        "rncp : Rncp code not recognized. Please check that it exists. ({code})"
    )])
}

fn romes(codes: &str, messages: &mut Vec<String>) -> Option<Romes> {
    match Romes::from_csv(codes) {
        Ok(romes) => Some(romes),
        Err(errors) => {
            messages.extend(errors.iter().map(ToString::to_string));
            None
        }
    }
}

fn rncp(code: &str, messages: &mut Vec<String>) -> Option<RncpCode> {
    code.parse().map_err(|error: domain::rncp::RncpError| messages.push(error.to_string())).ok()
}

fn domain(text: &str, messages: &mut Vec<String>) -> Option<RomeDomain> {
    text.parse().map_err(|error: RomeDomainError| messages.push(error.to_string())).ok()
}

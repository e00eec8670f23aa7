//! `romes` and `rncp`: exactly one of them.

use domain::rncp::RncpCode;
use domain::rome::{RomeError, Romes};
use usecases::search_jobs::Trades;

use crate::errors::ApiError;
use crate::request::Request;

const BOTH: &str = "romes or rncp : You must specify either a rncp code or 1 or more rome codes.";

pub(super) fn read(request: &Request, messages: &mut Vec<String>) -> Option<Trades> {
    match (request.query_value("romes"), request.query_value("rncp")) {
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

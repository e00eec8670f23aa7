//! Runs a route: one event in, one answer and one log line out.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use api::errors::ApiError;
use api::request::Request;
use api::response::{Cors, Facts, ProxyAnswer, Response};
use futures::FutureExt;
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::value::RawValue;
use usecases::partners::key_hash;
use usecases::ports::Clock;

use crate::clock::SystemClock;
use crate::environment::Environment;
use crate::{Error, telemetry};

/// Serves a route: `build` makes what every request shares, `handle` answers one.
pub async fn serve<C, B, H, F>(build: B, handle: H) -> Result<(), Error>
where
    C: Sync + 'static,
    B: AsyncFnOnce(Environment) -> Result<C, Error>,
    H: Fn(&'static C, Request) -> F + Copy,
    F: Future<Output = Result<Response, ApiError>>,
{
    telemetry::init();
    let context: &'static C = Box::leak(Box::new(build(Environment).await?));
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Box<RawValue>>| async move {
        let within = time_left(&event.context);
        let answer = respond(event.payload.get(), &event.context.request_id, within, |request| {
            handle(context, request)
        });
        Ok::<_, Error>(answer.await)
    }))
    .await
}

/// What is kept back of a function's time to write the answer, so that the caller gets ours and not the
/// gateway's.
const ANSWER_TIME: Duration = Duration::from_millis(300);

fn time_left(context: &lambda_runtime::Context) -> Duration {
    let now = u64::try_from(SystemClock.now().as_millisecond()).unwrap_or_default();
    Duration::from_millis(context.deadline.saturating_sub(now)).saturating_sub(ANSWER_TIME)
}

/// The text of what [`respond`] answers, so that a handler can be tried without Lambda.
pub async fn answer<H, F>(event: &str, invocation_id: &str, within: Duration, handle: H) -> String
where
    H: FnOnce(Request) -> F,
    F: Future<Output = Result<Response, ApiError>>,
{
    // Strings, a number and a boolean: there is nothing in it that JSON cannot hold.
    serde_json::to_string(&respond(event, invocation_id, within, handle).await).unwrap_or_default()
}

/// Answers one event, whatever it holds and whatever the handler does or fails to do within the time given. Lambda's
/// loop serialises the answer, which is the one copy that is made of the body.
async fn respond<H, F>(event: &str, invocation_id: &str, within: Duration, handle: H) -> ProxyAnswer
where
    H: FnOnce(Request) -> F,
    F: Future<Output = Result<Response, ApiError>>,
{
    let started = Instant::now();
    let (seen, outcome) = match Request::from_event(event) {
        Err(bad) => (Seen::of(&Request::glance(event), invocation_id), Err(bad.into())),
        Ok(request) => {
            let seen = Seen::of(&request, invocation_id);
            // The handler is called inside the guarded future, so that a panic before its first await counts too.
            let guarded = AssertUnwindSafe(async { handle(request).await }).catch_unwind();
            let outcome = match tokio::time::timeout(within, guarded).await {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(_)) => Err(ApiError::internal("the handler panicked")),
                Err(_) => Err(ApiError::TimedOut),
            };
            (seen, outcome)
        }
    };
    let error = outcome.as_ref().err().map(|error| (error.kind(), telemetry::chain(error)));
    let response = outcome.unwrap_or_else(|error| error.response(&seen.id));
    let mut response = response.revalidated(&seen.method, &seen.if_none_match);
    seen.log(&response, error, started);
    let origins = std::mem::take(&mut response.facts.origins);
    let cors = Cors { origin: seen.origin.as_deref(), own: None, partner: &origins };
    response.into_event(&seen.id, &cors)
}

/// What of a request outlives it, for its log line and headers.
struct Seen {
    id: String,
    method: String,
    route: String,
    key_id: Option<String>,
    origin: Option<String>,
    if_none_match: String,
}

impl Seen {
    fn of(request: &Request, invocation_id: &str) -> Self {
        let id = if request.request_id.is_empty() { invocation_id } else { &request.request_id };
        // The gateway's id of the key; where it gives none, the start of the key's hash tells keys apart.
        let hashed = || request.api_key().map(|key| key_hash(key).chars().take(12).collect());
        Self {
            id: id.to_owned(),
            method: request.method.clone(),
            route: request.route.clone(),
            key_id: request.api_key_id.clone().or_else(hashed),
            origin: request.header("origin").map(str::to_owned),
            if_none_match: request.header_list("if-none-match"),
        }
    }

    fn log(&self, response: &Response, error: Option<(&str, String)>, started: Instant) {
        let Facts { partner, caller, sources, results, search_cost, .. } = &response.facts;
        let cost = search_cost.unwrap_or_default();
        let millis = started.elapsed().as_secs_f64() * 1e3;
        let (kind, causes) = error.unzip();
        if response.status >= 500 {
            tracing::error!(request.id = self.id, error.kind = kind, error.causes = causes, "request failed");
        }
        tracing::info!(
            request.id = self.id,
            http.method = self.method,
            http.route = self.route,
            http.status = response.status,
            http.body_bytes = response.body.len(),
            key.id = self.key_id,
            partner = partner,
            caller = caller,
            sources = sources,
            results = results,
            search.calls = search_cost.map(|_| cost.calls),
            search.rows = search_cost.map(|_| cost.rows),
            search.rounds = search_cost.map(|_| cost.rounds),
            search.rru = search_cost.map(|_| cost.rru),
            error.kind = kind,
            duration_ms = millis,
            "request"
        );
    }
}

#[cfg(test)]
mod tests;

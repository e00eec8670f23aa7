//! Counts the calls of a store, by their kind: two answers that take the same calls take the same time. It also stands in
//! their way, for what must hold wherever a process is killed or held up.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;

/// The operations that a client called, in order.
#[derive(Debug, Clone, Default)]
pub struct Calls(Arc<Mutex<Vec<String>>>);

impl Calls {
    /// A client like `client` whose calls are told here.
    pub fn of(client: &Client) -> (Client, Self) {
        let calls = Self::default();
        let config = client.config().to_builder().interceptor(calls.clone()).build();
        (Client::from_conf(config), calls)
    }

    /// What was called since this was asked last.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Intercept for Calls {
    fn name(&self) -> &'static str {
        "Calls"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let target = context.request().headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(operation);
        Ok(())
    }
}

/// A client like `client`: after so many calls, each further one asks `gate` first whether it may leave, and waits for the
/// answer.
pub fn gated(
    client: &Client,
    calls: usize,
    gate: impl Fn() -> Result<(), BoxError> + Send + Sync + 'static,
) -> Client {
    let gated = Gated { free: Mutex::new(calls), gate: Box::new(gate) };
    Client::from_conf(client.config().to_builder().interceptor(gated).build())
}

struct Gated {
    /// Calls that are not asked for.
    free: Mutex<usize>,
    gate: Box<dyn Fn() -> Result<(), BoxError> + Send + Sync>,
}

impl fmt::Debug for Gated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gated").finish_non_exhaustive()
    }
}

impl Intercept for Gated {
    fn name(&self) -> &'static str {
        "Gated"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        {
            let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(rest) = free.checked_sub(1) {
                *free = rest;
                return Ok(());
            }
        }
        (self.gate)()
    }
}

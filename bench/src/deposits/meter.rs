//! What calls of the store cost, by an interceptor of the client: every attempt counts, the client's own retries too.
//!
//! Consumed units are what the store answers when it is asked for them. A call that it refuses is billed as well, and
//! answers no figure: for those the units are computed of what was [`Planned`], and kept apart.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsError, TransactWriteItemsInput, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, Error, FinalizerInterceptorContextRef, Output,
};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;

use super::planned::Planned;
use super::spent::Spent;

/// Counts what goes through the clients that it is given to. Clones count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meter(Arc<Mutex<Spent>>);

impl Meter {
    /// What was spent so far.
    pub(crate) fn spent(&self) -> Spent {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, spent: Spent) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *all = *all + spent;
    }
}

impl Intercept for Meter {
    fn name(&self) -> &'static str {
        "Meter"
    }

    /// Asks for the consumed capacity, which the deployed code has no use for.
    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let total = Some(ReturnConsumedCapacity::Total);
        let input = context.input_mut();
        if let Some(get) = input.downcast_mut::<GetItemInput>() {
            get.return_consumed_capacity = total;
        } else if let Some(query) = input.downcast_mut::<QueryInput>() {
            query.return_consumed_capacity = total;
        } else if let Some(put) = input.downcast_mut::<PutItemInput>() {
            put.return_consumed_capacity = total;
            cfg.interceptor_state().store_put(Planned::put(put.item()));
        } else if let Some(delete) = input.downcast_mut::<DeleteItemInput>() {
            delete.return_consumed_capacity = total;
        } else if let Some(write) = input.downcast_mut::<TransactWriteItemsInput>() {
            write.return_consumed_capacity = total;
            cfg.interceptor_state().store_put(Planned::transaction(write.transact_items()));
        }
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match context.output_or_error() {
            Some(Ok(output)) => self.add(consumed(output)),
            Some(Err(error)) => self.add(refused(cfg.load::<Planned>(), error)),
            None => {}
        }
        Ok(())
    }
}

/// What a call that was done has cost.
fn consumed(output: &Output) -> Spent {
    let units = |capacity: Option<&ConsumedCapacity>| {
        capacity.and_then(ConsumedCapacity::capacity_units).unwrap_or_default()
    };
    if let Some(get) = output.downcast_ref::<GetItemOutput>() {
        return Spent { reads: 1, rru: units(get.consumed_capacity()), ..Spent::default() };
    }
    if let Some(query) = output.downcast_ref::<QueryOutput>() {
        return Spent { reads: 1, rru: units(query.consumed_capacity()), ..Spent::default() };
    }
    if let Some(put) = output.downcast_ref::<PutItemOutput>() {
        return Spent { writes: 1, wru: units(put.consumed_capacity()), ..Spent::default() };
    }
    if let Some(delete) = output.downcast_ref::<DeleteItemOutput>() {
        return Spent { writes: 1, wru: units(delete.consumed_capacity()), ..Spent::default() };
    }
    if let Some(write) = output.downcast_ref::<TransactWriteItemsOutput>() {
        let wru = write.consumed_capacity().iter().filter_map(ConsumedCapacity::capacity_units).sum();
        return Spent { transactions: 1, wru, ..Spent::default() };
    }
    Spent::default()
}

/// What a call that was not done has cost, and why it was not.
fn refused(planned: Option<&Planned>, error: &OrchestratorError<Error>) -> Spent {
    let Some(planned) = planned else { return Spent { reads: 1, failed: 1, ..Spent::default() } };
    let error = error.as_operation_error();
    let is_conditional = |error: &Error| {
        matches!(error.downcast_ref(), Some(PutItemError::ConditionalCheckFailedException(_)))
    };
    if error.is_some_and(is_conditional) {
        return planned.not_put();
    }
    match error.and_then(|error| error.downcast_ref()) {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            planned.cancelled(cancelled.cancellation_reasons())
        }
        _ => Spent { transactions: 1, failed: 1, ..Spent::default() },
    }
}

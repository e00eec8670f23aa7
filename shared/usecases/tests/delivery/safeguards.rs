//! Each safeguard, left out: some schedule must break the invariant that it keeps. What may be left out without harm
//! is told as well, so that nobody relies on it.

use crate::campaign::{broken, first_broken};
use crate::without::Without;

const SEEDS: u64 = 2_000;

fn breaks(invariant: u8, without: Without) {
    let (_, violation) = first_broken(without, SEEDS).expect("no schedule misses it");
    assert_eq!(violation.invariant, invariant, "{violation}");
}

fn breaks_nothing(without: Without) {
    assert!(first_broken(without, SEEDS).is_none(), "{without:?} was thought to be harmless");
}

#[test]
fn without_the_sweeper_what_the_stream_lost_is_never_done() {
    breaks(2, Without::Sweeper);
}

#[test]
fn without_the_revision_when_it_is_taken_a_mail_leaves_twice() {
    breaks(4, Without::RevisionOfTake);
}

#[test]
fn without_the_revision_when_it_is_settled_a_mail_that_was_sent_is_so_no_more() {
    breaks(2, Without::RevisionOfSettle);
}

#[test]
fn without_a_new_revision_when_it_is_confirmed_a_mail_that_was_sent_is_so_no_more() {
    breaks(2, Without::RevisionOfConfirm);
}

#[test]
fn without_the_lease_two_senders_send_the_same_mail() {
    breaks(4, Without::Lease);
}

#[test]
fn without_the_unknown_state_a_mail_leaves_twice_and_nobody_knows() {
    breaks(4, Without::UnknownState);
}

#[test]
fn without_a_trace_before_the_call_a_mail_leaves_twice() {
    breaks(4, Without::LedgerBeforeCall);
}

#[test]
fn without_the_check_of_suppression_a_mail_leaves_for_a_suppressed_address() {
    breaks(5, Without::SuppressionCheck);
}

#[test]
fn without_one_step_for_taking_and_checking_a_suppression_comes_between() {
    breaks(5, Without::SuppressionInSameStep);
}

#[test]
fn without_the_guard_of_its_completion_a_request_has_two_effects() {
    breaks(1, Without::CompletionGuard);
}

#[test]
fn without_claims_that_spare_answers_a_request_has_two_effects() {
    breaks(1, Without::ClaimSparesAnswers);
}

#[test]
fn without_claims_that_lapse_a_client_is_never_answered() {
    breaks(2, Without::ClaimLapses);
}

#[test]
fn without_releases_that_spare_answers_a_request_has_two_effects() {
    breaks(1, Without::ReleaseSparesAnswers);
}

#[test]
fn without_one_transaction_a_mail_leaves_that_nobody_caused() {
    breaks(3, Without::OneTransaction);
}

#[test]
fn without_an_outbox_that_keeps_mails_until_they_are_settled_mails_are_lost() {
    breaks(2, Without::OutboxUntilSettled);
}

#[test]
fn without_an_outbox_that_keeps_events_until_they_are_published_events_are_lost() {
    breaks(2, Without::OutboxUntilPublished);
}

#[test]
fn a_client_of_the_provider_that_tries_again_by_itself_sends_twice() {
    breaks(4, Without::HandOverOnce);
}

#[test]
fn without_the_word_of_the_provider_a_mail_of_unknown_fate_leaves_twice() {
    breaks(4, Without::WordOfProvider);
}

#[test]
fn without_the_stream_everything_is_done_all_the_same() {
    breaks_nothing(Without::Stream);
}

#[test]
fn without_a_second_delivery_by_the_queue_everything_is_done_all_the_same() {
    breaks_nothing(Without::Redelivery);
}

#[test]
fn claims_that_overlap_cost_work_and_break_nothing() {
    breaks_nothing(Without::ClaimSparesWork);
}

#[test]
#[ignore = "prints in how many schedules each is missed"]
fn how_often_each_safeguard_is_missed() {
    for without in Without::ALL {
        println!("{without:?}: {} of {SEEDS}", broken(without, SEEDS));
    }
}

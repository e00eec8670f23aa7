//! Which trainings are open, to whom, and what is due when.

use jiff::civil::{Date, date};

use super::calendar::{Has, Step, apply, due};
use super::*;
use crate::mail::address_hash;
use crate::seal::ContactCipher;

const ALL: Has<'_> =
    Has { address: Some("one"), stoppable: true, training: true, parcoursup: true, affelnet: true };
const ONLY: Has<'_> = Has { parcoursup: false, affelnet: false, ..ALL };

fn eligibility() -> Eligibility {
    let cipher = ContactCipher::new(&"fake".repeat(10)).unwrap();
    let email = "rdv@cfa-invente.invalid".parse().unwrap();
    let training = RdvTraining {
        id: "088281P01313885594860007038855948600070-67118#L01".to_owned(),
        title: "BOULANGER (CAP)".to_owned(),
        cfd: None,
        id_rco_formation: None,
        parcoursup_id: None,
        is_affelnet: false,
        street: None,
        zip: None,
        city: None,
        departement: None,
        trainer: None,
        trainer_name: "CFA INVENTE".to_owned(),
        manager: None,
        email: Some((cipher.seal(&email, "088281P0"), address_hash(&email))),
    };
    Eligibility { training, consent: Consent::default(), decision: Decision::default() }
}

fn open_to(eligibility: &Eligibility) -> Vec<Referrer> {
    Referrer::ALL.into_iter().filter(|referrer| eligibility.is_open_to(*referrer)).collect()
}

/// Does what is due on each of these days, and tells what it was.
fn walk(consent: &mut Consent, has: Has<'_>, from: Date, to: Date) -> Vec<(Date, Step)> {
    let mut done = Vec::new();
    let mut today = from;
    while today <= to {
        for step in due(consent, has, today) {
            apply(consent, step, has, today);
            done.push((today, step));
        }
        today = today.tomorrow().unwrap();
    }
    done
}

#[test]
fn a_referrer_is_read_back_from_its_word() {
    for referrer in Referrer::ALL {
        assert_eq!(referrer.as_str().parse(), Ok(referrer));
        assert_eq!(serde_json::to_value(referrer).unwrap(), referrer.as_str());
    }
    assert_eq!("pfr_pays_de_la_loire".parse::<Referrer>(), Err(UnknownReferrer));
}

#[test]
fn a_training_is_open_to_the_sites_that_its_establishment_is_open_to() {
    let mut training = eligibility();
    assert_eq!(open_to(&training), []);
    let today = date(2026, 2, 1);
    training.consent.optout.activated = Some(today);
    let others = [Referrer::Lba, Referrer::Onisep, Referrer::Jeune1Solution];
    assert_eq!(open_to(&training), others);
    training.consent.accept(Premium::Parcoursup, today);
    training.consent.refuse_optout(today);
    assert_eq!(open_to(&training), [Referrer::Parcoursup]);
    training.consent.accept(Premium::Affelnet, today);
    training.consent.refuse(Premium::Parcoursup, today);
    assert_eq!(open_to(&training), [Referrer::Affelnet]);
}

#[test]
fn it_is_closed_without_an_address_and_where_it_was_closed_by_itself() {
    let mut training = eligibility();
    training.consent.optout.activated = Some(date(2026, 2, 1));
    let known = training.training.email.take();
    assert_eq!(open_to(&training), []);
    training.decision.email = known;
    assert_eq!(open_to(&training).len(), 3);
    training.decision.is_closed = true;
    assert_eq!(open_to(&training), []);
}

#[test]
fn the_address_set_by_hand_is_the_one_that_counts() {
    let mut training = eligibility();
    let (sealed, _) = training.training.email.clone().unwrap();
    training.decision.email = Some((sealed, "by hand".to_owned()));
    assert_eq!(training.address().unwrap().1, "by hand");
}

#[test]
fn an_establishment_is_invited_and_activated_fifteen_days_later() {
    let mut consent = Consent::default();
    let done = walk(&mut consent, ONLY, date(2026, 9, 1), date(2026, 12, 31));
    assert_eq!(done, [(date(2026, 9, 1), Step::InviteOptOut), (date(2026, 9, 16), Step::ActivateOptOut)]);
    assert!(consent.is_open_to(Referrer::Lba));
}

#[test]
fn one_that_refused_is_never_activated_nor_invited_again() {
    let mut consent = Consent::default();
    walk(&mut consent, ONLY, date(2026, 9, 1), date(2026, 9, 10));
    consent.refuse_optout(date(2026, 9, 11));
    assert_eq!(walk(&mut consent, ONLY, date(2026, 9, 11), date(2028, 9, 11)), []);
    assert!(!consent.is_open_to(Referrer::Lba));
}

#[test]
fn one_without_a_training_that_can_be_asked_about_is_left_alone() {
    let mut consent = Consent::default();
    assert_eq!(walk(&mut consent, Has::default(), date(2026, 1, 1), date(2027, 12, 31)), []);
}

#[test]
fn a_night_that_fell_out_is_made_good_and_a_second_run_does_nothing() {
    let mut consent = Consent::default();
    walk(&mut consent, ONLY, date(2026, 9, 1), date(2026, 9, 1));
    let late = date(2026, 9, 30);
    assert_eq!(due(&consent, ONLY, late), [Step::ActivateOptOut]);
    apply(&mut consent, Step::ActivateOptOut, ONLY, late);
    assert_eq!(due(&consent, ONLY, late), []);
}

#[test]
fn whoever_was_never_reached_is_invited_anew_and_has_fifteen_days_of_its_own() {
    let mut consent = Consent::default();
    walk(&mut consent, ONLY, date(2026, 9, 1), date(2026, 9, 5));
    let bounced = Has { address: None, stoppable: false, ..ONLY };
    let done = walk(&mut consent, bounced, date(2026, 9, 6), date(2026, 9, 30));
    assert_eq!(done, [(date(2026, 9, 6), Step::TakeBackOptOut)]);
    let done = walk(&mut consent, ONLY, date(2026, 10, 1), date(2026, 12, 31));
    assert_eq!(done, [(date(2026, 10, 1), Step::InviteOptOut), (date(2026, 10, 16), Step::ActivateOptOut)]);
    assert_eq!(
        walk(&mut consent, bounced, date(2027, 1, 1), date(2027, 12, 31)),
        [],
        "what is open stays so"
    );
}

#[test]
fn whoever_has_the_next_address_is_told_even_where_the_first_one_was_replaced_before_anybody_looked() {
    let mut consent = Consent::default();
    walk(&mut consent, ONLY, date(2026, 9, 1), date(2026, 9, 5));
    let next = Has { address: Some("another"), ..ONLY };
    let done = walk(&mut consent, next, date(2026, 9, 6), date(2026, 12, 31));
    let wanted = [
        (date(2026, 9, 6), Step::TakeBackOptOut),
        (date(2026, 9, 7), Step::InviteOptOut),
        (date(2026, 9, 22), Step::ActivateOptOut),
    ];
    assert_eq!(done, wanted);
    assert_eq!(walk(&mut consent, ONLY, date(2027, 1, 1), date(2027, 12, 31)), [], "what is open stays so");
}

/// What was done of a premium.
fn of(premium: Premium, done: &[(Date, Step)]) -> Vec<(Date, Step)> {
    let own = |step: &Step| match step {
        Step::InvitePremium(of)
        | Step::FollowUpPremium(of)
        | Step::RemindPremium(of)
        | Step::EndSeason(of) => *of == premium,
        Step::InviteOptOut | Step::ActivateOptOut | Step::TakeBackOptOut => false,
    };
    done.iter().filter(|(_, step)| own(step)).copied().collect()
}

fn without_optout() -> Consent {
    let mut consent = Consent::default();
    consent.optout.refused = Some(date(2025, 12, 1));
    consent
}

#[test]
fn a_premium_is_asked_twice_in_each_season_of_whoever_says_nothing() {
    let mut consent = without_optout();
    let done = walk(&mut consent, ALL, date(2025, 12, 1), date(2027, 1, 31));
    for premium in Premium::ALL {
        assert_eq!(
            of(premium, &done),
            [
                (date(2026, 1, 8), Step::InvitePremium(premium)),
                (date(2026, 1, 18), Step::FollowUpPremium(premium)),
                (date(2026, 11, 20), Step::EndSeason(premium)),
                (date(2027, 1, 8), Step::InvitePremium(premium)),
                (date(2027, 1, 18), Step::FollowUpPremium(premium)),
            ]
        );
    }
}

#[test]
fn whoever_accepted_is_reminded_of_it_once_a_year_when_its_platform_opens() {
    let mut consent = without_optout();
    walk(&mut consent, ALL, date(2026, 1, 8), date(2026, 1, 8));
    for premium in Premium::ALL {
        consent.accept(premium, date(2026, 1, 9));
    }
    let done = walk(&mut consent, ALL, date(2026, 1, 9), date(2028, 3, 31));
    let (parcoursup, affelnet) = (Premium::Parcoursup, Premium::Affelnet);
    assert_eq!(
        of(parcoursup, &done),
        [
            (date(2026, 11, 20), Step::EndSeason(parcoursup)),
            (date(2027, 1, 8), Step::RemindPremium(parcoursup)),
            (date(2027, 11, 20), Step::EndSeason(parcoursup)),
            (date(2028, 1, 8), Step::RemindPremium(parcoursup)),
        ]
    );
    assert_eq!(
        of(affelnet, &done),
        [
            (date(2026, 3, 23), Step::RemindPremium(affelnet)),
            (date(2026, 11, 20), Step::EndSeason(affelnet)),
            (date(2027, 3, 23), Step::RemindPremium(affelnet)),
            (date(2027, 11, 20), Step::EndSeason(affelnet)),
            (date(2028, 3, 23), Step::RemindPremium(affelnet)),
        ]
    );
    assert!(consent.is_open_to(Referrer::Parcoursup) && consent.is_open_to(Referrer::Affelnet));
}

#[test]
fn a_reminder_is_made_good_for_thirty_days() {
    let mut consent = without_optout();
    consent.accept(Premium::Affelnet, date(2026, 2, 1));
    let affelnet = Has { parcoursup: false, ..ALL };
    for (today, steps) in [
        (date(2026, 3, 22), vec![]),
        (date(2026, 4, 21), vec![Step::RemindPremium(Premium::Affelnet)]),
        (date(2026, 4, 22), vec![]),
    ] {
        assert_eq!(due(&consent, affelnet, today), steps, "{today}");
    }
}

#[test]
fn a_refusal_lasts_for_the_season() {
    let mut consent = without_optout();
    let affelnet = Has { parcoursup: false, ..ALL };
    walk(&mut consent, affelnet, date(2026, 1, 8), date(2026, 1, 8));
    consent.accept(Premium::Affelnet, date(2026, 1, 9));
    consent.refuse(Premium::Affelnet, date(2026, 1, 10));
    let done = walk(&mut consent, affelnet, date(2026, 1, 10), date(2027, 1, 31));
    assert_eq!(
        done,
        [
            (date(2026, 11, 20), Step::EndSeason(Premium::Affelnet)),
            (date(2027, 1, 8), Step::InvitePremium(Premium::Affelnet)),
            (date(2027, 1, 18), Step::FollowUpPremium(Premium::Affelnet)),
        ]
    );
}

#[test]
fn invitations_leave_in_their_months_only_and_follow_ups_ten_days_later() {
    let mut consent = without_optout();
    assert_eq!(walk(&mut consent, ALL, date(2026, 9, 1), date(2027, 1, 7)), []);
    let parcoursup = Has { affelnet: false, ..ALL };
    let late = walk(&mut consent, parcoursup, date(2027, 8, 31), date(2027, 12, 31));
    assert_eq!(
        late,
        [
            (date(2027, 8, 31), Step::InvitePremium(Premium::Parcoursup)),
            (date(2027, 9, 10), Step::FollowUpPremium(Premium::Parcoursup)),
            (date(2027, 11, 20), Step::EndSeason(Premium::Parcoursup)),
        ]
    );
}

#[test]
fn nothing_is_due_that_nobody_could_be_told() {
    let mut consent = without_optout();
    let unreached = Has { address: None, stoppable: false, ..ALL };
    assert_eq!(walk(&mut consent, unreached, date(2026, 1, 1), date(2026, 12, 31)), []);
    consent.refuse(Premium::Parcoursup, date(2026, 5, 1));
    let done = walk(&mut consent, unreached, date(2026, 5, 1), date(2026, 12, 31));
    assert_eq!(done, [(date(2026, 11, 20), Step::EndSeason(Premium::Parcoursup))]);
}

#[test]
fn whoever_unsubscribed_is_told_of_requests_all_the_same_and_asked_about_no_premium() {
    let unsubscribed = Has { stoppable: false, ..ALL };
    let mut consent = Consent::default();
    let done = walk(&mut consent, unsubscribed, date(2027, 1, 8), date(2027, 12, 31));
    assert_eq!(done, [(date(2027, 1, 8), Step::InviteOptOut), (date(2027, 1, 23), Step::ActivateOptOut)]);
}

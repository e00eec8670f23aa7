//! Which trainings are open, to whom, and what is due when.

use jiff::civil::{Date, date};

use super::calendar::{Has, Step, apply, due};
use super::*;
use crate::mail::address_hash;
use crate::seal::ContactCipher;

const ALL: Has = Has { training: true, parcoursup: true, affelnet: true };
const ONLY: Has = Has { training: true, parcoursup: false, affelnet: false };

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
fn walk(consent: &mut Consent, has: Has, from: Date, to: Date) -> Vec<(Date, Step)> {
    let mut done = Vec::new();
    let mut today = from;
    while today <= to {
        for step in due(consent, has, today) {
            apply(consent, step, today);
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
    apply(&mut consent, Step::ActivateOptOut, late);
    assert_eq!(due(&consent, ONLY, late), []);
}

#[test]
fn a_premium_is_asked_in_its_season_twice_and_reminded_once() {
    let mut consent = Consent::default();
    consent.optout.refused = Some(date(2025, 12, 1));
    let done = walk(&mut consent, ALL, date(2025, 12, 1), date(2026, 12, 31));
    let of = |premium: Premium| {
        let own = |step: &Step| match step {
            Step::InvitePremium(of)
            | Step::FollowUpPremium(of)
            | Step::RemindPremium(of)
            | Step::EndSeason(of) => *of == premium,
            _ => false,
        };
        done.iter().filter(|(_, step)| own(step)).copied().collect::<Vec<_>>()
    };
    for premium in Premium::ALL {
        assert_eq!(
            of(premium),
            [
                (date(2026, 1, 8), Step::InvitePremium(premium)),
                (date(2026, 1, 18), Step::FollowUpPremium(premium)),
                (date(2026, 3, 23), Step::RemindPremium(premium)),
                (date(2026, 11, 20), Step::EndSeason(premium)),
            ]
        );
    }
}

#[test]
fn whoever_accepted_or_refused_is_asked_no_more_and_a_refusal_lasts_for_the_season() {
    let mut consent = Consent::default();
    consent.optout.refused = Some(date(2025, 12, 1));
    walk(&mut consent, ALL, date(2026, 1, 8), date(2026, 1, 8));
    consent.accept(Premium::Parcoursup, date(2026, 1, 9));
    consent.refuse(Premium::Affelnet, date(2026, 1, 9));
    let done = walk(&mut consent, ALL, date(2026, 1, 9), date(2027, 1, 31));
    assert_eq!(
        done,
        [
            (date(2026, 11, 20), Step::EndSeason(Premium::Parcoursup)),
            (date(2026, 11, 20), Step::EndSeason(Premium::Affelnet)),
            (date(2027, 1, 8), Step::InvitePremium(Premium::Affelnet)),
            (date(2027, 1, 18), Step::FollowUpPremium(Premium::Affelnet)),
        ]
    );
    assert!(consent.is_open_to(Referrer::Parcoursup), "an acceptance lasts");
}

#[test]
fn no_invitation_leaves_out_of_season() {
    let mut consent = Consent::default();
    consent.optout.refused = Some(date(2025, 12, 1));
    assert_eq!(walk(&mut consent, ALL, date(2026, 9, 1), date(2027, 1, 7)), []);
    let late = walk(&mut consent, ALL, date(2027, 8, 25), date(2027, 12, 31));
    let invited = (date(2027, 8, 25), Step::InvitePremium(Premium::Parcoursup));
    assert_eq!(late.first(), Some(&invited));
    assert!(late.iter().all(|(_, step)| !matches!(step, Step::FollowUpPremium(_) | Step::RemindPremium(_))));
}

//! What partners ask by day: establishments, offers, and what becomes of them.

use usecases::deposit::{
    ChangeError, ChangeOffer, ChosenCfa, CreateEstablishment, Deposit, DepositError, DepositOffer,
    EstablishmentError, JobFields, JobPatch, NewEstablishment, Notice, Turn, Workplace,
};
use usecases::once::OnceError;

use crate::model::{Account, Recruiter, cfa_email, cfa_siret};
use crate::recorder::Fault;
use crate::world::{CFAS, Register, TRADES, World, asked};

/// What is asked of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    Edit,
    Extend,
    Fill,
    Cancel,
    Delegate,
}

impl World {
    pub(crate) async fn create(&mut self) {
        let number = self.state.recruiters.len() as u32 + 1;
        let partner = self.dice.below(3);
        // Now and then for an address that is, or was, another account's.
        let known = self.dice.any(&self.state.recruiters).filter(|_| self.dice.chance(200));
        let email = known.map_or_else(|| format!("rh{number}@exemple.invalid"), |known| known.email);
        let is_taken = self
            .state
            .recruiters
            .iter()
            .any(|known| known.email == email && known.account != Account::Closed);
        let new = NewEstablishment {
            siret: testkit::siret(number).parse().unwrap(),
            first_name: "Aucune".to_owned(),
            last_name: "PERSONNE".to_owned(),
            phone: None,
            email: email.parse().unwrap(),
            idcc: None,
            origin: None,
            cfa: None,
        };
        let create = CreateEstablishment {
            once: self.once(),
            companies: &Register,
            addresses: &Register,
            // The first partner vouches for its establishments; accounts of the others wait.
            partner_vouches: partner == 0,
            create: &self.recruiters,
        };
        let key = format!("create-{number}-{}", self.now());
        match create.run(asked(partner, "create-establishment", Some(&key)), &new).await {
            Ok(answered) => {
                assert!(!is_taken, "an address that is another account's");
                let answer: serde_json::Value = serde_json::from_str(&answered.answer.body).unwrap();
                self.report.created += 1;
                self.state.recruiters.push(Recruiter {
                    id: answer["establishment_id"].as_str().unwrap().to_owned(),
                    partner,
                    email,
                    account: if partner == 0 { Account::Open } else { Account::Waiting },
                    opco: number as usize % 3,
                    since: self.now(),
                    offers: Vec::new(),
                });
            }
            Err(OnceError::Work(EstablishmentError::EmailTaken)) => assert!(is_taken),
            Err(error) => panic!("{error:?}"),
        }
    }

    pub(crate) async fn deposit(&mut self) {
        let any = self.dice.chance(30);
        let is_open = |who: &usize| any || self.state.recruiters[*who].account != Account::Closed;
        let open: Vec<usize> = (0..self.state.recruiters.len()).filter(is_open).collect();
        let Some(who) = self.dice.any(&open) else { return };
        let recruiter = &self.state.recruiters[who];
        let (id, partner, account) = (recruiter.id.clone(), recruiter.partner, recruiter.account);
        let (trade, duration) = (self.dice.below(TRADES.len()), 6 + self.dice.below(31) as u32);
        let fields = fields(trade, duration, self.now());
        let deposit =
            Deposit { establishment_id: &id, fields: &fields, reference: None, notice: Notice::Alone };
        self.state.requests += 1;
        let key = format!("deposit-{}", self.state.requests);
        let asked = asked(partner, "deposit-offer", Some(&key));
        // Some answers are lost, and some clients ask twice in any case: the same key has one effect.
        let (lost, twice) = (self.dice.chance(60), self.dice.chance(60));
        let use_case = DepositOffer { once: self.once(), desk: self.desk() };
        let fault = if lost { Fault::Lose } else { Fault::None };
        let mut answered = self.recorder.under(fault, Box::pin(use_case.run(asked, deposit))).await.unwrap();
        if account == Account::Closed {
            assert!(matches!(answered, Err(OnceError::Work(DepositError::Archived))), "{answered:?}");
            self.told(Vec::new());
            return;
        }
        if lost {
            assert!(answered.is_err(), "an answer that was lost");
        }
        if lost || twice {
            answered = use_case.run(asked, deposit).await;
            assert!(answered.as_ref().unwrap().replayed);
        }
        let answer: serde_json::Value = serde_json::from_str(&answered.unwrap().answer.body).unwrap();
        let offer = answer["jobs"].as_array().unwrap().last().unwrap()["_id"].as_str().unwrap().to_owned();
        self.report.deposited += 1;
        let now = self.now();
        let words = self.state.recruiters[who].deposit(&offer, trade, duration, now);
        self.state.touched.insert(who);
        self.told(words);
    }

    pub(crate) async fn wish(&mut self, wish: Wish) {
        let Some((who, at)) = self.some_offer() else { return };
        let duration = self.dice.chance(700).then(|| 6 + self.dice.below(31) as u32);
        let elsewhere = wish == Wish::Edit && self.dice.chance(400);
        let cfas: Vec<usize> = (0..CFAS).filter(|_| self.dice.chance(350)).collect();
        let patch = JobPatch {
            duration,
            workplace: elsewhere.then(|| Workplace {
                address: "2 RUE DES EXEMPLES 69001 LYON".to_owned(),
                point: "45.76,4.83".parse().unwrap(),
            }),
            ..JobPatch::default()
        };
        let chosen: Vec<ChosenCfa> = cfas.iter().map(|cfa| chosen(*cfa)).collect();
        let turn = match wish {
            Wish::Edit => Turn::Edit(&patch),
            Wish::Extend => Turn::Extend,
            Wish::Fill => Turn::Provide,
            Wish::Cancel => Turn::Cancel,
            Wish::Delegate => Turn::Delegate(&chosen),
        };
        let recruiter = &self.state.recruiters[who];
        let (partner, offer) = (recruiter.partner, recruiter.offers[at].id.clone());
        let use_case = ChangeOffer { once: self.once(), locate: &self.recruiters, desk: self.desk() };
        // To any other partner there is no such offer.
        let stranger = use_case.run(asked((partner + 1) % 3, "change-offer", None), &offer, None, turn).await;
        assert!(matches!(stranger, Err(OnceError::Work(ChangeError::UnknownOffer))), "{stranger:?}");
        let ended = use_case.run(asked(partner, "change-offer", None), &offer, None, turn).await;
        let ended = ended.map(drop).map_err(|error| match error {
            OnceError::Work(ChangeError::Closed) => "closed",
            OnceError::Work(ChangeError::Unchanged(reason)) => match reason {
                domain::recruiter::Unchanged::ExtendedAlready => "extended already",
                domain::recruiter::Unchanged::NotActive => "not active",
                _ => "so already",
            },
            error => panic!("{error:?}"),
        });
        let now = self.now();
        let recruiter = &mut self.state.recruiters[who];
        let expected = match wish {
            Wish::Edit => {
                recruiter.edit(at, duration, elsewhere, now);
                Ok(Vec::new())
            }
            Wish::Extend => recruiter.extend(at, now).map(|()| Vec::new()),
            Wish::Fill => recruiter.end(at, true, now),
            Wish::Cancel => recruiter.end(at, false, now),
            Wish::Delegate => recruiter.delegate(at, &cfas, now),
        };
        assert_eq!(ended, expected.as_ref().map(|_| ()).map_err(|reason| *reason), "{wish:?} at {now}");
        self.told(expected.unwrap_or_default());
    }

    /// An offer of somebody's, one that is open as a rule.
    fn some_offer(&mut self) -> Option<(usize, usize)> {
        let any = self.dice.chance(50);
        let mut offers = Vec::new();
        for (who, recruiter) in self.state.recruiters.iter().enumerate() {
            let wanted = |at: &usize| any || recruiter.offers[*at].stand.is_open();
            offers.extend((0..recruiter.offers.len()).filter(wanted).map(|at| (who, at)));
        }
        let chosen = self.dice.any(&offers);
        self.state.touched.extend(chosen.map(|(who, _)| who));
        chosen
    }
}

fn chosen(cfa: usize) -> ChosenCfa {
    ChosenCfa {
        siret: cfa_siret(cfa).parse().unwrap(),
        name: format!("CFA IMAGINAIRE {cfa}"),
        email: cfa_email(cfa).parse().unwrap(),
    }
}

fn fields(trade: usize, duration: u32, now: i64) -> JobFields {
    JobFields {
        level_label: "Indifférent".to_owned(),
        duration,
        types: vec![domain::recruiter::JobType::Apprentissage],
        disabled_eligible: false,
        count: 1,
        rhythm: None,
        start_date: jiff::Timestamp::from_second(now + 30 * 86_400).unwrap(),
        employer_description: None,
        description: None,
        workplace: None,
        appellation_code: TRADES[trade].0.to_owned(),
    }
}

//! What is must be what ought to be.

use std::collections::{BTreeMap, BTreeSet};

use domain::mail::MailId;
use domain::recruiter::{Job, JobStatus, RecruiterStatus};
use domain::source::Source;
use search::keys::{FIRST, LAST, Shelf, Subject, listed_partition, near_partition};
use search::port::{KeyRange, Postings};
use usecases::ports::{FindMail, FindOwnRecruiter, ListOverdue, MailState, OUTBOX_SHARDS};

use crate::days::days_between;
use crate::model::{Account, Offer, Stand, Word};
use crate::world::{PARTNERS, TRADES, World};

/// An offer in the index: its id, when it ends, and whether it is shown where its establishment is.
type Shown = BTreeMap<String, (u32, bool)>;

impl World {
    /// What searches find, and the records of those that changed, or of all.
    pub(crate) async fn check(&mut self, all: bool) {
        for (trade, (_, rome)) in TRADES.iter().enumerate() {
            let rome = rome.parse().unwrap();
            let near = near_partition(Source::Matcha, Subject::Trade(rome), Shelf::Whole);
            let listed = listed_partition(Source::Matcha, rome, Shelf::Whole);
            let expected = self.expected_in(trade);
            let live = expected.values().filter(|(ends, _)| i64::from(*ends) > self.now()).count();
            for partition in [near, listed] {
                let (shown, found_live) = self.shown(partition).await;
                assert_eq!(shown, expected, "at {}", self.now());
                assert_eq!(found_live, live);
            }
        }
        let touched = std::mem::take(&mut self.state.touched);
        for who in 0..self.state.recruiters.len() {
            if all || touched.contains(&who) {
                self.check_record(who).await;
            }
        }
    }

    fn expected_in(&self, trade: usize) -> Shown {
        let mut expected = Shown::new();
        for recruiter in self.state.recruiters.iter().filter(|one| one.account == Account::Open) {
            for (at, offer) in recruiter.offers.iter().enumerate() {
                if offer.trade == trade && offer.stand == Stand::Active {
                    let id = format!("{}-{at}", recruiter.id);
                    expected.insert(id, (offer.ends as u32, !offer.elsewhere));
                }
            }
        }
        expected
    }

    async fn shown(&self, partition: String) -> (Shown, usize) {
        let range = KeyRange { partition, from: FIRST.to_owned(), to: LAST.to_owned(), limit: 1_000 };
        let page = self.postings.read(&range).await.unwrap();
        let mut shown = Shown::new();
        let live = page.rows.iter().filter(|row| row.rank.is_live(self.now() as u32)).count();
        for row in page.rows {
            let home = row.rank.point.unwrap().lat() > 47.0;
            let before = shown.insert(row.id.clone(), (row.rank.expires_at.unwrap(), home));
            assert_eq!(before, None, "{} stands twice", row.id);
        }
        (shown, live)
    }

    async fn check_record(&self, who: usize) {
        let known = &self.state.recruiters[who];
        let found = self.recruiters.find_own_recruiter(PARTNERS[known.partner], &known.id).await.unwrap();
        let recruiter = found.unwrap().recruiter;
        let account = match recruiter.status {
            RecruiterStatus::Actif => Account::Open,
            RecruiterStatus::Archive => Account::Closed,
            RecruiterStatus::EnAttente => Account::Waiting,
        };
        assert_eq!(account, known.account);
        let offers: Vec<Offer> = recruiter.jobs.iter().zip(&known.offers).map(as_offer).collect();
        assert_eq!((recruiter.jobs.len(), &offers), (known.offers.len(), &known.offers), "at {}", self.now());
        let waits = offers.iter().any(|offer| offer.stand == Stand::Waiting);
        assert!(
            !waits || account == Account::Waiting,
            "an offer waits as long as its account, and no longer"
        );
    }

    /// Every mail and event has ended, once, with a cause for how.
    pub(crate) async fn check_post(&mut self) {
        let (mut taken, mut causes) = (BTreeMap::new(), BTreeSet::new());
        let journal = std::mem::take(&mut *self.provider.journal.lock().unwrap());
        for mail in &journal.taken {
            *taken.entry(mail.id.clone()).or_insert(0) += 1;
            let word = self.state.due.get(&mail.id).expect("no mail without a cause");
            for cause in self.causes(&mail.id, word) {
                assert!(causes.insert(cause.clone()), "told twice: {cause:?}");
            }
            assert_eq!((word.kind, &word.to), (mail.template.as_str(), &mail.to));
        }
        for (id, word) in self.state.due.clone() {
            let entry = self.mails.find_mail(&id).await.unwrap().unwrap();
            let times = taken.get(&id).copied().unwrap_or_default();
            let expected = match entry.state {
                MailState::Sent => 1,
                MailState::Suppressed if self.state.stopped.contains(&word.to) => 0,
                MailState::Unknown { resend_at: None } if journal.dropped.contains(&id) => 0,
                state => panic!("{word:?} is {state:?}"),
            };
            assert_eq!(times, expected, "{word:?}");
            self.report.ended(entry.state);
        }
        assert!(self.state.open.is_empty() && self.state.open_events.is_empty());
        for shard in 0..OUTBOX_SHARDS {
            assert_eq!(self.outbox.list_overdue(shard, u32::MAX, 10).await.unwrap(), []);
        }
    }

    /// What a mail told of: of each offer, until when it was to be shown, and whatever else it said.
    fn causes(&self, mail: &MailId, word: &Word) -> Vec<(Word, String, i64)> {
        let end = |about: &String| self.state.told_of_end.get(&(mail.clone(), about.clone())).copied();
        let rest: Vec<String> = word.about.iter().filter(|about| end(about).is_none()).cloned().collect();
        let rest = Word { about: rest, ..word.clone() };
        let of = word.about.iter().filter_map(|about| Some((rest.clone(), about.clone(), end(about)?)));
        let causes: Vec<_> = of.collect();
        if causes.is_empty() { vec![(rest, String::new(), 0)] } else { causes }
    }

    /// Whoever let an offer end was told so on the seventh day before, or as soon after as a run was made, and on the last
    /// but one; nobody was told more.
    pub(crate) fn check_reminders(&mut self) {
        for ((offer, ends), days) in &self.state.reminded {
            let early = days.iter().filter(|days| **days > 1).count();
            assert!(early <= 1 && days.len() - early <= 1, "{offer}, which ends at {ends}: {days:?}");
        }
        for recruiter in &self.state.recruiters {
            for offer in recruiter.offers.iter().filter(|offer| offer.comment == Some("Expirée")) {
                let days = self.state.reminded.get(&(offer.id.clone(), offer.ends)).cloned();
                let days = days.unwrap_or_default();
                let ran = |left: u8| {
                    let left = i64::from(left);
                    self.state.reminder_nights.iter().any(|night| days_between(*night, offer.ends) == left)
                };
                let first = (2..=7).rev().find(|left| ran(*left)).unwrap();
                let early: Vec<u8> = days.iter().copied().filter(|days| *days > 1).collect();
                assert!(early.len() == 1 && early[0] >= first, "{} was told {days:?}", offer.id);
                assert!(!ran(1) || days.contains(&1), "{} was told {days:?}", offer.id);
                self.report.lived += 1;
            }
        }
    }
}

/// An offer of the store in the model's words; `known` says what the model has and the record has not.
fn as_offer((job, known): (&Job, &Offer)) -> Offer {
    let seconds = |instant: Option<jiff::Timestamp>| instant.map(jiff::Timestamp::as_second);
    assert_eq!(job.relance_mail_sent, job.reminded_days.is_some());
    assert_eq!(job.job_delegation_count as usize, job.delegations.len());
    let cfas = job.delegations.iter().map(|delegation| {
        let cfa = (0..crate::world::CFAS)
            .find(|cfa| crate::model::cfa_siret(*cfa) == delegation.siret_code.as_str());
        (cfa.unwrap(), seconds(delegation.cfa_read_company_detail_at))
    });
    Offer {
        id: job.id.clone(),
        trade: known.trade,
        stand: match job.job_status {
            JobStatus::Active => Stand::Active,
            JobStatus::EnAttente => Stand::Waiting,
            JobStatus::Pourvue => Stand::Filled,
            JobStatus::Annulee => Stand::Canceled,
        },
        comment: job.job_status_comment.as_deref().map(comment),
        ends: seconds(job.job_expiration_date).unwrap(),
        updated: seconds(job.job_update_date).unwrap(),
        extended: job.job_prolongation_count,
        extended_at: seconds(job.job_last_prolongation_date),
        reminded: job.reminded_days,
        duration: job.job_duration.unwrap(),
        elsewhere: job.custom_address.is_some(),
        cfas: cfas.collect(),
    }
}

fn comment(text: &str) -> &'static str {
    ["Expirée", "Compte archivé"].into_iter().find(|known| *known == text).expect("a comment that we make")
}

//! Tells recruiters that their offers end soon, on the seventh day before and on the last but one (contract 3.2: 00:20
//! and 00:25, here in one run).

use domain::date;
use domain::link::LinkAction;
use domain::mail::{DueMail, ExpiringOffer, Mail, OfferExpiresSoon};
use futures::{StreamExt, stream};
use search::port::Postings;

use super::Ran;
use super::expiring::{Whose, recruiters};
use crate::deposit::Desk;
use crate::deposit::desk::{Opened, offer_ref, retried};
use crate::deposit::told::{Told, names};
use crate::ports::{CommitError, LocateOffer, PortError};

/// Recruiters that are written at once.
const AT_ONCE: usize = 8;
/// How far ahead it looks, in seconds: past the end of the seventh day from now, in Paris.
const AHEAD_SECONDS: u32 = 8 * 86_400 + 7_200;
/// Mails that one recruiter may get in a run: those of 200 offers, 20 each, of two lengths.
const MAX_MAILS: usize = 20;

/// Reminds recruiters.
#[derive(Clone, Copy)]
pub struct RemindRecruiters<'a> {
    /// The stock.
    pub postings: &'a dyn Postings,
    /// Finds whose an offer is.
    pub locate: &'a dyn LocateOffer,
    /// Reads recruiters, and writes what becomes of them.
    pub desk: Desk<'a>,
}

impl RemindRecruiters<'_> {
    /// Makes a mail due to each recruiter for the offers that end on the same day, and notes in them that it is.
    pub async fn run(&self) -> Result<Ran, PortError> {
        let now = self.desk.clock.seconds();
        let whose = recruiters(self.postings, self.locate, Some(now), now + AHEAD_SECONDS).await?;
        let runs = whose.keys().map(async |whose| self.remind(whose).await);
        let ran: Vec<Ran> = stream::iter(runs).buffer_unordered(AT_ONCE).collect().await;
        Ok(ran.into_iter().sum())
    }

    async fn remind(&self, whose: &Whose) -> Ran {
        let mut reminded = 0;
        for _ in 0..MAX_MAILS {
            match self.one_mail(whose).await {
                Ok(0) => break,
                Ok(offers) => reminded += offers,
                Err(error) => return Ran::of_one(reminded, Some(error)),
            }
        }
        Ran::of_one(reminded, None)
    }

    /// Makes one mail due, of offers that end on the same day: of how many.
    async fn one_mail(&self, (owner, establishment_id): &Whose) -> Result<usize, CommitError> {
        retried(async || {
            let Some(mut opened) = self.desk.open(owner, establishment_id).await? else { return Ok(0) };
            let (days, due) = self.due(&opened);
            if due.is_empty() {
                return Ok(0);
            }
            let told = self.told(owner, &opened, &due, days)?;
            for &index in &due {
                if let Some(job) = opened.recruiter.jobs.get_mut(index) {
                    job.remind(days);
                }
            }
            let consequences = told.consequences(self.desk.clock.seconds());
            self.desk.commit(owner, &opened, &due, &consequences).await?;
            Ok(due.len())
        })
        .await
    }

    /// The places of the offers that one mail is due for, and how many days they have left.
    fn due(&self, opened: &Opened) -> (u8, Vec<usize>) {
        let now = self.desk.clock.now();
        let left = |(index, job): (usize, &domain::recruiter::Job)| Some((job.due_reminder(now)?, index));
        let due: Vec<(u8, usize)> = opened.recruiter.jobs.iter().enumerate().filter_map(left).collect();
        let days = due.iter().map(|(days, _)| *days).min().unwrap_or_default();
        let same = due.into_iter().filter(|(left, _)| *left == days).map(|(_, index)| index);
        (days, same.take(OfferExpiresSoon::MAX_OFFERS).collect())
    }

    fn told(&self, owner: &str, opened: &Opened, due: &[usize], days: u8) -> Result<Told, PortError> {
        let (recruiter, now) = (&opened.recruiter, self.desk.clock.seconds());
        let (mut told, mut offers, mut company) = (Told::default(), Vec::new(), String::new());
        let mut cause = format!("{} {days}", recruiter.establishment_id);
        for &index in due {
            let Some(job) = recruiter.jobs.get(index) else { continue };
            let card = recruiter.offer(index, job, self.desk.cipher);
            let card = card.map_err(|error| PortError::new("remind a recruiter", error))?;
            cause = format!("{cause} {} {}", job.id, card.expires_at);
            let offer = || offer_ref(owner, recruiter, &job.id);
            offers.push(ExpiringOffer {
                title: card.title,
                last_day: date::paris_day(job.expires_at().unwrap_or_default()),
                filled: told.link(&self.desk, LinkAction::FillOffer(offer()), now)?,
                extend: told.link(&self.desk, LinkAction::ExtendOffer(offer()), now)?,
            });
            company = card.company_name;
        }
        let unsubscribe = told.unsubscribe(&self.desk, recruiter, now)?;
        let (first_name, last_name) = names(recruiter);
        let mail = OfferExpiresSoon { first_name, last_name, company, days, offers, unsubscribe };
        let due = DueMail::new(&cause, recruiter.email.clone(), Mail::OfferExpiresSoon(mail));
        told.mails.push(due);
        Ok(told)
    }
}

//! What an establishment is told of a step, and the links by which it answers.

use domain::appointment::calendar::{Step, season};
use domain::appointment::{Consent, Premium, RdvEstablishment};
use domain::link::{LinkAction, LinkId, StoredLink};
use domain::mail::{DueMail, Mail, PremiumAsked, PremiumReminded, RdvActivated, RdvInvited};
use jiff::civil::Date;

use super::{RUN, Reached, RunRdvCalendar};
use crate::ports::{Consequences, PortError};

/// Whom it is about, and the links that its mail bears.
struct Telling<'a> {
    run: &'a RunRdvCalendar<'a>,
    establishment: &'a RdvEstablishment,
    reached: Reached<'a>,
    now: u32,
    links: Vec<StoredLink>,
}

impl RunRdvCalendar<'_> {
    /// What is written beside the consent, as the step has changed it.
    pub(super) fn told(
        &self,
        establishment: &RdvEstablishment,
        reached: Reached<'_>,
        consent: &Consent,
        step: Step,
        today: Date,
    ) -> Result<Consequences, PortError> {
        let now = self.clock.seconds();
        let mut telling = Telling { run: self, establishment, reached, now, links: Vec::new() };
        let mail = telling.mail(consent, step, today);
        let mut mails = Vec::new();
        if let (Some(mail), Some((sealed, _))) = (mail, &establishment.email) {
            let to = self.cipher.open(sealed, establishment.siret.as_str());
            let to = to.map_err(|error| PortError::new(RUN, error))?;
            mails.push(DueMail::new(&cause(establishment, step, today), to, mail));
        }
        let links = telling.links;
        Ok(Consequences { mails, links, ..Consequences::none(now) })
    }
}

/// What makes a mail due: the season for what is said once in one; the day for the opt-out, of which the consent says that
/// it is said once, unless the first invitation reached nobody. Then the next address may be found on the same day.
fn cause(establishment: &RdvEstablishment, step: Step, today: Date) -> String {
    let siret = &establishment.siret;
    match step {
        Step::InviteOptOut => {
            let to = establishment.email.as_ref().map_or("", |(_, hash)| hash);
            format!("{siret} {today} {to}")
        }
        Step::ActivateOptOut | Step::TakeBackOptOut => format!("{siret} {today}"),
        Step::InvitePremium(premium)
        | Step::FollowUpPremium(premium)
        | Step::RemindPremium(premium)
        | Step::EndSeason(premium) => format!("{siret} {} {}", premium.referrer(), season(today)),
    }
}

impl Telling<'_> {
    fn mail(&mut self, consent: &Consent, step: Step, today: Date) -> Option<Mail> {
        let establishment = self.establishment.name.clone();
        let trainings = self.reached.trainings;
        Some(match step {
            Step::InviteOptOut => Mail::RdvInvited(RdvInvited {
                establishment,
                scheduled: consent.optout.scheduled.unwrap_or(today),
                trainings,
                refuse: self.refuse_rdv(),
            }),
            Step::ActivateOptOut => {
                Mail::RdvActivated(RdvActivated { establishment, trainings, refuse: self.refuse_rdv() })
            }
            Step::InvitePremium(premium) => Mail::PremiumInvited(self.asked(premium)?),
            Step::FollowUpPremium(premium) => Mail::PremiumFollowUp(self.asked(premium)?),
            Step::RemindPremium(premium) => Mail::PremiumReminder(PremiumReminded {
                establishment,
                premium,
                trainings: self.reached.at(premium),
                accepted: consent.premium(premium).accepted.unwrap_or(today),
                refuse: self.refuse(premium),
                unsubscribe: self.unsubscribe()?,
            }),
            Step::TakeBackOptOut | Step::EndSeason(_) => return None,
        })
    }

    fn asked(&mut self, premium: Premium) -> Option<PremiumAsked> {
        let siret = self.establishment.siret.clone();
        Some(PremiumAsked {
            establishment: self.establishment.name.clone(),
            premium,
            trainings: self.reached.at(premium),
            accept: self.link(LinkAction::AcceptPremium { siret, premium }),
            refuse: self.refuse(premium),
            unsubscribe: self.unsubscribe()?,
        })
    }

    fn refuse_rdv(&mut self) -> LinkId {
        self.link(LinkAction::RefuseRdv { siret: self.establishment.siret.clone() })
    }

    fn refuse(&mut self, premium: Premium) -> LinkId {
        self.link(LinkAction::RefusePremium { siret: self.establishment.siret.clone(), premium })
    }

    /// None without an address, to which nothing is due anyway.
    fn unsubscribe(&mut self) -> Option<LinkId> {
        let (_, address_hash) = self.establishment.email.clone()?;
        Some(self.link(LinkAction::Unsubscribe { address_hash }))
    }

    fn link(&mut self, action: LinkAction) -> LinkId {
        let id = LinkId::from_random(self.run.entropy.bytes());
        self.links.push(self.run.links.stored(&id, action, self.now));
        id
    }
}

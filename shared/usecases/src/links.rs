//! Links of mails: opened by `GET`, which changes nothing, since mail scanners open every link; followed by `POST`.

use std::fmt;

use domain::appointment::{AppointmentId, TypedSlot};
use domain::link::{LinkAction, LinkToken};
use domain::mail::Side;

use crate::applications::{Answer, AnswerApplication, AnswerError, Privacy};
use crate::asking::{AppointmentActs, ShowAppointment, Tried};
use crate::deposit::{FollowOffer, Followed};
use crate::ports::{Clock, FindAppointment, FindLink, FollowLink, KnownLink, PortError};

/// What a link does, told to whoever opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkState {
    /// It works.
    Open(LinkAction),
    /// It has acted.
    Used,
    /// It does not work any more, or never did: whoever asks learns no more than that.
    Gone,
    /// It works, but what it is about does not allow what it does.
    Refused(LinkRefusal),
}

/// Why a link that works does nothing to its offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkRefusal {
    /// The offer is not shown any more: filled, given up or expired.
    OfferClosed,
    /// The offer expires on the day on which it would if it were extended now.
    ExtendedAlready,
    /// There is no such offer any more.
    OfferGone,
    /// The application was answered before.
    Answered,
    /// There is no such application any more.
    ApplicationGone,
}

/// Opens and follows links.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// Finds them.
    pub find: &'a dyn FindLink,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl Links<'_> {
    /// What the link would do.
    pub async fn open(&self, token: &LinkToken) -> Result<LinkState, PortError> {
        let found = self.find.find_link(&token.hash()).await?;
        Ok(state(found, self.clock.seconds()))
    }

    /// What the link would do, with the appointment that it is about, if it is about one.
    pub async fn show(
        &self,
        token: &LinkToken,
        appointments: &dyn FindAppointment,
    ) -> Result<Followed, PortError> {
        let state = self.open(token).await?;
        let LinkState::Open(action) = &state else { return Ok(Followed::State(state)) };
        let Some((side, id)) = appointment(action) else { return Ok(Followed::State(state)) };
        let show = ShowAppointment { find: appointments, clock: self.clock };
        show.run(side, id, Tried::Nothing).await.map(Box::new).map(Followed::Appointment)
    }

    /// Does what the link does. `said` is what was typed on the page of a link that answers.
    pub async fn follow(
        &self,
        token: &LinkToken,
        acts: LinkActs<'_>,
        said: Said,
    ) -> Result<Followed, PortError> {
        let now = self.clock.seconds();
        let Some(found) = self.find.find_link(&token.hash()).await? else {
            return Ok(Followed::State(LinkState::Gone));
        };
        let link = found.link.clone();
        let action = match state(Some(found), now) {
            LinkState::Open(action) => action,
            other => return Ok(Followed::State(other)),
        };
        Ok(Followed::State(match &action {
            LinkAction::ReadDelegation { offer, siret } => return acts.offers.read(offer, siret).await,
            LinkAction::FillOffer(offer) | LinkAction::ExtendOffer(offer) => {
                acts.offers.change(&link, offer).await?
            }
            LinkAction::AnswerApplication { application_id, answer } => {
                let Said { comment, email, phone, .. } = said;
                let answer = Answer { answer: *answer, comment, email, phone };
                match acts.applications.run(application_id, &answer).await {
                    Ok(()) => LinkState::Open(action),
                    Err(AnswerError::Answered) => LinkState::Refused(LinkRefusal::Answered),
                    Err(AnswerError::Gone) => LinkState::Refused(LinkRefusal::ApplicationGone),
                    Err(AnswerError::Failed(error)) => return Err(error),
                }
            }
            LinkAction::ExportPerson { person } => {
                if !acts.follow.follow_link(&link, now).await? {
                    return Ok(Followed::State(LinkState::Used));
                }
                return acts.privacy.export(person).await.map(Followed::Personal);
            }
            LinkAction::ErasePerson { person } => {
                acts.privacy.erase(person).await?;
                // Afterwards, so that who was cut short may click again.
                acts.follow.follow_link(&link, now).await?;
                LinkState::Open(action)
            }
            LinkAction::AnswerAppointment { appointment_id: id } => {
                let page = acts.appointments.run(Side::Centre, id, said).await?;
                return Ok(Followed::Appointment(Box::new(page)));
            }
            LinkAction::OwnAppointment { appointment_id: id } => {
                let page = acts.appointments.run(Side::Applicant, id, said).await?;
                return Ok(Followed::Appointment(Box::new(page)));
            }
            LinkAction::ConfirmAddress { .. } | LinkAction::Unsubscribe { .. } => {
                // Where it fails another click was faster.
                if acts.follow.follow_link(&link, now).await? {
                    LinkState::Open(action)
                } else {
                    LinkState::Used
                }
            }
        }))
    }
}

/// What links may do.
#[derive(Clone, Copy)]
pub struct LinkActs<'a> {
    /// Lets those act that change nothing but themselves.
    pub follow: &'a dyn FollowLink,
    /// Those to offers.
    pub offers: FollowOffer<'a>,
    /// Those that answer applications.
    pub applications: AnswerApplication<'a>,
    /// Those of appointments.
    pub appointments: AppointmentActs<'a>,
    /// Those to what is known of somebody.
    pub privacy: Privacy<'a>,
}

/// What was typed on the page of a link.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// To the applicant, or to who asked.
    pub comment: Option<String>,
    /// Where the applicant may write.
    pub email: Option<String>,
    /// Where the applicant may call.
    pub phone: Option<String>,
    /// Slots that a centre proposes.
    pub slots: Vec<TypedSlot>,
    /// The slot that was picked: when it begins, in seconds since 1970.
    pub picked: Option<String>,
    /// Whether a request is taken back.
    pub withdraw: bool,
}

/// What people type is left out.
impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Said").finish_non_exhaustive()
    }
}

/// Whose link of which appointment it is, if it is one.
const fn appointment(action: &LinkAction) -> Option<(Side, &AppointmentId)> {
    match action {
        LinkAction::AnswerAppointment { appointment_id } => Some((Side::Centre, appointment_id)),
        LinkAction::OwnAppointment { appointment_id } => Some((Side::Applicant, appointment_id)),
        _ => None,
    }
}

fn state(found: Option<KnownLink>, now: u32) -> LinkState {
    match found {
        None => LinkState::Gone,
        Some(found) if found.link.expires_at <= now => LinkState::Gone,
        Some(found) if found.used => LinkState::Used,
        Some(found) => LinkState::Open(found.link.action),
    }
}

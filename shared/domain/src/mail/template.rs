//! Which mails there are, and how each is treated.

use serde::{Deserialize, Serialize};

/// The mails there are, by the name of their folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Template {
    /// To a recruiter, with its first offer.
    ConfirmAddress,
    /// To a recruiter, with each later offer.
    OfferPublished,
    /// To a recruiter, seven days and one day before offers expire.
    OfferExpiresSoon,
    /// To a recruiter, when an offer has expired.
    OfferExpired,
    /// To a CFA that a recruiter chose to help it find somebody.
    DelegationAsked,
    /// To the team of an OPCO, while accounts wait for it.
    AccountsWaiting,
    /// To a recruiter whose account is not validated.
    AccountRefused,
    /// To a recruiter, with each application, once its CV is known to be harmless.
    ApplicationReceived,
    /// To an applicant, when it has applied.
    ApplicationSent,
    /// To an applicant whose CV was not taken.
    ApplicationRefused,
    /// To an applicant whose application did not reach the recruiter.
    ApplicationUndelivered,
    /// To an applicant, when the recruiter answers.
    ApplicationReplied,
    /// To a recruiter whose offer has as many applications as one gets.
    OfferFull,
    /// To whoever asked for its data, or to have them erased.
    PersonalData,
    /// To an establishment, fifteen days before requests for appointments are let through to it.
    RdvInvited,
    /// To an establishment, when they are.
    RdvActivated,
    /// To an establishment that is at a premium, to ask whether it accepts requests that come from there.
    PremiumInvited,
    /// To the same, ten days later, where it said nothing.
    PremiumFollowUp,
    /// To an establishment that has accepted, once a year.
    PremiumReminder,
    /// To a training centre, with each request for an appointment.
    AppointmentAsked,
    /// To who asked for an appointment, when it was asked for.
    AppointmentSent,
    /// To who asked for an appointment, when the centre answers.
    AppointmentReplied,
    /// To both sides of an appointment, when a slot was picked.
    AppointmentFixed,
    /// To the centre, when a request is taken back; to both sides, where a slot was picked.
    AppointmentWithdrawn,
    /// To who asked for an appointment, where that did not reach the centre.
    AppointmentUndelivered,
}

impl Template {
    /// Every one.
    pub const ALL: [Self; 25] = [
        Self::ConfirmAddress,
        Self::OfferPublished,
        Self::OfferExpiresSoon,
        Self::OfferExpired,
        Self::DelegationAsked,
        Self::AccountsWaiting,
        Self::AccountRefused,
        Self::ApplicationReceived,
        Self::ApplicationSent,
        Self::ApplicationRefused,
        Self::ApplicationUndelivered,
        Self::ApplicationReplied,
        Self::OfferFull,
        Self::PersonalData,
        Self::RdvInvited,
        Self::RdvActivated,
        Self::PremiumInvited,
        Self::PremiumFollowUp,
        Self::PremiumReminder,
        Self::AppointmentAsked,
        Self::AppointmentSent,
        Self::AppointmentReplied,
        Self::AppointmentFixed,
        Self::AppointmentWithdrawn,
        Self::AppointmentUndelivered,
    ];

    /// The name of its folder; also what logs and events call it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm-address",
            Self::OfferPublished => "offer-published",
            Self::OfferExpiresSoon => "offer-expires-soon",
            Self::OfferExpired => "offer-expired",
            Self::DelegationAsked => "delegation-asked",
            Self::AccountsWaiting => "accounts-waiting",
            Self::AccountRefused => "account-refused",
            Self::ApplicationReceived => "application-received",
            Self::ApplicationSent => "application-sent",
            Self::ApplicationRefused => "application-refused",
            Self::ApplicationUndelivered => "application-undelivered",
            Self::ApplicationReplied => "application-replied",
            Self::OfferFull => "offer-full",
            Self::PersonalData => "personal-data",
            Self::RdvInvited => "rdv-invited",
            Self::RdvActivated => "rdv-activated",
            Self::PremiumInvited => "premium-invited",
            Self::PremiumFollowUp => "premium-follow-up",
            Self::PremiumReminder => "premium-reminder",
            Self::AppointmentAsked => "appointment-asked",
            Self::AppointmentSent => "appointment-sent",
            Self::AppointmentReplied => "appointment-replied",
            Self::AppointmentFixed => "appointment-fixed",
            Self::AppointmentWithdrawn => "appointment-withdrawn",
            Self::AppointmentUndelivered => "appointment-undelivered",
        }
    }

    /// Whether its receiver may stop it. What cannot be stopped is what somebody must act on, what decides on an account,
    /// or what is done with somebody's address unless refused: that bears the refusal itself.
    pub const fn may_be_stopped(self) -> bool {
        match self {
            Self::OfferPublished
            | Self::OfferExpiresSoon
            | Self::OfferExpired
            | Self::DelegationAsked
            | Self::PremiumInvited
            | Self::PremiumFollowUp
            | Self::PremiumReminder => true,
            Self::ConfirmAddress
            | Self::AccountsWaiting
            | Self::AccountRefused
            | Self::ApplicationReceived
            | Self::ApplicationSent
            | Self::ApplicationRefused
            | Self::ApplicationUndelivered
            | Self::ApplicationReplied
            | Self::OfferFull
            | Self::PersonalData
            | Self::RdvInvited
            | Self::RdvActivated
            | Self::AppointmentAsked
            | Self::AppointmentSent
            | Self::AppointmentReplied
            | Self::AppointmentFixed
            | Self::AppointmentWithdrawn
            | Self::AppointmentUndelivered => false,
        }
    }

    /// What to do when the provider's answer was lost.
    pub const fn when_unknown(self) -> WhenUnknown {
        match self {
            // Without it the address is never confirmed; twice it does no harm, since its link works once.
            Self::ConfirmAddress
            // The company waits for the CFA, which has no other word of it; twice it does no harm.
            | Self::DelegationAsked
            // Nothing else brings it to the recruiter; twice it bears the same name and the same links.
            | Self::ApplicationReceived
            // The applicant waits for nothing else.
            | Self::ApplicationReplied
            // Nothing else brings it to the centre; twice it bears the same name and the same link.
            | Self::AppointmentAsked
            // Who asked waits for nothing else.
            | Self::AppointmentReplied
            // Somebody would wait for somebody: calendars know twice from once by the id of the appointment.
            | Self::AppointmentFixed
            | Self::AppointmentWithdrawn
            // It was asked for, and its links work once.
            | Self::PersonalData
            // Whoever does not refuse is opened: it must have been told. Twice it bears the same link.
            | Self::RdvInvited
            | Self::RdvActivated => WhenUnknown::SendOnceMore,
            // It confirms what the answer of the deposit said already.
            Self::OfferPublished
            // There are two of them, and what they say is seen when the offer is gone.
            | Self::OfferExpiresSoon
            // Nothing can be done any more about what it tells.
            | Self::OfferExpired
            // It comes again in a few days, for as long as an account waits.
            | Self::AccountsWaiting
            // The partner learns of it too, and bad news twice is worse than once.
            | Self::AccountRefused
            // It confirms what the page said when the applicant applied, or asked.
            | Self::ApplicationSent
            | Self::AppointmentSent
            // Bad news twice is worse than once.
            | Self::ApplicationRefused
            | Self::ApplicationUndelivered
            | Self::AppointmentUndelivered
            // The offer is gone, which its recruiter sees.
            | Self::OfferFull
            // It is followed up in ten days, and nothing is opened before it is answered.
            | Self::PremiumInvited
            // Who is asked a third time is asked too often.
            | Self::PremiumFollowUp
            // It tells nothing new.
            | Self::PremiumReminder => WhenUnknown::Leave,
        }
    }
}

/// What is done with a mail whose provider may or may not have taken it: nobody can know, so each template says
/// which mistake is the lesser one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhenUnknown {
    /// Wait for word of the provider, then send it a second time: it must arrive.
    SendOnceMore,
    /// Leave it: it must not arrive twice.
    Leave,
}

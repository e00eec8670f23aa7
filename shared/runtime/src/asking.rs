//! What the functions share by which somebody asks for an appointment, a centre answers, and a site follows.

use std::sync::Arc;

use api::answer_request::token;
use api::errors::ApiError;
use api::request::Request;
use domain::appointment::{AppointmentId, Referrer};
use domain::link::{LinkAction, LinkKey};
use domain::mail::Side;
use domain::partner::{Partner, Right};
use domain::seal::ContactCipher;
use store::{AppointmentRequests, Appointments, BarredAddresses, Partners, RdvTrainings};
use usecases::appointments::FindOpen;
use usecases::asking::{AnswerAppointment, AskForAppointment, FollowAppointments, RecallAppointment};
use usecases::links::{LinkState, Links};
use usecases::ports::{Clock, Entropy, FindBarred, FindEligibility, FindLink};

use crate::Error;
use crate::applications::Stored;
use crate::callers::Callers;
use crate::clients::Clients;
use crate::clock::SystemClock;
use crate::delivering::{Depositing, link_key};
use crate::entropy::SystemEntropy;
use crate::environment::Environment;
use crate::feeds::contact_cipher;

/// Which trainings one may ask about.
pub struct Catalogue {
    /// Finds trainings.
    pub trainings: Box<dyn FindEligibility>,
    /// Tells which addresses are written to no more.
    pub barred: Box<dyn FindBarred>,
    /// Where the site for the public is: the search is there.
    pub public_url: String,
}

impl Catalogue {
    /// Over the tables that `RECORDS_TABLE` and `LEDGER_TABLE` name; reads `PUBLIC_URL`.
    pub fn load(clients: &Clients, environment: Environment) -> Result<Self, Error> {
        let (client, tables) = (clients.dynamodb(), environment.tables());
        Ok(Self {
            trainings: Box::new(RdvTrainings::new(client.clone(), &tables)),
            barred: Box::new(BarredAddresses::new(client, &tables)),
            public_url: environment.get("PUBLIC_URL")?.trim_end_matches('/').to_owned(),
        })
    }

    /// Finds those that are open.
    pub fn open(&self) -> FindOpen<'_> {
        FindOpen { trainings: &*self.trainings, barred: &*self.barred }
    }
}

/// What every request shares by which somebody asks.
pub struct Asking {
    /// What makes a write happen once.
    pub depositing: Depositing,
    /// Trainings.
    pub catalogue: Catalogue,
    /// People and appointments.
    pub stored: Stored,
    /// Stores appointments.
    pub requests: AppointmentRequests,
    /// Partners.
    pub partners: Partners,
    /// Opens addresses of centres.
    pub cipher: ContactCipher,
    /// Makes the links of mails.
    pub links: LinkKey,
}

impl Asking {
    /// What [`Stored::load`] and [`Catalogue::load`] read, with the secrets of `CONTACT_SECRET_ARN` and `LINK_SECRET_ARN`.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let clients = Clients::load().await;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        let (depositing, stored, cipher, links) = tokio::join!(
            Depositing::load(client.clone(), environment),
            Stored::load(&clients, environment),
            contact_cipher(&clients, environment),
            link_key(&clients, environment),
        );
        let stored = stored?;
        Ok(Self {
            depositing,
            catalogue: Catalogue::load(&clients, environment)?,
            partners: Partners::new(client.clone(), &tables),
            requests: AppointmentRequests::new(client, tables, stored.people.clone()),
            stored,
            cipher: cipher?,
            links: links?,
        })
    }

    /// Takes requests.
    pub fn ask(&self) -> AskForAppointment<'_> {
        AskForAppointment {
            once: self.depositing.once(),
            trainings: self.catalogue.open(),
            sites: &self.partners,
            people: &self.stored.people,
            store: &self.requests,
            find: &self.stored.appointments,
            cipher: &self.cipher,
            links: &self.links,
            clock: &*self.depositing.clock,
            entropy: &*self.depositing.entropy,
        }
    }
}

/// What the routes share by which those who hold a link of an appointment recall and answer it.
pub struct Holding {
    /// Finds links.
    pub find: Box<dyn FindLink>,
    /// People and appointments.
    pub stored: Stored,
    /// Makes the links of mails.
    pub links: LinkKey,
    /// Tells the time.
    pub clock: Box<dyn Clock>,
    /// Makes ids.
    pub entropy: Box<dyn Entropy>,
}

impl Holding {
    /// What [`Stored::load`] reads, with the secret of `LINK_SECRET_ARN`.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let clients = Clients::load().await;
        let (stored, links) =
            tokio::join!(Stored::load(&clients, environment), link_key(&clients, environment));
        Ok(Self {
            find: Box::new(store::Links::new(clients.dynamodb(), environment.tables())),
            stored: stored?,
            links: links?,
            clock: Box::new(SystemClock),
            entropy: Box::new(SystemEntropy),
        })
    }

    /// That the token of the request is of this appointment and of this side.
    pub async fn holds(&self, request: &Request, side: Side, id: &AppointmentId) -> Result<(), ApiError> {
        let token = token(request).ok_or(ApiError::WrongToken)?;
        let links = Links { find: &*self.find, clock: &*self.clock };
        let state = links.open(&token).await.map_err(ApiError::unavailable)?;
        let ((LinkState::Open(LinkAction::OwnAppointment { appointment_id: held }), Side::Applicant)
        | (LinkState::Open(LinkAction::AnswerAppointment { appointment_id: held }), Side::Centre)) =
            (&state, side)
        else {
            return Err(ApiError::WrongToken);
        };
        if held == id { Ok(()) } else { Err(ApiError::WrongToken) }
    }

    /// Recalls them.
    pub fn recall(&self) -> RecallAppointment<'_> {
        RecallAppointment {
            find: &self.stored.appointments,
            people: &self.stored.people,
            clock: &*self.clock,
        }
    }

    /// Answers them.
    pub fn answer(&self) -> AnswerAppointment<'_> {
        self.stored.appointment_acts(&self.links, &*self.clock, &*self.entropy).answer
    }
}

/// What the routes share by which sites follow appointments.
pub struct FollowingAppointments {
    /// Knows who calls.
    pub callers: Callers,
    /// Appointments.
    pub appointments: Appointments,
}

impl FollowingAppointments {
    /// Over the table that `RECORDS_TABLE` names.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let (client, tables) = (Clients::load().await.dynamodb(), environment.tables());
        Ok(Self {
            callers: Callers::over(client.clone(), &tables).await,
            appointments: Appointments::new(client, tables),
        })
    }

    /// The partner that calls, and the site that it is, which it must be.
    pub async fn site(&self, request: &Request) -> Result<(Arc<Partner>, Referrer), ApiError> {
        let partner = self.callers.partner(request, Right::CreateAppointments).await?;
        let referrer = partner.referrer.ok_or(ApiError::NoRight)?;
        Ok((partner, referrer))
    }

    /// Follows them.
    pub fn follow(&self) -> FollowAppointments<'_> {
        FollowAppointments { find: &self.appointments, list: &self.appointments, clock: &*self.callers.clock }
    }
}

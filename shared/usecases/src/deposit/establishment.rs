//! Creates an establishment that recruits.

use domain::email::Email;
use domain::place::{Address, Establishment};
use domain::recruiter::{Recruiter, RecruiterStatus};
use domain::registry::{Activity, RegisteredCompany};
use domain::siret::Siret;

use super::told::Told;
use super::{answer, document_id};
use crate::once::{Answered, Asked, Once, OnceError, Promise, Stop};
use crate::ports::{CommitError, CreateRecruiter, FindCompany, KnowAddress, PortError, StoredAnswer};

/// What a partner says of an establishment, parsed.
#[derive(Clone, PartialEq)]
pub struct NewEstablishment {
    /// Its SIRET.
    pub siret: Siret,
    /// Of the person who deposits.
    pub first_name: String,
    /// Of the person who deposits.
    pub last_name: String,
    /// Of the person who deposits: ten digits.
    pub phone: Option<String>,
    /// Of the person who deposits.
    pub email: Email,
    /// Its convention collective.
    pub idcc: Option<String>,
    /// The partner's own word for where it came from.
    pub origin: Option<String>,
    /// The training centre that publishes for it, with its mandate: the person is then of that centre.
    pub cfa: Option<Siret>,
}

/// Why an establishment was not created.
#[derive(Debug, thiserror::Error)]
pub enum EstablishmentError {
    /// The register has no such SIRET.
    #[error("the register has no such establishment")]
    UnknownSiret,
    /// Its owner does not let the register show it.
    #[error("the establishment is not diffusible")]
    NotDiffusible,
    /// It is closed.
    #[error("the establishment is closed")]
    Closed,
    /// It teaches: training centres deposit by a path of their own.
    #[error("the establishment is a training centre")]
    TrainingCentre,
    /// The training centre that is to publish for it is none, or is closed.
    #[error("the delegate is no training centre")]
    NoTrainingCentre,
    /// The address belongs to another recruiter.
    #[error("the address belongs to another recruiter")]
    EmailTaken,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] PortError),
}

impl From<CommitError> for EstablishmentError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Taken => Self::EmailTaken,
            error => Self::Failed(error.unexpected("create a recruiter")),
        }
    }
}

/// Creates establishments.
#[derive(Clone, Copy)]
pub struct CreateEstablishment<'a> {
    /// Makes it once.
    pub once: Once<'a>,
    /// The register.
    pub companies: &'a dyn FindCompany,
    /// Knows addresses of companies.
    pub addresses: &'a dyn KnowAddress,
    /// Whether the partner vouches for the establishments that it creates.
    pub partner_vouches: bool,
    /// Writes it.
    pub create: &'a dyn CreateRecruiter,
}

impl CreateEstablishment<'_> {
    /// The recruiter, without offers, as the answer to give.
    pub async fn run(
        &self,
        asked: Asked<'_>,
        new: &NewEstablishment,
    ) -> Result<Answered, OnceError<EstablishmentError>> {
        self.once.run(asked, async |promise| self.work(asked.partner, new, promise).await).await
    }

    async fn work(
        &self,
        partner: &str,
        new: &NewEstablishment,
        promise: Promise,
    ) -> Result<StoredAnswer, Stop<EstablishmentError>> {
        // Both at once, since either may wait for a register.
        let (found, cfa) = futures::join!(self.companies.find_company(&new.siret), self.delegate(new));
        let company = found.map_err(EstablishmentError::from)?.ok_or(EstablishmentError::UnknownSiret)?;
        may_recruit(&company)?;
        let cfa = cfa?;
        let status = self.status(new).await.map_err(EstablishmentError::from)?;
        let recruiter = Recruiter { status, ..self.recruiter(partner, new, company, cfa) };
        let answer = answer::recruiter(201, &recruiter, None).map_err(EstablishmentError::from)?;
        let consequences = Told::default().answered(promise, answer.clone());
        self.create
            .create_recruiter(partner, &recruiter, &consequences)
            .await
            .map_err(Stop::<EstablishmentError>::of_commit)?;
        Ok(answer)
    }

    /// The training centre that publishes for it, as the register knows it.
    async fn delegate(
        &self,
        new: &NewEstablishment,
    ) -> Result<Option<RegisteredCompany>, EstablishmentError> {
        let Some(siret) = &new.cfa else { return Ok(None) };
        let found = self.companies.find_company(siret).await?;
        let centre = found.filter(|cfa| cfa.diffusible && cfa.activity == Activity::Open && cfa.teaches());
        centre.map(Some).ok_or(EstablishmentError::NoTrainingCentre)
    }

    /// An account is open at once where its partner vouches for it, or where its address is known to be of its company, or
    /// of the training centre that publishes for it; else somebody has to look (contract 3.2).
    async fn status(&self, new: &NewEstablishment) -> Result<RecruiterStatus, PortError> {
        let of = new.cfa.as_ref().unwrap_or(&new.siret);
        let open = self.partner_vouches || self.addresses.knows_address(of, &new.email).await?;
        Ok(if open { RecruiterStatus::Actif } else { RecruiterStatus::EnAttente })
    }

    fn recruiter(
        &self,
        partner: &str,
        new: &NewEstablishment,
        company: RegisteredCompany,
        cfa: Option<RegisteredCompany>,
    ) -> Recruiter {
        let now = self.once.clock.now();
        let origin =
            new.origin.as_ref().map_or_else(|| partner.to_owned(), |origin| format!("{partner}-{origin}"));
        Recruiter {
            id: document_id(self.once.entropy.bytes()),
            establishment_id: uuid::Builder::from_random_bytes(self.once.entropy.bytes())
                .into_uuid()
                .to_string(),
            establishment_raison_sociale: Some(company.raison_sociale),
            establishment_enseigne: company.enseigne,
            establishment_siret: company.siret,
            address_detail: company.address_detail,
            address: company.address,
            geo_coordinates: company.geo_coordinates,
            is_delegated: cfa.is_some(),
            cfa_delegated_siret: new.cfa.clone(),
            cfa_delegated: cfa.map(shown_cfa),
            last_name: Some(new.last_name.clone()),
            first_name: Some(new.first_name.clone()),
            phone: new.phone.clone(),
            email: new.email.clone(),
            jobs: Vec::new(),
            origin: Some(origin),
            opco: company.opco,
            idcc: new.idcc.clone().or(company.idcc),
            status: RecruiterStatus::Actif,
            naf_code: company.naf_code,
            naf_label: company.naf_label,
            establishment_size: company.size,
            establishment_creation_date: company.creation_date,
            created_at: Some(now),
            updated_at: Some(now),
        }
    }
}

/// A training centre, as its offers show it.
fn shown_cfa(cfa: RegisteredCompany) -> Establishment {
    Establishment {
        name: Some(cfa.enseigne.unwrap_or(cfa.raison_sociale)),
        siret: Some(cfa.siret),
        address: Address { full: cfa.address, point: cfa.geo_coordinates, ..Address::default() },
        ..Establishment::default()
    }
}

/// Who may deposit (contract 3.2).
fn may_recruit(company: &RegisteredCompany) -> Result<(), EstablishmentError> {
    // First, since nothing may be told of whoever is not diffusible.
    if !company.diffusible {
        return Err(EstablishmentError::NotDiffusible);
    }
    if company.activity == Activity::Closed {
        return Err(EstablishmentError::Closed);
    }
    if company.teaches() {
        return Err(EstablishmentError::TrainingCentre);
    }
    Ok(())
}

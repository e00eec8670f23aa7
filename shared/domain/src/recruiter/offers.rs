//! Turns a recruiter into the offers that searches show (contract 1.7, column `LbaJob`).

use jiff::Timestamp;

use super::text::{city_after_post_code, detail, post_code};
use super::{Job, JobStatus, Recruiter, RecruiterStatus};
use crate::card::Card;
use crate::company::UNKNOWN_NAME;
use crate::date;
use crate::diploma::Diploma;
use crate::matcha::MatchaOffer;
use crate::opco::Opco;
use crate::place::{Address, Establishment};
use crate::rows::text::{is_record_id, line, prose};
use crate::seal::ContactCipher;

/// The original shows no description that says nothing: at most this many characters.
const SHORT_DESCRIPTION_CHARS: usize = 50;
/// The OPCO whose offers hide the sheet of their ROME.
const PASS: &str = "pass";

/// An offer cannot be shown: its record breaks a rule that the deposit service keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("offer {index} of the recruiter: {field} is wrong")]
pub struct OfferError {
    /// Its place in `jobs`.
    pub index: usize,
    /// The field, under its name in the contract.
    pub field: &'static str,
}

impl Recruiter {
    /// Every offer, in the order of `jobs`, whatever its status. Only those that are Active belong in the index.
    pub fn offers(&self, cipher: &ContactCipher) -> Result<Vec<MatchaOffer>, OfferError> {
        self.jobs.iter().enumerate().map(|(index, job)| self.offer(index, job, cipher)).collect()
    }

    /// The offers a search may show, as cards: recruiter and offer both active. Whether one has expired is left
    /// to the index, which knows the time.
    pub fn cards(&self, cipher: &ContactCipher) -> Result<Vec<Card>, OfferError> {
        let offers = self.offers(cipher)?.into_iter();
        Ok(offers
            .filter(|offer| offer.status == JobStatus::Active)
            .map(|offer| Card::Matcha(Box::new(offer)))
            .collect())
    }

    /// What a search shows of the offer that has this place among all of the recruiter, whether it is in `jobs` or not.
    pub fn offer(&self, index: usize, job: &Job, cipher: &ContactCipher) -> Result<MatchaOffer, OfferError> {
        let wrong = |field| OfferError { index, field };
        let id = format!("{}-{index}", self.establishment_id);
        if !is_record_id(&id) {
            return Err(wrong("establishment_id"));
        }
        if !is_record_id(&job.id) {
            return Err(wrong("_id"));
        }
        let title = filled(job.rome_appellation_label.as_ref()).or_else(|| filled(job.rome_label.as_ref()));
        let level = filled(job.job_level_label.as_ref());
        let created = job.job_creation_date.or(self.created_at);
        let expires = job.expires_at().or_else(|| date::two_months_later(created?));
        let seconds = |instant: Option<Timestamp>| instant.and_then(date::seconds);
        Ok(MatchaOffer {
            id,
            offer_id: job.id.clone(),
            title: title.ok_or_else(|| wrong("rome_label"))?,
            romes: job.rome_code.clone(),
            status: self.shown_status(job),
            address: self.shown_address(job),
            siret: self.establishment_siret.clone(),
            company_name: filled(self.establishment_enseigne.as_ref())
                .or_else(|| filled(self.establishment_raison_sociale.as_ref()))
                .unwrap_or_else(|| UNKNOWN_NAME.to_owned()),
            company_size: filled(self.establishment_size.as_ref()),
            company_created_at: self.establishment_creation_date.map(date::iso),
            naf_label: filled(self.naf_label.as_ref()),
            delegate: self.delegate(),
            contact_name: self.contact_name(),
            contact_phone: filled(self.phone.as_ref()),
            email: Some(cipher.seal(&self.email, &job.id)),
            description: job
                .job_description
                .as_deref()
                .and_then(prose)
                .filter(|text| text.chars().count() > SHORT_DESCRIPTION_CHARS),
            employer_description: job.job_employer_description.as_deref().and_then(prose),
            created_at: seconds(created).ok_or_else(|| wrong("job_creation_date"))?,
            expires_at: seconds(expires).ok_or_else(|| wrong("job_expiration_date"))?,
            start_date: job.job_start_date.map(date::iso),
            contract_types: job.job_type.iter().map(|kind| kind.as_str().to_owned()).collect(),
            duration_months: job.job_duration,
            openings: job.job_count,
            disabled_eligible: job.is_disabled_elligible,
            rhythm: filled(job.job_rythm.as_ref()),
            diploma: match &level {
                Some(label) => Diploma::from_job_level_label(label).map_err(|_| wrong("job_level_label"))?,
                None => None,
            },
            level_label: level,
            opco: self
                .opco
                .as_deref()
                .and_then(|opco| Opco::from_label(opco).or_else(|| Opco::from_short(opco))),
            rome_detail: job.rome_detail.clone().filter(|_| !self.is_pass()),
            application_count: 0,
        })
    }

    /// Active only while recruiter and offer both are, else Annulée.
    fn shown_status(&self, job: &Job) -> JobStatus {
        match (self.status, job.job_status) {
            (RecruiterStatus::Actif, JobStatus::Active) => JobStatus::Active,
            _ => JobStatus::Annulee,
        }
    }

    /// Where the work is. Of a delegated offer only the city is told, lest one bypass the CFA.
    fn shown_address(&self, job: &Job) -> Address {
        let custom = filled(job.custom_address.as_ref());
        let is_custom = custom.is_some();
        let full = custom.or_else(|| filled(self.address.as_ref()));
        let city = full.as_deref().and_then(city_after_post_code);
        let point = job.custom_geo_coordinates.or(self.geo_coordinates);
        if self.is_delegated {
            return Address { city, point, ..Address::default() };
        }
        let detail = |names: &[&str]| detail(self.address_detail.as_ref().filter(|_| !is_custom), names);
        Address {
            city: detail(&["localite", "libelle_commune"]).or(city),
            zip: detail(&["code_postal"]).or_else(|| full.as_deref().and_then(post_code)),
            insee: detail(&["code_insee_localite", "code_commune"]).and_then(|code| code.parse().ok()),
            full,
            point,
            ..Address::default()
        }
    }

    fn delegate(&self) -> Option<Establishment> {
        self.is_delegated.then(|| {
            let cfa = self.cfa_delegated.clone().unwrap_or_default();
            Establishment { siret: self.cfa_delegated_siret.clone().or(cfa.siret.clone()), ..cfa }
        })
    }

    fn contact_name(&self) -> Option<String> {
        let name = [&self.first_name, &self.last_name].into_iter().filter_map(|name| filled(name.as_ref()));
        filled(Some(&name.collect::<Vec<_>>().join(" ")))
    }

    fn is_pass(&self) -> bool {
        self.opco.as_deref().is_some_and(|opco| opco.trim().eq_ignore_ascii_case(PASS))
    }
}

/// One line of text, cleaned; none when it says nothing.
fn filled(text: Option<&String>) -> Option<String> {
    text.and_then(|text| line(text))
}

//! The body of `GET /v1/accounts/waiting`.

use domain::date;
use domain::email::Email;
use domain::naf::Naf;
use domain::recruiter::Recruiter;
use domain::siret::Siret;
use serde::Serialize;
use usecases::accounts::WaitingPage;

/// An account that waits: what whoever validates it compares with what it knows of the company.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WaitingAccount<'a> {
    establishment_id: &'a str,
    establishment_siret: &'a Siret,
    establishment_raison_sociale: Option<&'a str>,
    establishment_enseigne: Option<&'a str>,
    address: Option<&'a str>,
    naf_code: Option<&'a Naf>,
    naf_label: Option<&'a str>,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    email: &'a Email,
    phone: Option<&'a str>,
    opco: Option<&'a str>,
    origin: Option<&'a str>,
    #[serde(rename = "createdAt")]
    created_at: Option<String>,
    offers: usize,
}

impl<'a> WaitingAccount<'a> {
    fn new(recruiter: &'a Recruiter, offers: usize) -> Self {
        Self {
            establishment_id: &recruiter.establishment_id,
            establishment_siret: &recruiter.establishment_siret,
            establishment_raison_sociale: recruiter.establishment_raison_sociale.as_deref(),
            establishment_enseigne: recruiter.establishment_enseigne.as_deref(),
            address: recruiter.address.as_deref(),
            naf_code: recruiter.naf_code.as_ref(),
            naf_label: recruiter.naf_label.as_deref(),
            first_name: recruiter.first_name.as_deref(),
            last_name: recruiter.last_name.as_deref(),
            email: &recruiter.email,
            phone: recruiter.phone.as_deref(),
            opco: recruiter.opco.as_deref(),
            origin: recruiter.origin.as_deref(),
            created_at: recruiter.created_at.map(date::iso),
            offers,
        }
    }
}

/// A page of accounts that wait.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountsAnswer<'a> {
    /// The accounts, in the order of their ids.
    pub accounts: Vec<WaitingAccount<'a>>,
    /// What to send as `after` for the next page, null on the last one.
    pub next: Option<&'a str>,
}

impl<'a> From<&'a WaitingPage> for AccountsAnswer<'a> {
    fn from(page: &'a WaitingPage) -> Self {
        Self {
            accounts: page
                .accounts
                .iter()
                .map(|(recruiter, offers)| WaitingAccount::new(recruiter, *offers))
                .collect(),
            next: page.next.as_deref(),
        }
    }
}

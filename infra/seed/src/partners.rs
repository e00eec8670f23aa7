//! Partners: those of a file, and those of the demonstration.

use domain::appointment::Referrer;
use domain::opco::Opco;
use domain::partner::{Partner, PartnerState, Right};
use serde::Deserialize;
use usecases::partners::key_hash;
use usecases::ports::{PortError, PutPartner};

/// The lengths that API Gateway lets a key have, in characters.
const KEY_LENGTHS: std::ops::RangeInclusive<usize> = 20..=128;
/// The longest name of a partner, in characters.
const MAX_NAME: usize = 40;
/// Who owns what came through no partner.
const RESERVED: &str = "site";

/// Why a partner was not registered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PartnerError {
    /// The file is no JSON, or has a field, a right or a site that there is none of.
    #[error("the file describes no partner")]
    Unreadable(#[from] serde_json::Error),
    /// It is a part of keys and stands in logs.
    #[error("`partner` has 1 to {MAX_NAME} of a to z, 0 to 9 and -, and is not `{RESERVED}`")]
    Name,
    /// Nobody can have been given it: most often nothing was read.
    #[error("the key has {} to {} visible characters, on one line", KEY_LENGTHS.start(), KEY_LENGTHS.end())]
    Key,
    /// The store did not take it.
    #[error(transparent)]
    Failed(#[from] PortError),
}

/// A partner as an operator writes it. What is not known is refused, since a field that is misspelled would take a right
/// or a site away without a word.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    partner: String,
    organisation: String,
    #[serde(default)]
    rights: Vec<Right>,
    #[serde(default = "active")]
    state: PartnerState,
    #[serde(default)]
    origins: Vec<String>,
    #[serde(default)]
    opco: Option<Opco>,
    #[serde(default)]
    referrer: Option<Referrer>,
}

const fn active() -> PartnerState {
    PartnerState::Active
}

/// Makes `key` that of the partner that `json` describes, and returns its name.
pub(crate) async fn register(
    partners: &dyn PutPartner,
    json: &str,
    key: &str,
) -> Result<String, PartnerError> {
    let Described { partner, organisation, rights, state, origins, opco, referrer } =
        serde_json::from_str(json)?;
    let known = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    if partner.is_empty() || partner.len() > MAX_NAME || partner == RESERVED || !partner.chars().all(known) {
        return Err(PartnerError::Name);
    }
    let key = key.trim();
    if !KEY_LENGTHS.contains(&key.len()) || !key.chars().all(|char| char.is_ascii_graphic()) {
        return Err(PartnerError::Key);
    }
    let partner = Partner { partner, organisation, rights, state, origins, opco, referrer };
    partners.put_partner(&key_hash(key), &partner).await?;
    Ok(partner.partner)
}

/// A demo partner, by the number at the end of its name. The first may everything that a partner of recruiters may, and is
/// Parcoursup; the accounts that the second creates wait, and it is La bonne alternance; the third is the OPCO that validates
/// them.
pub(crate) fn demo(name: &str) -> Partner {
    let mut partner = Partner {
        partner: name.to_owned(),
        organisation: format!("Demonstration ({name})"),
        rights: Vec::new(),
        state: PartnerState::Active,
        origins: Vec::new(),
        opco: None,
        referrer: None,
    };
    match name.chars().last() {
        Some('1') => {
            partner.rights = vec![
                Right::Phones,
                Right::DepositOffers,
                Right::VouchForAccounts,
                Right::SubmitApplications,
                Right::ManageWebhooks,
                Right::CreateAppointments,
                Right::ManageAppointments,
            ];
            partner.referrer = Some(Referrer::Parcoursup);
        }
        Some('2') => {
            partner.rights = vec![
                Right::DepositOffers,
                Right::SubmitApplications,
                Right::ManageWebhooks,
                Right::CreateAppointments,
            ];
            partner.referrer = Some(Referrer::Lba);
        }
        Some('3') => {
            partner.rights = vec![Right::DepositOffers, Right::ValidateAccounts];
            partner.opco = Some(Opco::Ep);
        }
        _ => {}
    }
    partner
}

#[cfg(test)]
mod tests {
    use store::Partners;
    use testkit::EmbeddedStore;
    use usecases::ports::{FindPartner as _, FindSite as _};

    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef01234567";
    const SITE: &str = r#"{"partner": "site-jeunes", "organisation": "Site Exemple",
        "rights": ["applications:write", "appointments:write", "appointments:manage"], "referrer": "jeune_1_solution"}"#;

    async fn store() -> (EmbeddedStore, Partners) {
        let store = EmbeddedStore::start().await;
        let partners = Partners::new(store.client.clone(), &store.tables);
        (store, partners)
    }

    #[tokio::test]
    async fn who_holds_the_key_is_the_partner_of_the_file_and_its_site() {
        let (_store, partners) = store().await;
        assert_eq!(register(&partners, SITE, &format!("{KEY}\n")).await.unwrap(), "site-jeunes");
        let found = partners.find_partner(&key_hash(KEY)).await.unwrap().unwrap();
        assert_eq!((found.organisation.as_str(), found.state), ("Site Exemple", PartnerState::Active));
        let rights = [Right::SubmitApplications, Right::CreateAppointments, Right::ManageAppointments];
        assert_eq!((found.rights.as_slice(), found.referrer), (&rights[..], Some(Referrer::Jeune1Solution)));
        let site = partners.find_site(Referrer::Jeune1Solution).await.unwrap();
        assert_eq!(site.as_deref(), Some("site-jeunes"));
    }

    #[tokio::test]
    async fn a_partner_that_is_written_again_is_what_the_last_file_says() {
        let (_store, partners) = store().await;
        register(&partners, SITE, KEY).await.unwrap();
        let opco = r#"{"partner": "opco-ep", "organisation": "OPCO Exemple", "rights": ["accounts:validate"],
            "opco": "EP", "state": "suspended", "origins": ["https://exemple.invalid"]}"#;
        register(&partners, opco, KEY).await.unwrap();
        let found = partners.find_partner(&key_hash(KEY)).await.unwrap().unwrap();
        assert_eq!((found.partner.as_str(), found.state), ("opco-ep", PartnerState::Suspended));
        assert_eq!((found.opco, found.origins.len(), found.referrer), (Some(Opco::Ep), 1, None));
    }

    #[tokio::test]
    async fn what_is_misspelled_is_refused_and_nothing_is_written() {
        let (store, partners) = store().await;
        for (right, wrong) in [
            ("referrer", "refferer"),
            ("jeune_1_solution", "1jeune1solution"),
            ("appointments:write", "appointment:write"),
            ("\"site-jeunes\"", "\"Site jeunes\""),
            ("\"site-jeunes\"", "\"jeunes#1\""),
            ("\"site-jeunes\"", "\"site\""),
            ("\"site-jeunes\"", "\"\""),
        ] {
            let refused = register(&partners, &SITE.replace(right, wrong), KEY).await;
            assert!(
                matches!(refused, Err(PartnerError::Unreadable(_) | PartnerError::Name)),
                "{wrong}: {refused:?}"
            );
        }
        for key in ["", "short", "0123456789 0123456789", &"0".repeat(129)] {
            let refused = register(&partners, SITE, key).await;
            assert!(matches!(refused, Err(PartnerError::Key)), "{key}: {refused:?}");
        }
        assert!(store.dump(&store.tables.records).await.is_empty());
    }
}

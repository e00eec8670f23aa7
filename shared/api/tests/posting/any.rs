//! What search engines require of a posting, and what none may show, whatever the offer.

use api::items::View;
use api::job_posting::JobPosting;
use domain::matcha::MatchaOffer;
use domain::partner_offer::PartnerOffer;
use domain::place::{Address, Establishment};
use domain::recruiter::JobStatus;
use domain::seal::SealedEmail;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::Value;

use crate::offers;

/// What stands where nothing may be shown of.
const SECRET: &str = "secret-7f3c";

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just(" \n".to_owned()), "\\PC{0,40}", "[a-zé0-9 ,.-]{1,40}"]
}

/// Street and line are secret where `street` is.
fn address(street: Option<String>) -> impl Strategy<Value = Address> {
    let town = ["57000", "METZ", "57 - METZ", "", "3 rue X 57000 METZ"];
    let point = prop_oneof![Just(None), Just("49.12,6.17".parse().ok())];
    (of(text()), of(text()), of(prop::sample::select(town.to_vec())), of(text()), point).prop_map(
        move |(full, line, zip, city, point)| Address {
            full: street.clone().or(full),
            street: street.clone().or(line),
            zip: zip.map(str::to_owned),
            city,
            point,
            ..Address::default()
        },
    )
}

fn any_matcha() -> impl Strategy<Value = MatchaOffer> {
    let status = prop::sample::select(vec![JobStatus::Active, JobStatus::Pourvue, JobStatus::Annulee]);
    let texts = (text(), text(), of(text()), of(text()), of(text()), of(text()));
    let rest =
        (any::<u32>(), any::<u32>(), of(any::<u32>()), of(any::<u32>()), prop::collection::vec(text(), 0..3));
    (any::<bool>(), status, texts, rest)
        .prop_flat_map(|(is_delegated, status, texts, rest)| {
            let street = is_delegated.then(|| SECRET.to_owned());
            (Just((is_delegated, status, texts, rest)), address(street))
        })
        .prop_map(|((is_delegated, status, texts, rest), address)| {
            let (title, company_name, description, rhythm, start_date, naf_label) = texts;
            let (created_at, expires_at, duration_months, openings, contract_types) = rest;
            MatchaOffer {
                status,
                address,
                title,
                company_name,
                description,
                rhythm,
                start_date,
                naf_label,
                created_at,
                expires_at,
                duration_months,
                openings,
                contract_types,
                delegate: is_delegated.then(Establishment::default),
                contact_name: Some(SECRET.to_owned()),
                contact_phone: Some(SECRET.to_owned()),
                email: Some(SealedEmail { email: SECRET.to_owned(), iv: SECRET.to_owned() }),
                ..offers::matcha()
            }
        })
}

fn any_partner_offer() -> impl Strategy<Value = PartnerOffer> {
    let texts = (text(), of(text()), of(text()), of(text()), of(text()), of(text()), of(text()));
    (texts, any::<u32>(), any::<u32>(), address(None)).prop_map(|(texts, created_at, expires_at, address)| {
        let (title, company_name, description, duration, contract_type, appellation, company_logo) = texts;
        PartnerOffer {
            title,
            company_name,
            description,
            duration,
            contract_type,
            appellation,
            company_logo,
            created_at,
            expires_at,
            address,
            contact_name: Some(SECRET.to_owned()),
            contact_email: Some(SECRET.to_owned()),
            contact_info: Some(SECRET.to_owned()),
            ..offers::partner_offer()
        }
    })
}

fn says_something(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// Required: `title`, `description`, `datePosted`, `hiringOrganization`, `jobLocation`; and no value is null.
fn check(posting: &JobPosting<'_>) {
    let text = serde_json::to_string(posting).unwrap();
    let posting: Value = serde_json::from_str(&text).unwrap();
    for pointer in [
        "/@context",
        "/title",
        "/description",
        "/datePosted",
        "/validThrough",
        "/hiringOrganization/name",
        "/identifier/value",
        "/occupationalCategory/0/codeValue",
    ] {
        assert!(posting.pointer(pointer).is_some_and(says_something), "{pointer} of {posting}");
    }
    for (pointer, wanted) in [
        ("/@type", "JobPosting"),
        ("/hiringOrganization/@type", "Organization"),
        ("/jobLocation/@type", "Place"),
        ("/jobLocation/address/@type", "PostalAddress"),
        ("/jobLocation/address/addressCountry", "FR"),
    ] {
        assert_eq!(posting.pointer(pointer), Some(&wanted.into()), "{pointer} of {posting}");
    }
    for date in ["datePosted", "validThrough"] {
        assert!(posting[date].as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{date} of {posting}");
    }
    assert!(!text.contains(":null") && !text.contains(SECRET), "{text}");
}

proptest! {
    #[test]
    fn a_deposited_offer_makes_a_whole_posting_without_a_contact(offer in any_matcha()) {
        check(&JobPosting::from(&offer));
        if offer.delegate.is_some() {
            let posting = serde_json::to_value(JobPosting::from(&offer)).unwrap();
            prop_assert_eq!(posting["jobLocation"].get("geo"), None);
            prop_assert_eq!(posting["jobLocation"]["address"].get("postalCode"), None);
        }
    }

    #[test]
    fn a_partner_offer_makes_a_whole_posting_without_a_contact(offer in any_partner_offer(), hide_siret: bool) {
        let view = View { hide_siret, ..View::default() };
        let posting = JobPosting::from((&offer, view));
        check(&posting);
        let shows = serde_json::to_string(&posting).unwrap().contains("01928074200016");
        prop_assert_eq!(shows, !hide_siret);
    }
}

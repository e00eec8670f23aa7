//! The keys of recruiters, of their offers, and of what leads to them.

use domain::opco::Opco;
use domain::siret::Siret;

use super::Key;

/// Where the sort keys of a recruiter's offers begin.
pub(crate) const OFFER_PREFIX: &str = "offer#";

/// A recruiter with its offers. Its owner is in the key, so that to another partner it does not exist.
pub(crate) fn recruiter_collection(owner: &str, establishment_id: &str) -> String {
    format!("recruiter#{owner}#{establishment_id}")
}

/// A recruiter, without its offers.
pub(crate) fn recruiter(owner: &str, establishment_id: &str) -> Key {
    Key::new(recruiter_collection(owner, establishment_id), "recruiter")
}

/// An offer of a recruiter.
pub(crate) fn offer(owner: &str, establishment_id: &str, offer_id: &str) -> Key {
    Key::new(recruiter_collection(owner, establishment_id), format!("{OFFER_PREFIX}{offer_id}"))
}

/// The offers whose postings are not yet as they say.
pub(crate) const OFFERS_BEHIND: &str = "offers-behind";

/// An offer among those.
pub(crate) fn offer_behind(offer_id: &str) -> Key {
    Key::new(OFFERS_BEHIND.to_owned(), offer_id)
}

/// That an address belongs to a recruiter.
pub(crate) fn recruiter_address(address_hash: &str) -> Key {
    Key::new(format!("recruiter-address#{address_hash}"), "recruiter")
}

/// Which recruiter a partner has for a SIRET and an address.
pub(crate) fn own_recruiter(owner: &str, siret: &Siret, address_hash: &str) -> Key {
    Key::new(format!("own-recruiter#{owner}#{siret}#{address_hash}"), "recruiter")
}

/// The list of a partner's recruiters.
pub(crate) fn recruiters_of(owner: &str) -> String {
    format!("recruiters-of#{owner}")
}

/// A recruiter in the list of its partner, in the order in which they were created.
pub(crate) fn listed_recruiter(owner: &str, created: &str, establishment_id: &str) -> Key {
    Key::new(recruiters_of(owner), format!("{created}#{establishment_id}"))
}

/// Which recruiter of a partner has an offer. Its owner is in the key, so that to another partner it does not exist.
pub(crate) fn own_offer(owner: &str, offer_id: &str) -> Key {
    Key::new(format!("own-offer#{owner}#{offer_id}"), "offer")
}

/// Which offer a partner has a name of its own for.
pub(crate) fn own_reference(owner: &str, reference_hash: &str) -> Key {
    Key::new(format!("own-reference#{owner}#{reference_hash}"), "offer")
}

/// The accounts that wait for an OPCO, or for nobody in particular.
pub(crate) fn accounts_waiting(opco: Option<Opco>) -> String {
    format!("accounts-waiting#{}", opco.map_or("none", Opco::short))
}

/// An account that waits.
pub(crate) fn waiting_account(opco: Option<Opco>, establishment_id: &str) -> Key {
    Key::new(accounts_waiting(opco), establishment_id)
}

/// To whom is written that accounts wait.
pub(crate) fn opco_contact(opco: Opco) -> Key {
    Key::new(format!("opco-contact#{}", opco.short()), "contact")
}

/// That mails to a recruiter arrive.
pub(crate) fn address_confirmed(owner: &str, establishment_id: &str) -> Key {
    Key::new(recruiter_collection(owner, establishment_id), "address-confirmed")
}

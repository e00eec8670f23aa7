//! The bodies by which a site asks whether it may lead candidates to the form of a training (contract 1.12, 2.5), and that
//! which says where requests about a training go.

use domain::appointment::{CatalogueId, Referrer};
use domain::email::Email;
use usecases::appointments::Named;

use crate::body::Body;
use crate::errors::{ApiError, AppointmentRefusal, Issue};
use crate::request::Request;

/// Characters of an id.
const MAX_ID_CHARS: usize = 200;
/// The site of a region that is gone: to it nothing is open any more.
const GONE: &str = "pfr_pays_de_la_loire";

/// What names a training in version 1: its field, and the sites that may lead to it so.
struct Key {
    field: &'static str,
    named: fn(String) -> Named,
    sites: &'static [Referrer],
    /// Whether the site that is gone may, too.
    was_open_to_gone: bool,
}

const KEYS: [Key; 4] = [
    Key {
        field: "idParcoursup",
        named: |id| Named::Other(CatalogueId::Parcoursup(id)),
        sites: &[Referrer::Parcoursup],
        was_open_to_gone: false,
    },
    Key {
        field: "idRcoFormation",
        named: |id| Named::Other(CatalogueId::RcoFormation(id)),
        sites: &[],
        was_open_to_gone: true,
    },
    Key {
        field: "idActionFormation",
        named: |id| Named::Other(CatalogueId::OnisepAction(id)),
        sites: &[Referrer::Onisep],
        was_open_to_gone: false,
    },
    Key {
        field: "idCleMinistereEducatif",
        named: Named::Training,
        sites: &Referrer::ALL,
        was_open_to_gone: true,
    },
];

/// The fields of version 1.
pub const CONTEXT_FIELDS: [&str; 6] = [
    "idParcoursup",
    "idRcoFormation",
    "idActionFormation",
    "idCleMinistereEducatif",
    "referrer",
    "trainingHasJob",
];
/// The fields of the present form, of which exactly one is given.
pub const LINK_FIELDS: [&str; 3] = ["parcoursup_id", "onisep_id", "cle_ministere_educatif"];
/// The fields of where requests go.
pub const CONTACT_FIELDS: [&str; 2] = ["email", "closed"];
const ONE_OF_THEM: &str =
    "Donnez un seul des champs parcoursup_id, onisep_id et cle_ministere_educatif : lui seul est lu.";

/// A training, and the site that leads to it; none where that site is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextAsked {
    /// Which training.
    pub named: Named,
    /// Which site.
    pub referrer: Option<Referrer>,
}

/// The body of `POST /appointment-request/context/create`. `trainingHasJob` is checked, and says nothing here: whether there
/// are jobs decides nothing.
pub fn context(request: &Request) -> Result<ContextAsked, ApiError> {
    let mut body = Body::read(request, &CONTEXT_FIELDS)?;
    let given: Vec<&Key> = KEYS.iter().filter(|key| body.given(key.field).is_some()).collect();
    let [key] = given.as_slice() else {
        return body.finish(Some(())).and(Err(AppointmentRefusal::Criterion.into()));
    };
    let id = body.line(key.field, MAX_ID_CHARS);
    let referrer = body.checked("referrer", |text| key.referrer(text));
    let referrer = body.required("referrer", referrer);
    body.flag("trainingHasJob");
    let read = id.zip(referrer).map(|(id, referrer)| ContextAsked { named: (key.named)(id), referrer });
    body.finish(read)
}

impl Key {
    fn referrer(&self, text: &str) -> Result<Option<Referrer>, String> {
        if text == GONE && self.was_open_to_gone {
            return Ok(None);
        }
        let known = self.sites.iter().find(|site| site.as_str() == text);
        known.map(|site| Some(*site)).ok_or_else(|| {
            let sites = self.sites.iter().map(|site| site.as_str());
            let sites = sites.chain(self.was_open_to_gone.then_some(GONE)).collect::<Vec<_>>();
            format!("Avec {}, valeur attendue : {}", self.field, sites.join(", "))
        })
    }
}

/// The body of `POST /v2/appointment`.
pub fn link(request: &Request) -> Result<Named, ApiError> {
    let mut body = Body::read(request, &LINK_FIELDS)?;
    let given: Vec<&'static str> =
        LINK_FIELDS.into_iter().filter(|name| body.given(name).is_some()).collect();
    let [name] = given.as_slice() else {
        body.refuse_whole(Issue::missing(ONE_OF_THEM));
        return body.finish(None);
    };
    let named = body.line(name, MAX_ID_CHARS).map(|id| match *name {
        "parcoursup_id" => Named::Other(CatalogueId::Parcoursup(id)),
        "onisep_id" => Named::Other(CatalogueId::OnisepAction(id)),
        _ => Named::Training(id),
    });
    body.finish(named)
}

/// Where requests about a training are to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactAsked {
    /// The address; none gives back the catalogue's.
    pub email: Option<Email>,
    /// Whether it is closed.
    pub is_closed: bool,
}

/// The body of `PUT /v1/appointment-trainings/{id}/contact`: `email` must be there, so that nobody gives an address back by
/// leaving it out.
pub fn contact(request: &Request) -> Result<ContactAsked, ApiError> {
    let mut body = Body::read(request, &CONTACT_FIELDS)?;
    let email = body.parsed("email");
    if !body.has("email") {
        body.required::<Email>("email", None);
    }
    let is_closed = body.flag("closed").unwrap_or(false);
    body.finish(Some(ContactAsked { email, is_closed }))
}

#[cfg(test)]
mod tests;

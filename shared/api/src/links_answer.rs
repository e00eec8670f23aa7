//! The answer of `POST /traininglinks` (contract 1.13).

use std::fmt::Write as _;

use domain::appointment::Referrer;
use serde::Serialize;
use usecases::training_links::Target;
use utoipa::ToSchema;

use crate::links_request::NamedWish;
use crate::rdv_answer::form_url;

/// How far around a training jobs are looked for, in kilometres.
const RADIUS_KM: u32 = 60;
/// By which the site knows where its visitors come from.
const CAMPAIGN: &str = "utm_source=lba&utm_medium=email&utm_campaign=promotion-emploi-jeunes-voeux";

/// The links of one wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrainingLinks {
    /// As the wish has it.
    pub id: String,
    /// The form to ask for an appointment; empty where the wish names no training that one may ask about, coming from La
    /// bonne alternance.
    pub lien_prdv: String,
    /// The jobs that the training leads to, around where it is taught.
    pub lien_lba: String,
}

impl TrainingLinks {
    /// The links of a wish; `public` is the address of the site, `pages` that of our own pages, without a slash at their ends.
    pub fn new(NamedWish { id, wish }: &NamedWish, public: &str, pages: &str, target: &Target) -> Self {
        let training = wish.training.as_deref().filter(|_| target.is_open);
        let asked = |training| format!("{}&{CAMPAIGN}", form_url(pages, Referrer::Lba, training));
        Self {
            id: id.clone(),
            lien_prdv: training.map(asked).unwrap_or_default(),
            lien_lba: jobs(public, target),
        }
    }
}

/// Nothing but codes and numbers goes into the query, so that nothing needs escaping. A target without trades gives
/// the search form, empty: whoever follows the link from a mail can type a trade, and sees no error.
fn jobs(public: &str, target: &Target) -> String {
    let mut link = format!("{public}/recherche-emploi?");
    if !target.romes.is_empty() {
        let romes: Vec<&str> = target.romes.iter().map(domain::rome::RomeCode::as_str).collect();
        let _ = write!(link, "romes={}&", romes.join(","));
        if let Some(place) = target.place {
            let _ = write!(link, "lat={}&lon={}&", place.lat(), place.lon());
        }
    }
    let _ = write!(link, "radius={RADIUS_KM}&{CAMPAIGN}");
    link
}

#[cfg(test)]
mod tests {
    use domain::geo::Point;
    use usecases::training_links::Wish;

    use super::*;

    fn link(romes: &[&str], place: Option<(f64, f64)>) -> String {
        let target = Target {
            romes: romes.iter().map(|rome| rome.parse().unwrap()).collect(),
            place: place.map(|(lat, lon)| Point::new(lat, lon).unwrap()),
            is_open: false,
        };
        links(None, &target).lien_lba
    }

    fn links(training: Option<&str>, target: &Target) -> TrainingLinks {
        let wish = Wish { training: training.map(str::to_owned), ..Wish::default() };
        let pages = "https://pages.exemple.invalid/api";
        TrainingLinks::new(&NamedWish { id: "a".to_owned(), wish }, "https://exemple.invalid", pages, target)
    }

    #[test]
    fn the_form_is_linked_to_where_the_training_that_is_named_is_open() {
        let open = Target { is_open: true, ..Target::default() };
        assert_eq!(
            links(Some("088281P0|é+1#L01"), &open).lien_prdv,
            "https://pages.exemple.invalid/api/espace-pro/form?referrer=lba&cleMinistereEducatif=088281P0%7C%C3%A9%2B1%23L01\
             &utm_source=lba&utm_medium=email&utm_campaign=promotion-emploi-jeunes-voeux"
        );
        assert_eq!(links(Some("088281P0#L01"), &Target::default()).lien_prdv, "");
        assert_eq!(links(None, &open).lien_prdv, "");
    }

    #[test]
    fn a_link_holds_the_trades_and_the_place() {
        assert_eq!(
            link(&["D1102", "D1104"], Some((49.1111, -6.17))),
            "https://exemple.invalid/recherche-emploi?romes=D1102,D1104&lat=49.1111&lon=-6.17&radius=60\
             &utm_source=lba&utm_medium=email&utm_campaign=promotion-emploi-jeunes-voeux"
        );
    }

    #[test]
    fn without_a_place_the_whole_country_is_searched_and_without_trades_the_form_is_shown() {
        let campaign = "&utm_source=lba&utm_medium=email&utm_campaign=promotion-emploi-jeunes-voeux";
        let base = "https://exemple.invalid/recherche-emploi?";
        assert_eq!(link(&["D1102"], None), format!("{base}romes=D1102&radius=60{campaign}"));
        assert_eq!(link(&[], None), format!("{base}radius=60{campaign}"));
    }
}

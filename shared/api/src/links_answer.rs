//! The answer of `POST /traininglinks` (contract 1.13).

use std::fmt::Write as _;

use serde::Serialize;
use usecases::training_links::Target;
use utoipa::ToSchema;

/// How far around a training jobs are looked for, in kilometres.
const RADIUS_KM: u32 = 60;
/// By which the site knows where its visitors come from.
const CAMPAIGN: &str = "utm_source=lba&utm_medium=email&utm_campaign=promotion-emploi-jeunes-voeux";

/// The links of one wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrainingLinks {
    /// As the wish has it.
    pub id: String,
    /// The form to ask for an appointment; empty when there is none.
    pub lien_prdv: String,
    /// The jobs that the training leads to, around where it is taught.
    pub lien_lba: String,
}

impl TrainingLinks {
    /// The links of the wish `id`; `public` is the address of the site, without a slash at its end.
    pub fn new(id: &str, public: &str, target: &Target) -> Self {
        Self { id: id.to_owned(), lien_prdv: appointment(), lien_lba: jobs(public, target) }
    }
}

/// There is no appointment form yet. It will be decided here: for a wish that gives a clé ME, when the training has
/// an address to write to, `{public}/espace-pro/form?referrer=lba&cleMinistereEducatif=…` (contract 1.13).
const fn appointment() -> String {
    String::new()
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

    use super::*;

    fn link(romes: &[&str], place: Option<(f64, f64)>) -> String {
        let target = Target {
            romes: romes.iter().map(|rome| rome.parse().unwrap()).collect(),
            place: place.map(|(lat, lon)| Point::new(lat, lon).unwrap()),
        };
        TrainingLinks::new("a", "https://exemple.invalid", &target).lien_lba
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

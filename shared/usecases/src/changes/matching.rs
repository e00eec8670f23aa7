//! Which cards a mirror wants.

use domain::card::{Card, Entry};
use domain::diploma::Diploma;
use domain::geo::Point;
use domain::opco::Opco;
use domain::recruiter::JobStatus;
use domain::rome::RomeCode;

/// What a card must be to be kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// Of one of these trades; none for any.
    pub romes: Option<Vec<RomeCode>>,
    /// Inside this circle: centre and radius in km.
    pub within: Option<(Point, f64)>,
    /// Of this diploma, or of none.
    pub diploma: Option<Diploma>,
    /// Of this OPCO.
    pub opco: Option<Opco>,
}

impl Wanted {
    /// How far a card is, in km, where a place is asked; nothing when it is not wanted.
    #[expect(clippy::option_option, reason = "wanted, and then at a distance or not")]
    pub(super) fn distance(&self, card: &Card) -> Option<Option<f64>> {
        let Entry { romes, point, diploma, opco, .. } = card.entry();
        let of_trade =
            self.romes.as_ref().is_none_or(|wanted| romes.iter().any(|rome| wanted.contains(&rome)));
        let of_diploma = self.diploma.is_none_or(|wanted| diploma.is_none_or(|own| own == wanted));
        let of_opco = self.opco.is_none_or(|wanted| opco == Some(wanted));
        if !of_trade || !of_diploma || !of_opco {
            return None;
        }
        match self.within {
            None => Some(None),
            Some((centre, radius_km)) => {
                let km = centre.distance_km(point?);
                (km <= radius_km).then_some(Some(km))
            }
        }
    }
}

/// Whether a card is still shown at `now`, in seconds since 1970.
pub(crate) fn is_live(card: &Card, now: u32) -> bool {
    let open = !matches!(card, Card::Matcha(offer) if offer.status != JobStatus::Active);
    open && card.entry().expires_at.is_none_or(|at| at > now)
}

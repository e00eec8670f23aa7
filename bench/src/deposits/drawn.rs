//! What partners send: offers of invented texts and real trades, at places over France, in requests over several
//! establishments.

use domain::diploma::Diploma;
use domain::recruiter::JobType;
use fastrand::Rng;
use jiff::{Timestamp, ToSpan as _};
use metiers::{Appellation, Metier};
use usecases::deposit::{JobFields, MAX_ITEMS, MAX_OFFERS, OneOffer, Workplace};
use usecases::ports::ReferenceHash;

use crate::data::{Place, Stream, World, rng};

/// Establishments that the offers of one request are for.
const PER_REQUEST: usize = 25;
/// The share of offers that are put under their partner's own name.
const NAMED: f64 = 0.2;
/// The share of offers whose work is elsewhere than at the establishment.
const ELSEWHERE: f64 = 0.3;
/// The share of requests that are sent twice at once, and of those that are sent again later.
const REPEATED: f64 = 0.01;
/// How a description begins, so that an offer is known again whatever was answered of it.
const MARK: &str = "Annonce ";

/// A request of up to 100 offers.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// Its `Idempotency-Key`.
    pub(crate) key: String,
    pub(crate) offers: Vec<OneOffer>,
    /// The number of each offer among all that are deposited, in the order of `offers`.
    pub(crate) serials: Vec<u32>,
    /// It is sent twice at once.
    pub(crate) is_doubled: bool,
    /// It is sent again later.
    pub(crate) is_repeated: bool,
}

/// Draws what partners send.
pub(crate) struct Drawing<'a> {
    world: &'a World,
    /// A name of a trade of each métier, in the order of the trades' codes.
    names: Vec<Appellation>,
    starts_at: Timestamp,
}

impl<'a> Drawing<'a> {
    /// Of offers as they are in this world; jobs start a month after `now`.
    pub(crate) fn new(world: &'a World, now: Timestamp) -> Self {
        let titles = Metier::all().filter_map(|metier| metier.rome_titles().next());
        let closest = titles.filter_map(|(_, title)| Appellation::closest_to(title).into_iter().next());
        let mut names: Vec<Appellation> = closest.collect();
        names.sort_unstable_by_key(|name| (name.rome, name.code));
        names.dedup_by_key(|name| name.rome);
        let starts_at = now.checked_add((30 * 24).hours()).unwrap_or(now);
        Self { world, names, starts_at }
    }

    /// Of all draws.
    pub(crate) fn seed(&self) -> u64 {
        self.world.shape.seed
    }

    /// A place drawn by population.
    pub(crate) fn place(&self, rng: &mut Rng) -> Option<&Place> {
        self.world.draw_place(rng)
    }

    /// The code of a name of this trade; of the next one where there is no such trade.
    fn appellation(&self, rome: &str) -> String {
        let at = self.names.partition_point(|name| name.rome < rome) % self.names.len().max(1);
        self.names.get(at).map_or_else(String::new, |name| name.code.to_owned())
    }

    /// What a partner says of the offer of this number.
    pub(crate) fn fields(&self, serial: u32) -> JobFields {
        let offer = self.world.offer(serial % self.world.shape.items);
        let mut draws = rng(self.world.shape.seed, Stream::Deposits, serial);
        let city = offer.address.city.clone().unwrap_or_default();
        let workplace = offer.address.point.filter(|_| draws.f64() < ELSEWHERE);
        JobFields {
            level_label: draws
                .choice(Diploma::ALL)
                .map_or("Indifférent", Diploma::job_level_label)
                .to_owned(),
            duration: draws.u32(6..=36),
            types: vec![JobType::Apprentissage],
            disabled_eligible: draws.bool(),
            count: draws.u32(1..4),
            rhythm: Some("2 jours / 3 jours".to_owned()),
            start_date: self.starts_at,
            employer_description: Some(format!(
                "{} recrute à {city} : des équipes réduites, des outils récents, un tuteur par personne.",
                offer.company_name.unwrap_or_default()
            )),
            description: Some(format!("{MARK}{serial}. {}", offer.description.unwrap_or_default())),
            workplace: workplace
                .map(|point| Workplace { address: format!("1 place des Essais {city}"), point }),
            appellation_code: self.appellation(offer.romes.first().as_str()),
        }
    }

    /// One of the offers of a request.
    pub(crate) fn one(&self, index: usize, serial: u32, establishment_id: &str) -> OneOffer {
        let fields = self.fields(serial);
        let named = rng(self.world.shape.seed, Stream::Deposits, u32::MAX - serial).f64() < NAMED;
        OneOffer {
            index,
            establishment_id: establishment_id.to_owned(),
            reference: named.then(|| ReferenceHash::of(&format!("annonce-{serial}"))),
            raw: format!("{establishment_id} {}", fields.description.as_deref().unwrap_or_default())
                .into_bytes(),
            fields,
        }
    }

    /// The requests of a partner over its establishments: offers from number `first` on, none beyond `end`.
    pub(crate) fn requests<'b>(
        &'b self,
        partner: &'b str,
        establishments: &'b [String],
        (first, end): (u32, u32),
    ) -> impl Iterator<Item = Request> + 'b {
        let mut rng = rng(self.world.shape.seed, Stream::Deposits, first);
        let mut room = vec![MAX_OFFERS; establishments.len()];
        let mut serials = first..end;
        std::iter::from_fn(move || {
            let serials: Vec<u32> = serials.by_ref().take(MAX_ITEMS).collect();
            let key = format!("{partner}-{}", serials.first()?);
            let near = drawn(&mut rng, &room);
            let offers = serials.iter().enumerate().filter_map(|(index, &serial)| {
                let at = placed(&mut rng, &near, &mut room)?;
                Some(self.one(index, serial, establishments.get(at)?))
            });
            let offers = offers.collect();
            let (is_doubled, is_repeated) = (rng.f64() < REPEATED, rng.f64() < REPEATED);
            Some(Request { key, offers, serials, is_doubled, is_repeated })
        })
    }
}

/// Some establishments with room.
fn drawn(rng: &mut Rng, room: &[usize]) -> Vec<usize> {
    let mut open: Vec<usize> =
        (0..room.len()).filter(|&at| room.get(at).is_some_and(|&room| room > 0)).collect();
    rng.shuffle(&mut open);
    open.truncate(PER_REQUEST);
    open
}

/// One of these establishments, or another where none of them has room.
fn placed(rng: &mut Rng, near: &[usize], room: &mut [usize]) -> Option<usize> {
    let wanted = rng.choice(near.iter().copied());
    let has_room = |at: &usize| room.get(*at).is_some_and(|&room| room > 0);
    let at = wanted.filter(has_room).or_else(|| (0..room.len()).max_by_key(|&at| room.get(at).copied()))?;
    let left = room.get_mut(at)?;
    *left = left.checked_sub(1)?;
    Some(at)
}

/// The number of an offer, by its description.
pub(crate) fn serial(description: &str) -> Option<u32> {
    description.strip_prefix(MARK)?.split_once('.')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tests::small;

    #[test]
    fn no_establishment_is_asked_to_take_more_than_it_may_and_every_offer_is_known_again() {
        let world = small(1_000, 0.5);
        let drawing = Drawing::new(&world, "2026-09-01T08:00:00Z".parse().unwrap());
        let establishments: Vec<String> = (0..6).map(|number| number.to_string()).collect();
        let requests: Vec<Request> = drawing.requests("one", &establishments, (0, 1_100)).collect();
        let offers: Vec<&OneOffer> = requests.iter().flat_map(|request| &request.offers).collect();
        assert_eq!(offers.len(), 1_100);
        for id in &establishments {
            assert!(offers.iter().filter(|offer| offer.establishment_id == *id).count() <= MAX_OFFERS);
        }
        let known = offers.iter().map(|offer| serial(offer.fields.description.as_ref().unwrap()).unwrap());
        assert!(known.eq(0..1_100));
        assert!(offers.iter().all(|offer| Appellation::of_code(&offer.fields.appellation_code).is_some()));
    }
}

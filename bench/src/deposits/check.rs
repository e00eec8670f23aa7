//! Whether a store holds what partners were told that it holds: each offer once, with all that stands for it, and
//! nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use domain::mail::{MailId, Template};

use super::dump::{Held, Offer};
use super::said::Said;

/// What is wrong, by kind: of what, as far as it has a name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults(pub(crate) BTreeMap<Fault, Vec<String>>);

/// What may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// An offer was acknowledged, and is not there.
    Lost,
    /// An offer is there more than once.
    Doubled,
    /// An offer was acknowledged under several ids, or under another than it is there with.
    OtherId,
    /// An offer is there that was not acknowledged, and of which nobody had to doubt.
    NotAcknowledged,
    /// An offer is not where it was sent.
    Elsewhere,
    /// The places of an establishment's offers are not 0, 1, 2 and so on.
    Gap,
    /// An establishment says that it has another number of offers.
    Count,
    /// Its partner does not find an offer by its id.
    NotLocated,
    /// A partner's name does not lead to its offer, or leads to one that has none.
    Name,
    /// An offer has not the rows in the index that its trade and place need.
    Rows,
    /// A mail is not due that should be, or is due without a cause.
    Mail,
    /// The event of an offer is not owed once.
    Event,
    /// There are not as many links as mails.
    Links,
}

impl Faults {
    fn add(&mut self, fault: Fault, of: impl fmt::Display) {
        self.0.entry(fault).or_default().push(of.to_string());
    }

    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

/// Compares what is held with what was said.
pub(crate) fn check(said: &Said, held: &Held) -> Faults {
    let mut faults = Faults::default();
    offers(said, held, &mut faults);
    places(held, &mut faults);
    names(said, held, &mut faults);
    index(held, &mut faults);
    owed(said, held, &mut faults);
    faults
}

/// The offers that are there of each number.
fn by_serial(held: &Held) -> BTreeMap<u32, Vec<&Offer>> {
    let mut by_serial: BTreeMap<u32, Vec<&Offer>> = BTreeMap::new();
    for offer in &held.offers {
        by_serial.entry(offer.serial.unwrap_or(u32::MAX)).or_default().push(offer);
    }
    by_serial
}

fn offers(said: &Said, held: &Held, faults: &mut Faults) {
    let there = by_serial(held);
    for (serial, asked) in &said.offers {
        let offers = there.get(serial).map(Vec::as_slice).unwrap_or_default();
        match offers {
            [] if !asked.ids.is_empty() => faults.add(Fault::Lost, serial),
            [] | [_] => {}
            [..] => faults.add(Fault::Doubled, serial),
        }
        let ids: BTreeSet<&String> = offers.iter().map(|offer| &offer.id).collect();
        if !asked.ids.is_empty() && !offers.is_empty() && !asked.ids.iter().eq(ids) {
            faults.add(Fault::OtherId, serial);
        }
        if asked.ids.is_empty() && !asked.is_unknown && !offers.is_empty() {
            faults.add(Fault::NotAcknowledged, serial);
        }
        let is_at_home = |offer: &&Offer| {
            offer.partner == asked.partner && offer.establishment_id == asked.establishment_id
        };
        if !offers.iter().all(is_at_home) {
            faults.add(Fault::Elsewhere, serial);
        }
    }
    for (serial, offers) in there.iter().filter(|(serial, _)| !said.offers.contains_key(serial)) {
        for offer in offers {
            faults.add(Fault::NotAcknowledged, format!("{serial} {}", offer.id));
        }
    }
}

fn places(held: &Held, faults: &mut Faults) {
    let mut places: BTreeMap<&String, Vec<usize>> = held.told.keys().map(|id| (id, Vec::new())).collect();
    for offer in &held.offers {
        places.entry(&offer.establishment_id).or_default().push(offer.index);
        let key = (offer.partner.clone(), offer.id.clone());
        if held.located.get(&key) != Some(&offer.establishment_id) {
            faults.add(Fault::NotLocated, &offer.id);
        }
    }
    if held.located.len() > held.offers.len() {
        faults.add(Fault::NotLocated, "an id of an offer that is not there");
    }
    for (establishment, mut places) in places {
        places.sort_unstable();
        if !places.iter().copied().eq(0..places.len()) {
            faults.add(Fault::Gap, establishment);
        }
        if held.told.get(establishment) != Some(&places.len()) {
            faults.add(Fault::Count, establishment);
        }
    }
}

fn names(said: &Said, held: &Held, faults: &mut Faults) {
    let mut wanted = BTreeMap::new();
    for (serial, offers) in by_serial(held) {
        let Some(asked) = said.offers.get(&serial) else { continue };
        let Some(reference) = &asked.reference else { continue };
        let key = (asked.partner.clone(), reference.as_str().to_owned());
        wanted.extend(offers.first().map(|offer| (key, offer.id.clone())));
    }
    for (key, id) in wanted.iter().filter(|(key, id)| held.named.get(*key) != Some(*id)) {
        faults.add(Fault::Name, format!("{} {id}", key.0));
    }
    for (key, id) in held.named.iter().filter(|(key, _)| !wanted.contains_key(*key)) {
        faults.add(Fault::Name, format!("{} {id}", key.0));
    }
}

fn index(held: &Held, faults: &mut Faults) {
    for id in held.needed.keys().chain(held.rows.keys()).collect::<BTreeSet<_>>() {
        if held.needed.get(id) != held.rows.get(id) {
            faults.add(Fault::Rows, id);
        }
    }
    let ids: BTreeSet<&String> = held.offers.iter().map(|offer| &offer.id).collect();
    let shown = held.needed.iter().filter(|(_, rows)| rows.stock > 0).map(|(id, _)| id);
    ids.symmetric_difference(&shown.collect()).for_each(|id| faults.add(Fault::Rows, id));
}

fn owed(said: &Said, held: &Held, faults: &mut Faults) {
    let mut mails = BTreeSet::new();
    let mut unheard: BTreeSet<&String> = held.events.keys().collect();
    for offer in &held.offers {
        unheard.remove(&offer.id);
        if held.events.get(&offer.id) != Some(&1) {
            faults.add(Fault::Event, &offer.id);
        }
        let is_told =
            offer.serial.and_then(|serial| said.offers.get(&serial)).is_some_and(|asked| asked.is_told);
        let template = match offer.index {
            0 => Some(Template::ConfirmAddress),
            _ => is_told.then_some(Template::OfferPublished),
        };
        mails.extend(template.map(|template| MailId::of(template, &offer.id).as_str().to_owned()));
    }
    for id in unheard {
        faults.add(Fault::Event, id);
    }
    mails.symmetric_difference(&held.mails).for_each(|id| faults.add(Fault::Mail, id));
    if held.links != held.mails.len() {
        faults.add(Fault::Links, format!("{} links for {} mails", held.links, held.mails.len()));
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;

use usecases::ports::ReferenceHash;

use super::super::dump::Rows;
use super::super::said::Asked;
use super::*;

const ROWS: Rows = Rows { found_by: 0, stock: 2 };
const FOUND: Rows = Rows { found_by: 6, stock: 0 };

fn id(serial: u32) -> String {
    format!("offer-{serial}")
}

/// Five offers of one establishment, the first of which was told of, and the second of which has a name.
fn sound() -> (Said, Held) {
    let (mut said, mut held) = (Said::default(), Held::default());
    for serial in 0..5 {
        let reference = (serial == 1).then(|| ReferenceHash::of("name"));
        said.offers.insert(
            serial,
            Asked {
                partner: "one".to_owned(),
                establishment_id: "here".to_owned(),
                reference: reference.clone(),
                is_told: serial == 3,
                ids: BTreeSet::from([id(serial)]),
                is_unknown: false,
            },
        );
        held.offers.push(Offer {
            id: id(serial),
            partner: "one".to_owned(),
            establishment_id: "here".to_owned(),
            index: serial as usize,
            serial: Some(serial),
        });
        held.located.insert(("one".to_owned(), id(serial)), "here".to_owned());
        for (of, rows) in [(id(serial), ROWS), (format!("here-{serial}"), FOUND)] {
            held.needed.insert(of.clone(), rows);
            held.rows.insert(of, rows);
        }
        held.events.insert(id(serial), 1);
        let name = reference.map(|name| (("one".to_owned(), name.as_str().to_owned()), id(serial)));
        held.named.extend(name);
    }
    held.told.insert("here".to_owned(), 5);
    for (template, serial) in [(Template::ConfirmAddress, 0), (Template::OfferPublished, 3)] {
        held.mails.insert(MailId::of(template, &id(serial)).as_str().to_owned());
    }
    held.links = 2;
    (said, held)
}

fn kinds(said: &Said, held: &Held) -> Vec<Fault> {
    check(said, held).0.into_keys().collect()
}

#[test]
fn nothing_is_wrong_where_all_is_there_once() {
    let (said, held) = sound();
    assert_eq!(check(&said, &held), Faults::default());
}

#[test]
fn a_lost_offer_is_reported() {
    let (said, mut held) = sound();
    held.offers.pop();
    held.told.insert("here".to_owned(), 4);
    let faults = check(&said, &held);
    assert_eq!(faults.0[&Fault::Lost], ["4"]);
    // And all that still stands for it.
    for left in [Fault::NotLocated, Fault::Rows, Fault::Event] {
        assert!(faults.0.contains_key(&left), "{left:?}");
    }
}

#[test]
fn a_doubled_offer_is_reported() {
    let (said, mut held) = sound();
    held.offers.push(Offer { id: "another".to_owned(), index: 5, ..held.offers[4].clone() });
    held.told.insert("here".to_owned(), 6);
    let faults = check(&said, &held);
    assert_eq!(faults.0[&Fault::Doubled], ["4"]);
    assert_eq!(faults.0[&Fault::OtherId], ["4"]);
}

#[test]
fn a_gap_and_a_place_that_is_taken_twice_are_reported() {
    for index in [7, 2] {
        let (said, mut held) = sound();
        held.offers[4].index = index;
        assert_eq!(kinds(&said, &held), [Fault::Gap], "{index}");
    }
}

#[test]
fn an_offer_that_nobody_was_told_of_is_reported_unless_nobody_could_know() {
    let (mut said, held) = sound();
    said.offers.get_mut(&2).unwrap().ids.clear();
    assert_eq!(kinds(&said, &held), [Fault::NotAcknowledged]);
    said.offers.get_mut(&2).unwrap().is_unknown = true;
    assert_eq!(kinds(&said, &held), []);
    said.offers.remove(&2);
    assert_eq!(kinds(&said, &held), [Fault::NotAcknowledged]);
}

#[test]
fn an_offer_acknowledged_under_two_ids_is_reported() {
    let (mut said, held) = sound();
    said.offers.get_mut(&2).unwrap().ids.insert("another".to_owned());
    assert_eq!(kinds(&said, &held), [Fault::OtherId]);
}

#[test]
fn what_stands_for_an_offer_is_counted() {
    type Break = fn(&mut Held);
    let breaks: [(Break, Fault); 10] = [
        (|held| held.offers[2].partner = "another".to_owned(), Fault::Elsewhere),
        (|held| _ = held.told.insert("here".to_owned(), 4), Fault::Count),
        (|held| drop(held.located.pop_first()), Fault::NotLocated),
        (|held| held.named.clear(), Fault::Name),
        (|held| _ = held.rows.insert("here-2".to_owned(), Rows { found_by: 5, stock: 0 }), Fault::Rows),
        (|held| _ = held.rows.insert("nobody's".to_owned(), ROWS), Fault::Rows),
        (|held| held.needed.retain(|of, _| *of != id(2)), Fault::Rows),
        (|held| _ = held.mails.insert("without a cause".to_owned()), Fault::Mail),
        (|held| _ = held.events.insert(id(2), 2), Fault::Event),
        (|held| held.links += 1, Fault::Links),
    ];
    for (number, (change, fault)) in breaks.into_iter().enumerate() {
        let (said, mut held) = sound();
        change(&mut held);
        assert!(check(&said, &held).0.contains_key(&fault), "{number}");
    }
}

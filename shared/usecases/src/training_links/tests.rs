#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Mutex;

use async_trait::async_trait;

use domain::appointment::{Consent, Decision, Eligibility};

use super::*;
use crate::ports::{Barred, FindBarred, FindEligibility, Item};

/// A catalogue in memory, which notes what it is asked.
#[derive(Default)]
struct Catalogue {
    by_key: Vec<Outline>,
    by_school: Vec<(TrainingsOf, Vec<Outline>)>,
    trades: Vec<(TradesOf, Vec<RomeCode>)>,
    /// Trainings that one may ask about.
    open: Vec<String>,
    asked: Mutex<Vec<String>>,
}

#[async_trait]
impl FindItem for Catalogue {
    async fn find_item(&self, source: Source, id: &str) -> Result<Option<Item>, PortError> {
        assert_eq!(source, Source::Formations);
        self.asked.lock().unwrap().push(id.to_owned());
        let found = self.by_key.iter().find(|known| known.id == id);
        Ok(found.map(|outline| {
            let mut json = serde_json::json!({"title": "CAP", "trainer": {}, "manager": {}, "address": {}});
            let known = serde_json::to_value(outline).unwrap();
            for name in ["id", "romes", "cfd", "rncp"] {
                if let Some(value) = known.get(name) {
                    json[name] = value.clone();
                }
            }
            for name in ["point", "zip", "insee"] {
                json["address"][name] = known[name].clone();
            }
            let card = Card::Formation(Box::new(serde_json::from_value(json).unwrap()));
            Item { card, feed: "main".to_owned(), detail_views: 0 }
        }))
    }
}

#[async_trait]
impl FindTrainings for Catalogue {
    async fn find_trainings(&self, of: &TrainingsOf) -> Result<Vec<Outline>, PortError> {
        self.asked.lock().unwrap().push(format!("{:?} {}", of.role, of.uai));
        let found = self.by_school.iter().find(|(known, _)| known == of);
        Ok(found.map(|(_, trainings)| trainings.clone()).unwrap_or_default())
    }
}

#[async_trait]
impl FindTrades for Catalogue {
    async fn find_trades(&self, of: &TradesOf) -> Result<Vec<RomeCode>, PortError> {
        self.asked.lock().unwrap().push(format!("{of:?}"));
        let found = self.trades.iter().find(|(known, _)| known == of);
        Ok(found.map(|(_, romes)| romes.clone()).unwrap_or_default())
    }
}

#[async_trait]
impl FindEligibility for Catalogue {
    async fn find_eligibility(&self, training: &str) -> Result<Option<Eligibility>, PortError> {
        let found = self.open.iter().any(|known| known == training);
        Ok(found.then(|| {
            let json = serde_json::json!({
                "id": training, "title": "CAP", "trainer_name": "CFA", "email": [{"email": "00", "iv": "00"}, training],
            });
            let mut consent = Consent::default();
            consent.optout.activated = Some("2026-09-01".parse().unwrap());
            let training = serde_json::from_value(json).unwrap();
            Eligibility { training, consent, decision: Decision::default() }
        }))
    }
}

#[async_trait]
impl FindBarred for Catalogue {
    async fn find_barred(&self, address_hash: &str) -> Result<Option<Barred>, PortError> {
        Ok(match address_hash {
            "key-bounced" => Some(Barred::All),
            "key-stopped" => Some(Barred::Stoppable),
            _ => None,
        })
    }
}

const CFD: &str = "50022137";

fn romes(codes: &[&str]) -> Vec<RomeCode> {
    codes.iter().map(|code| code.parse().unwrap()).collect()
}

fn training(id: &str, codes: &[&str], place: Option<(f64, f64)>) -> Outline {
    Outline {
        id: id.to_owned(),
        romes: romes(codes).try_into().unwrap(),
        cfd: Some(CFD.parse().unwrap()),
        rncp: Some("RNCP37537".parse().unwrap()),
        mefs: vec!["2472541131".parse().unwrap()],
        point: place.map(|(lat, lon)| Point::new(lat, lon).unwrap()),
        zip: None,
        insee: None,
    }
}

fn school(role: SchoolRole, uai: &str) -> TrainingsOf {
    TrainingsOf { role, uai: uai.parse().unwrap() }
}

fn by_lieu(trainings: Vec<Outline>) -> Catalogue {
    Catalogue { by_school: vec![(school(SchoolRole::Lieu, "0570001A"), trainings)], ..Catalogue::default() }
}

/// A wish for a diploma where it is taught.
fn wish() -> Wish {
    Wish { lieu: Some("0570001A".parse().unwrap()), cfd: Some(CFD.parse().unwrap()), ..Wish::default() }
}

async fn targets(catalogue: &Catalogue, wishes: &[Wish]) -> Vec<Target> {
    let open = FindOpen { trainings: catalogue, barred: catalogue };
    let use_case = LinkTrainings { items: catalogue, trainings: catalogue, trades: catalogue, open };
    use_case.run(wishes).await.unwrap()
}

async fn target(catalogue: &Catalogue, wish: Wish) -> Target {
    let [target] = targets(catalogue, &[wish]).await.try_into().unwrap();
    target
}

fn at(codes: &[&str], place: Option<(f64, f64)>) -> Target {
    Target {
        romes: romes(codes),
        place: place.map(|(lat, lon)| Point::new(lat, lon).unwrap()),
        is_open: false,
    }
}

#[tokio::test]
async fn one_may_ask_about_what_a_wish_names_where_it_is_in_the_catalogue_and_open() {
    let names = ["key-open", "key-closed", "key-bounced", "key-stopped", "key-gone"];
    let catalogue = Catalogue {
        by_key: names[..4].iter().map(|id| training(id, &["D1102"], None)).collect(),
        open: ["key-open", "key-bounced", "key-stopped", "key-gone", "other"].map(str::to_owned).to_vec(),
        ..by_lieu(vec![training("other", &["A1101"], None)])
    };
    let mut wishes: Vec<Wish> =
        names.iter().map(|name| Wish { training: Some((*name).to_owned()), ..Wish::default() }).collect();
    wishes.push(wish());
    wishes.push(Wish { training: Some("key-open".to_owned()), ..wish() });
    let open: Vec<bool> = targets(&catalogue, &wishes).await.iter().map(|target| target.is_open).collect();
    // Who unsubscribed gets requests all the same: they are none of the mails that one may stop.
    assert_eq!(open, [true, false, false, true, false, false, true]);
}

#[tokio::test]
async fn the_key_of_a_training_decides_before_all_else() {
    let catalogue = Catalogue {
        by_key: vec![training("key-1", &["D1102"], Some((49.0, 6.0)))],
        ..by_lieu(vec![training("other", &["A1101"], Some((43.0, 1.0)))])
    };
    let named = Wish { training: Some("key-1".to_owned()), ..wish() };
    assert_eq!(target(&catalogue, named).await, at(&["D1102"], Some((49.0, 6.0))));
    assert_eq!(*catalogue.asked.lock().unwrap(), ["key-1"], "nothing else is read");
    let misnamed = Wish { training: Some("key-2".to_owned()), ..wish() };
    assert_eq!(target(&catalogue, misnamed).await, at(&["A1101"], Some((43.0, 1.0))));
}

#[tokio::test]
async fn a_key_that_no_store_would_take_is_not_asked_for() {
    let catalogue = Catalogue::default();
    let wish = |bytes| Wish { training: Some("x".repeat(bytes)), ..Wish::default() };
    targets(&catalogue, &[wish(201), wish(3_000)]).await;
    assert_eq!(*catalogue.asked.lock().unwrap(), [""; 0]);
    targets(&catalogue, &[wish(200)]).await;
    assert_eq!(catalogue.asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn schools_are_asked_in_turn_until_one_has_the_diploma() {
    let mut catalogue = by_lieu(vec![]);
    let wished = Wish {
        formateur: Some("0570002B".parse().unwrap()),
        responsable: Some("0570003C".parse().unwrap()),
        ..wish()
    };
    let last = (school(SchoolRole::Responsable, "0570003C"), vec![training("c", &["D1104"], None)]);
    catalogue.by_school.push(last);
    assert_eq!(target(&catalogue, wished.clone()).await.romes, romes(&["D1104"]));
    assert_eq!(
        *catalogue.asked.lock().unwrap(),
        ["Lieu 0570001A", "Formateur 0570002B", "Responsable 0570003C"]
    );
    let second = (school(SchoolRole::Formateur, "0570002B"), vec![training("b", &["D1102"], None)]);
    catalogue.by_school.push(second);
    assert_eq!(target(&catalogue, wished).await.romes, romes(&["D1102"]));
}

#[tokio::test]
async fn any_of_the_three_codes_tells_the_diploma_and_none_of_them_no_training() {
    let catalogue = by_lieu(vec![training("a", &["D1102"], None)]);
    let bare = Wish { cfd: None, ..wish() };
    for wished in [
        Wish { cfd: Some(CFD.parse().unwrap()), rncp: Some("RNCP99".parse().unwrap()), ..bare.clone() },
        Wish { rncp: Some("RNCP37537".parse().unwrap()), ..bare.clone() },
        Wish { mef: Some("2472541131".parse().unwrap()), ..bare.clone() },
    ] {
        assert_eq!(target(&catalogue, wished).await.romes, romes(&["D1102"]));
    }
    let other = Wish { cfd: Some("50022138".parse().unwrap()), ..bare.clone() };
    assert_eq!(target(&catalogue, other).await, Target::default());
    catalogue.asked.lock().unwrap().clear();
    assert_eq!(target(&catalogue, bare).await, Target::default());
    assert!(catalogue.asked.lock().unwrap().is_empty(), "a school alone is not asked");
}

#[tokio::test]
async fn of_several_the_nearest_to_the_commune_gives_the_place_and_five_give_trades() {
    let mut trainings: Vec<Outline> = (0..6)
        .map(|n| {
            training(
                &format!("far-{n}"),
                &[["A1101", "A1102", "A1103", "A1201", "A1202", "A1203"][n]],
                Some((43.6, 1.4 + n as f64 / 10.0)),
            )
        })
        .collect();
    trainings.push(training("metz", &["D1102"], Some((49.12, 6.18))));
    trainings.push(training("nowhere", &["D1104"], None));
    // A second feed brings it too.
    trainings.push(training("metz", &["D1102"], Some((49.12, 6.18))));
    let catalogue = by_lieu(trainings);
    let near_metz = at(&["D1102", "A1203", "A1202", "A1201", "A1103"], Some((49.12, 6.18)));
    for home in [
        Wish { insee: Some("57463".parse().unwrap()), ..wish() },
        Wish { postal_code: Some("57000".to_owned()), ..wish() },
        Wish { insee: Some("57463".parse().unwrap()), postal_code: Some("31000".to_owned()), ..wish() },
    ] {
        assert_eq!(target(&catalogue, home).await, near_metz);
    }
    let homeless = target(&catalogue, wish()).await;
    assert_eq!((homeless.romes.len(), homeless.place), (5, None));
}

#[tokio::test]
async fn a_training_without_coordinates_is_in_its_commune() {
    let mut only = training("a", &["D1102"], None);
    only.insee = Some("57463".parse().unwrap());
    let found = target(&by_lieu(vec![only]), wish()).await.place.unwrap();
    assert!(found.distance_km(Point::new(49.1193, 6.1757).unwrap()) < 5.0);
}

#[tokio::test]
async fn without_a_training_the_diploma_gives_its_trades_and_no_place() {
    let many: Vec<RomeCode> = (0..30).map(|n| format!("D{:04}", 1100 + n).parse().unwrap()).collect();
    let catalogue = Catalogue {
        trades: vec![
            (TradesOf::Cfd(CFD.parse().unwrap()), romes(&["A1101", "D1100"])),
            (TradesOf::Mef("2472541131".parse().unwrap()), many),
        ],
        ..Catalogue::default()
    };
    let wished = Wish {
        rncp: Some("RNCP37537".parse().unwrap()),
        mef: Some("2472541131".parse().unwrap()),
        postal_code: Some("57000".to_owned()),
        ..wish()
    };
    let found = target(&catalogue, wished).await;
    assert_eq!((found.romes.len(), found.place), (20, None));
    assert_eq!(found.romes[..3], romes(&["A1101", "D1100", "D1101"]));
}

#[tokio::test]
async fn a_hundred_wishes_for_the_same_are_read_once_and_keep_their_order() {
    let catalogue = by_lieu(vec![training("a", &["D1102"], Some((49.0, 6.0)))]);
    let mut wishes = vec![wish(); 100];
    wishes[50] = Wish::default();
    let found = targets(&catalogue, &wishes).await;
    assert_eq!(*catalogue.asked.lock().unwrap(), ["Lieu 0570001A"]);
    assert_eq!(found.iter().position(|target| *target == Target::default()), Some(50));
    assert_eq!(found.len(), 100);
}

#[tokio::test]
async fn a_store_that_fails_fails_the_request() {
    struct Broken;
    #[async_trait]
    impl FindTrainings for Broken {
        async fn find_trainings(&self, _: &TrainingsOf) -> Result<Vec<Outline>, PortError> {
            Err(PortError::new("find the trainings of a school", "broken on purpose"))
        }
    }
    let catalogue = Catalogue::default();
    let open = FindOpen { trainings: &catalogue, barred: &catalogue };
    let use_case = LinkTrainings { items: &catalogue, trainings: &Broken, trades: &catalogue, open };
    assert!(use_case.run(&[wish()]).await.is_err());
}

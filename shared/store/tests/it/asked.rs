//! On which conditions an appointment is stored and changed, and that nothing is where one fails.

use domain::appointment::{AGAIN_SECONDS, AppointmentId, Asker, Facts, Referrer, Stage, Statistic};
use domain::date::paris_day;
use domain::event::BounceReason;
use domain::mail::address_hash;
use domain::person::{Person, PersonKey, PersonSecret};
use store::{AppointmentRequests, Appointments, Bounces, People, PersonalIndex, Released};
use usecases::kept::ends_at;
use usecases::ports::{
    AnonymiseEnded, Bounce, ChangeAppointment, Consequences, ENDING_SHELVES, FindAppointment, FindEnded,
    FindPerson, ForgetPerson, Guard, ListAppointments, ListEnding, ListPersonal, NewAppointment, Personal,
    RecordBounce, ReleasePerson, RequestAppointment, RequestError,
};

use crate::deposits::{NOW, consequences};
use crate::shop::{Shop, nothing};

const PERSON: &str = "hash-of-an-address";
const TRAINING: &str = "training-one#L01";
const CENTRE: &str = "rdv@cfa-invente.invalid";

struct Desk {
    shop: Shop,
    requests: AppointmentRequests,
    appointments: Appointments,
    people: People,
    personal: PersonalIndex,
}

impl Desk {
    async fn open() -> Self {
        let shop = Shop::open().await;
        let (client, tables) = (shop.store.client.clone(), shop.store.tables.clone());
        let people = People::new(client.clone(), &tables, PersonSecret::new(&"k3y0".repeat(16)).unwrap());
        let personal = PersonalIndex::new(client.clone(), &tables);
        let requests = AppointmentRequests::new(client.clone(), tables.clone(), people.clone());
        Self { requests, appointments: Appointments::new(client, tables), people, personal, shop }
    }

    async fn appointment(&self, number: u8, training: &str) -> NewAppointment {
        let now = jiff::Timestamp::from_second(i64::from(NOW) + i64::from(number)).unwrap();
        let known = self.people.find_person(PERSON).await.unwrap();
        let is_first = known.is_none();
        let fresh = || Person { hash: PERSON.to_owned(), key: PersonKey::from_random([number; 32]) };
        NewAppointment {
            id: AppointmentId::from_random([number; 16]),
            facts: Facts {
                training: training.to_owned(),
                trainer: None,
                manager: None,
                referrer: Referrer::Onisep,
                asker: Asker::Etudiant,
                reasons: Vec::new(),
                created_at: now,
                stage: Stage::Requested,
                updated_at: now,
                intention: None,
                answered_at: None,
                slots: Vec::new(),
                picked: None,
                again: 0,
                partner: None,
            },
            is_first,
            letter: vec![number; 8],
            address: address_hash(&CENTRE.parse().unwrap()),
            person: known.unwrap_or_else(fresh),
        }
    }

    async fn request(&self, new: &NewAppointment, now: u32) -> Result<(), RequestError> {
        let answered = Consequences { now, ..consequences(new.id.as_str(), Guard::Unanswered, Vec::new()) };
        self.requests.request_appointment(new, &answered).await
    }

    /// What fails leaves everything as it was.
    async fn refused(&self, new: &NewAppointment, now: u32) -> RequestError {
        let before = self.shop.dumps().await;
        let refused = self.request(new, now).await.unwrap_err();
        assert_eq!(self.shop.dumps().await, before, "{refused:?}");
        refused
    }
}

#[tokio::test]
async fn whoever_lets_people_go_whose_applications_are_over_keeps_the_key_of_an_appointment_that_is_not() {
    let desk = Desk::open().await;
    let new = desk.appointment(1, TRAINING).await;
    desk.request(&new, NOW).await.unwrap();
    let (client, tables) = (desk.shop.store.client.clone(), desk.shop.store.tables.clone());
    let people = Released::new(client, &tables);
    let end = ends_at(new.facts.created_at);
    people.release_person(PERSON, end - 1).await.unwrap();
    assert!(desk.people.find_person(PERSON).await.unwrap().is_some());
    people.release_person(PERSON, end).await.unwrap();
    assert!(desk.people.find_person(PERSON).await.unwrap().is_none());
}

#[tokio::test]
async fn an_appointment_is_found_and_listed_as_it_was_stored_and_not_after_its_time() {
    let desk = Desk::open().await;
    let new = desk.appointment(1, TRAINING).await;
    desk.request(&new, NOW).await.unwrap();
    let found = desk.appointments.find_appointment(&new.id, NOW).await.unwrap().unwrap();
    assert_eq!((&found.facts, &found.personal), (&new.facts, &Some((PERSON.to_owned(), vec![1; 8]))));
    let personal = Personal { appointments: vec![new.id.clone()], ..Personal::default() };
    assert_eq!(desk.personal.list_personal(PERSON).await.unwrap(), personal);
    let listed = desk.appointments.list_appointments(Referrer::Onisep, 0, None, 10).await.unwrap();
    let listed: Vec<_> = listed.into_iter().map(|(_, id)| id).collect();
    assert_eq!(listed, std::slice::from_ref(&new.id));
    assert!(desk.appointments.list_appointments(Referrer::Lba, 0, None, 10).await.unwrap().is_empty());
    let end = ends_at(new.facts.created_at);
    assert!(desk.appointments.find_appointment(&new.id, end - 1).await.unwrap().is_some());
    assert!(desk.appointments.find_appointment(&new.id, end).await.unwrap().is_none());
}

#[tokio::test]
async fn a_request_that_was_answered_stores_nothing_a_second_time() {
    let desk = Desk::open().await;
    let first = desk.appointment(1, TRAINING).await;
    desk.request(&first, NOW).await.unwrap();
    let again = NewAppointment { id: first.id.clone(), ..desk.appointment(2, TRAINING).await };
    assert!(
        matches!(desk.refused(&again, NOW).await, RequestError::NotFirst),
        "before it is told that it is recent"
    );
}

#[tokio::test]
async fn the_same_person_and_training_wait_four_days_and_another_training_does_not() {
    let desk = Desk::open().await;
    desk.request(&desk.appointment(1, TRAINING).await, NOW).await.unwrap();
    let again = desk.appointment(2, TRAINING).await;
    for now in [NOW, NOW + AGAIN_SECONDS - 1] {
        let refused = desk.refused(&again, now).await;
        assert!(matches!(refused, RequestError::Recent { since: NOW }), "{refused:?}");
    }
    desk.request(&desk.appointment(3, "training-two#L01").await, NOW).await.unwrap();
    desk.request(&again, NOW + AGAIN_SECONDS).await.unwrap();
}

#[tokio::test]
async fn a_centre_that_is_written_to_no_more_is_asked_nothing() {
    let desk = Desk::open().await;
    let bounces = Bounces::new(desk.shop.store.client.clone(), &desk.shop.store.tables);
    let (address, reason) = (CENTRE.parse().unwrap(), BounceReason::HardBounce);
    let bounce = Bounce { dedupe: "one".to_owned(), address, reason, event: None, now: NOW };
    bounces.record_bounce(&bounce).await.unwrap();
    assert!(matches!(desk.refused(&desk.appointment(1, TRAINING).await, NOW).await, RequestError::Closed));
}

#[tokio::test]
async fn a_person_that_was_forgotten_or_known_meanwhile_is_not_brought_back() {
    let desk = Desk::open().await;
    let (first, at_once) = (desk.appointment(1, TRAINING).await, desk.appointment(2, "other").await);
    desk.request(&first, NOW).await.unwrap();
    assert!(matches!(desk.refused(&at_once, NOW).await, RequestError::Overtaken), "two keys of one person");
    let later = desk.appointment(3, "third").await;
    let seen = desk.appointments.find_appointment(&first.id, NOW).await.unwrap().unwrap();
    let personal = desk.personal.list_personal(PERSON).await.unwrap();
    for _ in 0..2 {
        desk.people.forget_person(PERSON, &personal).await.unwrap();
    }
    assert!(matches!(desk.refused(&later, NOW).await, RequestError::Overtaken), "a key that was lost");
    let found = desk.appointments.find_appointment(&first.id, NOW).await.unwrap().unwrap();
    assert_eq!((&found.facts, &found.personal), (&first.facts, &None));
    let facts = Facts { stage: Stage::Answered, ..seen.facts.clone() };
    let written = desk.appointments.change_appointment(&seen, &facts, Some(vec![9]), &nothing()).await;
    assert!(!written.unwrap(), "what was written is not brought back");
}

#[tokio::test]
async fn of_two_changes_that_saw_the_same_one_is_made_and_it_moves_in_the_list() {
    let desk = Desk::open().await;
    let new = desk.appointment(1, TRAINING).await;
    desk.request(&new, NOW).await.unwrap();
    let seen = desk.appointments.find_appointment(&new.id, NOW).await.unwrap().unwrap();
    let later = jiff::Timestamp::from_second(i64::from(NOW) + 500).unwrap();
    let to = |stage| Facts { stage, updated_at: later, ..seen.facts.clone() };
    let change = async |stage, letter| {
        desk.appointments.change_appointment(&seen, &to(stage), letter, &nothing()).await.unwrap()
    };
    assert!(change(Stage::Answered, Some(vec![7])).await);
    assert!(!change(Stage::Withdrawn, None).await);
    let found = desk.appointments.find_appointment(&new.id, NOW).await.unwrap().unwrap();
    assert_eq!((found.facts.stage, found.personal), (Stage::Answered, Some((PERSON.to_owned(), vec![7]))));
    let listed = desk.appointments.list_appointments(Referrer::Onisep, NOW + 500, None, 10).await.unwrap();
    assert_eq!(listed.len(), 1);
    let all = desk.appointments.list_appointments(Referrer::Onisep, 0, None, 10).await.unwrap();
    assert_eq!(all, listed, "it stands there once");
}

#[tokio::test]
async fn of_an_appointment_that_is_over_nothing_is_left_but_a_statistic() {
    for is_forgotten in [false, true] {
        let desk = Desk::open().await;
        let new = desk.appointment(1, TRAINING).await;
        desk.request(&new, NOW).await.unwrap();
        if is_forgotten {
            let personal = desk.personal.list_personal(PERSON).await.unwrap();
            desk.people.forget_person(PERSON, &personal).await.unwrap();
        }
        let (statistic, end) = (Statistic::of(&new.facts), ends_at(new.facts.created_at));
        let mut ids: Vec<AppointmentId> = Vec::new();
        for shelf in 0..ENDING_SHELVES {
            let end = jiff::Timestamp::from_second(i64::from(end)).unwrap();
            ids.extend(desk.appointments.list_ending(paris_day(end), shelf).await.unwrap());
        }
        assert_eq!(ids, std::slice::from_ref(&new.id));
        let seen = desk.appointments.find_ended(&new.id).await.unwrap().unwrap();
        let changed = Facts { stage: Stage::Withdrawn, ..new.facts.clone() };
        assert!(desk.appointments.change_appointment(&seen, &changed, None, &nothing()).await.unwrap());
        assert!(
            !desk.appointments.anonymise_ended(&seen, &statistic, [1; 16]).await.unwrap(),
            "as it was seen"
        );
        let seen = desk.appointments.find_ended(&new.id).await.unwrap().unwrap();
        assert!(desk.appointments.anonymise_ended(&seen, &statistic, [1; 16]).await.unwrap());
        assert!(!desk.appointments.anonymise_ended(&seen, &statistic, [2; 16]).await.unwrap(), "once");
        let released = Released::new(desk.shop.store.client.clone(), &desk.shop.store.tables);
        released.release_person(PERSON, end).await.unwrap();
        let [_, records, _] = desk.shop.dumps().await;
        let about = records.keys().filter(|(partition, _)| {
            ["person#", "appointment"].iter().any(|start| partition.starts_with(start))
        });
        let about: Vec<_> = about.map(|(partition, _)| partition.as_str()).collect();
        assert_eq!(about, [format!("appointment-statistics#{}", new.facts.created_at.strftime("%Y-%m"))]);
    }
}

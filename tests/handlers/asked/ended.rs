//! A year later: nobody reads an appointment any more, from its very last second on; the night after, it is a statistic.

use domain::appointment::{Stage, Statistic};
use domain::mail::address_hash;

use super::{APPLICANT, DAY, taken};
use crate::applications::ended::{TO_THE_NIGHT, YEAR, left_of};
use crate::world::World;

fn statistics(left: &[String]) -> Vec<Statistic> {
    left.iter().map(|json| serde_json::from_str(json).unwrap()).collect()
}

#[tokio::test]
async fn a_year_and_a_night_later_an_appointment_is_a_statistic_and_nothing_of_the_person_is_left() {
    let world = World::new().await;
    world.with_lba().await;
    let (id, _) = taken(&world.request(0, |_| ()).await);
    world.press_form(&world.asked_centre().await.answer, "comment=Venez").await;

    let early = YEAR - DAY + TO_THE_NIGHT;
    world.anonymise(early).await.unwrap();
    let statistics_of = async |later| {
        let left = world.left(later).await;
        statistics(&left_of(&left, "appointment-statistics#"))
    };
    assert_eq!(statistics_of(early).await, [], "its last day has only begun");
    let night = YEAR + TO_THE_NIGHT;
    for _ in 0..2 {
        world.anonymise(night).await.unwrap();
    }
    let statistics = statistics_of(night).await;
    let [statistic] = &statistics[..] else { panic!("{statistics:?}") };
    assert_eq!((statistic.stage, statistic.partner.as_deref()), (Stage::Answered, Some("lba")));
    assert_eq!(statistic.created_on, statistic.answered_on.unwrap());
    let hash = address_hash(&APPLICANT.parse().unwrap());
    for item in world.left(night).await {
        let may_wait = ["mail#", "event#"].iter().any(|start| item["pk"].as_s().unwrap().starts_with(start));
        let item = format!("{item:?}");
        assert!(!item.contains(APPLICANT), "{item}");
        // What nobody has handed on in this test is owed still: a mail under a key that is gone.
        assert!(may_wait || !(item.contains(&hash) || item.contains(&id)), "{item}");
    }
}

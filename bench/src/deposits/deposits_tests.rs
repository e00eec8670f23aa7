use std::path::Path;

use super::*;
use crate::data::tests::small;
use crate::embedded::Served;

async fn site() -> Site {
    Site::over(Served::in_thread(Path::new(site::MEMORY))).await.unwrap()
}

#[tokio::test]
async fn requests_at_once_leave_each_offer_once() {
    let (world, site) = (small(150, 0.5), site().await);
    let drawing = Drawing::new(&world, SystemClock.now());
    let words = "--offers 150 --partners 1 --establishments 4".split(' ').map(str::to_owned);
    let options = Options::parse(&words.collect::<Vec<_>>()).unwrap();
    let (line, faults) = deposited(&options, &drawing, &site).await.unwrap();
    assert_eq!(faults.count(), 0, "{}", report::faults(&faults));
    assert_eq!((line.acknowledged, line.refused, line.failed), (150, 0, 0));
    // Requests of one partner are under way at once, over the same establishments.
    assert!(line.spent.overtaken > 0 && line.spent.refused_wru > 0.0, "{:?}", line.spent);
    assert!(line.spent.wru > 150.0 * 20.0 && line.spent.rru > 150.0, "{:?}", line.spent);
}

#[tokio::test]
async fn both_ways_find_establishments_with_as_many_offers_each_time() {
    let (world, site) = (small(200, 0.5), site().await);
    let drawing = Drawing::new(&world, SystemClock.now());
    let plan = Plan { sizes: vec![1, 60], establishments: 8, offers: 8 };
    let costs = beside::measure(&site, &drawing, &plan).await.unwrap();
    let read = |cost: &beside::Cost| (cost.spent.rru / f64::from(cost.offers)).round() as u32;
    let read: Vec<u32> = costs.iter().map(read).collect();
    // One by one reads all offers of an establishment, of a hundred reads none of them.
    assert_eq!((read[1], read[3]), (2, 2), "{read:?}");
    assert!(read[0] < 6 && 20 < read[2], "{read:?}");
    assert!(costs[2].answer_bytes > 50.0 * costs[3].answer_bytes, "{costs:?}");
}

//! Value types in JSON, as cards and records store them.

use domain::cfd::Cfd;
use domain::diploma::Diploma;
use domain::feed::{FeedKey, FeedKind, FeedName};
use domain::geo::Point;
use domain::insee::Insee;
use domain::mef::Mef;
use domain::naf::Naf;
use domain::opco::Opco;
use domain::rncp::RncpCode;
use domain::rome::{RomeCode, Romes};
use domain::siret::Siret;
use domain::uai::Uai;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn keeps<T: Serialize + DeserializeOwned>(json: &str) {
    let value: T = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
}

#[test]
fn each_is_a_short_text_or_number() {
    keeps::<Siret>("\"01928074200016\"");
    keeps::<RomeCode>("\"D1102\"");
    keeps::<Romes>("[\"D1102\",\"A1101\"]");
    keeps::<RncpCode>("\"RNCP37537\"");
    keeps::<Insee>("\"2A004\"");
    keeps::<Cfd>("\"26X31101\"");
    keeps::<Mef>("\"2472541131\"");
    keeps::<Uai>("\"0573690B\"");
    keeps::<Naf>("\"6832A\"");
    keeps::<Point>("\"49.1111,-6.17141\"");
    keeps::<Diploma>("6");
    keeps::<Opco>("\"OPCO2I\"");
    keeps::<FeedName>("\"metz\"");
    keeps::<FeedKind>("\"companies\"");
    keeps::<FeedKey>("\"companies/metz/x.jsonl.gz\"");
}

#[test]
fn none_can_be_read_that_is_not_valid() {
    assert!(serde_json::from_str::<Siret>("\"1\"").is_err());
    assert!(serde_json::from_str::<RomeCode>("\"1\"").is_err());
    assert!(serde_json::from_str::<Point>("\"91,0\"").is_err());
    assert!(serde_json::from_str::<Diploma>("8").is_err());
    assert!(serde_json::from_str::<Opco>("\"X\"").is_err());
    assert!(serde_json::from_str::<Romes>(&format!("[{}\"D1102\"]", "\"A0001\",".repeat(3))).is_ok());
}

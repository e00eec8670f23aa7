//! The closed objects of contract 1.7, written down a second time: every golden file keeps to them.

use serde_json::{Map, Value};

/// Fields of an object: those that are always there, and those that may be absent.
type Shape = (&'static [&'static str], &'static [&'static str]);

const PLACE_PARTS: &[&str] = &[
    "fullAddress",
    "latitude",
    "longitude",
    "city",
    "address",
    "cedex",
    "zipCode",
    "insee",
    "departementNumber",
    "region",
    "remoteOnly",
];
const PLACE: Shape = (&["distance"], PLACE_PARTS);
const PARTIAL_PLACE: Shape = (&[], PLACE_PARTS);
const CONTACT: Shape = (&[], &["email", "iv", "name", "phone", "info"]);
const COMPANY: Shape = (
    &[],
    &[
        "name",
        "siret",
        "size",
        "logo",
        "description",
        "socialNetwork",
        "url",
        "id",
        "uai",
        "place",
        "mandataire",
        "creationDate",
        "headquarter",
        "opco",
    ],
);
const HEADQUARTER: Shape = (&[], &["siret", "id", "uai", "type", "hasConvention", "place", "name"]);
const OPCO: Shape = (&["label", "url"], &[]);
const ROME: Shape = (&["code"], &["label"]);
const NAF: Shape = (&[], &["code", "label"]);
const JOB: Shape = (
    &["description", "creationDate", "id", "contractType"],
    &[
        "employeurDescription",
        "contractDescription",
        "duration",
        "jobStartDate",
        "romeDetails",
        "rythmeAlternance",
        "elligibleHandicap",
        "dureeContrat",
        "quantiteContrat",
        "status",
    ],
);
const TRAINING: Shape = (&["description", "objectif", "duration"], &["sessions"]);
const SESSION: Shape = (&["isPermanentEntry"], &["startDate", "endDate"]);
const LBA_JOB: Shape = (
    &["ideaType", "contact", "place", "company", "id", "job", "romes", "nafs", "applicationCount"],
    &["title", "diplomaLevel"],
);
const LBA_COMPANY: Shape =
    (&["ideaType", "contact", "place", "company", "url", "nafs", "applicationCount"], &["title"]);
const PE_JOB: Shape =
    (&["ideaType", "contact", "place", "company", "url", "job", "romes", "nafs"], &["title"]);
const FORMATION: Shape = (
    &[
        "ideaType",
        "contact",
        "place",
        "company",
        "id",
        "idRco",
        "idRcoFormation",
        "cleMinistereEducatif",
        "diploma",
        "cfd",
        "rncpCode",
        "rncpLabel",
        "period",
        "capacity",
        "onisepUrl",
        "romes",
        "training",
    ],
    &["title", "longTitle", "diplomaLevel", "rncpEligibleApprentissage"],
);

fn check(path: &str, object: &Map<String, Value>, (always, maybe): Shape) {
    for name in always {
        assert!(object.contains_key(*name), "{path}.{name} is missing");
    }
    for (name, value) in object {
        let known = always.contains(&name.as_str()) || maybe.contains(&name.as_str());
        assert!(known, "{path}.{name} is not in the contract");
        let path = format!("{path}.{name}");
        match (value, inner(&path)) {
            (Value::Object(inside), Some(shape)) => check(&path, inside, shape),
            (Value::Array(list), Some(shape)) => {
                for one in list {
                    check(&path, one.as_object().unwrap(), shape);
                }
            }
            (Value::Object(_) | Value::Array(_), None) => panic!("{path} has no shape"),
            _ => {}
        }
    }
}

fn inner(path: &str) -> Option<Shape> {
    let (parent, name) = path.rsplit_once('.')?;
    Some(match name {
        "place" if parent.contains('.') => PARTIAL_PLACE,
        "place" => PLACE,
        "contact" => CONTACT,
        "company" => COMPANY,
        "headquarter" => HEADQUARTER,
        "opco" => OPCO,
        "romes" => ROME,
        "nafs" => NAF,
        "job" => JOB,
        "training" => TRAINING,
        "sessions" => SESSION,
        // The sheet of a trade is the source's own, and any object.
        "romeDetails" => (&[], &["code_rome"]),
        _ => return None,
    })
}

#[test]
fn every_item_is_closed_and_whole() {
    let mut seen = 0;
    for file in std::fs::read_dir(format!("{}/tests/golden", env!("CARGO_MANIFEST_DIR"))).unwrap() {
        let item: Value =
            serde_json::from_str(&std::fs::read_to_string(file.unwrap().path()).unwrap()).unwrap();
        let (name, shape) = match item["ideaType"].as_str().unwrap() {
            "matcha" => ("matcha", LBA_JOB),
            "lba" => ("lba", LBA_COMPANY),
            "peJob" => ("peJob", PE_JOB),
            _ => ("formation", FORMATION),
        };
        check(name, item.as_object().unwrap(), shape);
        seen += 1;
    }
    assert_eq!(seen, 9);
}

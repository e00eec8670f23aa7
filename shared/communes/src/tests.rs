#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;

use super::*;

fn point(lat: f64, lon: f64) -> Point {
    Point::new(lat, lon).unwrap()
}

fn insee(code: &str) -> Option<Point> {
    by_insee(&code.parse().unwrap())
}

#[test]
fn every_line_is_read() {
    let lines = include_str!("../communes.csv").lines().count() - 1;
    assert_eq!(TABLE.communes.len(), lines);
    assert!(lines > 36_900, "{lines}");
}

#[test]
fn towns_are_where_they_are() {
    for (code, place) in [
        ("75056", point(48.8566, 2.3522)),
        ("75115", point(48.8412, 2.3003)),
        ("57463", point(49.1193, 6.1757)),
        ("2A004", point(41.9192, 8.7386)),
        ("97411", point(-20.8789, 55.4481)),
        ("98818", point(-22.2758, 166.458)),
    ] {
        let off = insee(code).unwrap().distance_km(place);
        assert!(off < 6.0, "{code}: {off} km");
    }
    assert_eq!(insee("99999"), None);
}

#[test]
fn a_postal_code_is_in_the_middle_of_its_communes_and_an_unknown_one_in_its_departement() {
    assert!(by_postal_code("57000").unwrap().distance_km(point(49.1193, 6.1757)) < 5.0);
    assert!(by_postal_code("69001").unwrap().distance_km(point(45.7676, 4.8343)) < 5.0);
    // A CEDEX of Metz, which no commune has.
    assert!(!TABLE.postal_codes.contains_key("57036"));
    assert!(by_postal_code("57036").unwrap().distance_km(point(49.1193, 6.1757)) < 60.0);
    assert!(by_postal_code("97499").unwrap().distance_km(point(-21.13, 55.53)) < 30.0);
    for code in ["", "9", "00000", "99123", "é"] {
        assert_eq!(by_postal_code(code), None, "{code}");
    }
}

#[test]
fn the_commune_says_more_than_the_postal_code() {
    let metz = "57463".parse().unwrap();
    assert_eq!(locate(Some(&metz), Some("75001")), by_insee(&metz));
    let unknown = "99999".parse().unwrap();
    assert_eq!(locate(Some(&unknown), Some("75001")), by_postal_code("75001"));
    assert_eq!(locate(None, None), None);
}

/// Against the coordinates of La Poste, where they are at hand.
#[test]
fn nine_communes_in_ten_are_less_than_fifteen_kilometres_off() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/communes.csv");
    let Ok(mut table) = csv::Reader::from_path(path) else { return };
    let mut off: Vec<f64> = Vec::new();
    for row in table.records().map(Result::unwrap) {
        let (Ok(lat), Ok(lon)) = (row[3].parse(), row[4].parse()) else { continue };
        if let Some(found) = row[0].parse().ok().and_then(|code| by_insee(&code)) {
            off.push(found.distance_km(point(lat, lon)));
        }
    }
    off.sort_by(f64::total_cmp);
    assert!(off.len() > 35_000, "{}", off.len());
    let part = |percent: usize| off[off.len() * percent / 100];
    assert!(part(50) < 5.0 && part(90) < 15.0 && part(99) < 35.0, "{} {} {}", part(50), part(90), part(99));
}

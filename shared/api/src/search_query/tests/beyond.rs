//! What this service has beyond the contract.

use super::*;

#[test]
fn an_empty_cursor_is_the_first_page() {
    let part = |text: &str| parse(&format!("romes=A1101{text}")).part;
    assert_eq!(part(""), Part::Capped);
    assert_eq!(part("&cursor="), Part::Page(None));
    assert_eq!(part("&cursor"), Part::Page(None));
    assert_eq!(part("&cursor=abc"), Part::Page(Some("abc".to_owned())));
}

#[test]
fn changes_are_of_any_trade_unless_some_are_named() {
    let query = parse("updated_since=2026-11-20T00:00:00Z");
    let since: Timestamp = "2026-11-20T00:00:00Z".parse().unwrap();
    assert_eq!((&query.trades, &query.part), (&Trades::Any, &Part::Changes(since, None)));
    let next = parse("updated_since=2026-11-20&romes=A1101&cursor=abc");
    assert_eq!(next.part, Part::Changes(since, Some("abc".to_owned())));
    assert_ne!(next.trades, Trades::Any);
}

#[test]
fn changes_are_asked_since_a_known_instant() {
    for text in ["hier", "2026-11-24T12:00:01Z", "0", "2026-13-01"] {
        let told = messages(&format!("romes=A1101&updated_since={text}"));
        assert!(told[0].starts_with("updated_since : updated_since must be"), "{text}: {told:?}");
    }
    let told = messages("updated_since=2026-09-01");
    assert!(told.len() == 1 && told[0].contains("Take the export"), "{told:?}");
}

#[test]
fn the_order_is_by_distance_or_by_date() {
    let place = "romes=A1101&latitude=48&longitude=2&radius=30";
    assert!(!parse(&format!("{place}&sort=distance")).by_date);
    assert!(parse(&format!("{place}&sort=date")).by_date);
    assert!(parse("romes=A1101&sort=date").by_date);
    for text in ["romes=A1101&sort=distance".to_owned(), format!("{place}&sort=newest")] {
        assert!(messages(&text)[0].starts_with("sort : "), "{text}");
    }
}

#[test]
fn a_cursor_is_bound_to_all_that_is_searched_and_not_to_who_asks() {
    let place = "latitude=48&longitude=2&radius=30";
    let base = parse(&format!("romes=A1101&{place}&cursor=")).fingerprint;
    for same in [
        format!("{place}&romes=a1101&cursor=abc"),
        format!("romes=A1101&{place}&cursor=&insee=75056&caller=moi"),
    ] {
        assert_eq!(parse(&same).fingerprint, base, "{same}");
    }
    for other in ["romes=A1102", "romes=A1101&diploma=3", "romes=A1101&sources=lba", "romes=A1101&opco=EP"] {
        assert_ne!(parse(&format!("{other}&{place}&cursor=")).fingerprint, base, "{other}");
    }
    let sorted = parse(&format!("romes=A1101&{place}&sort=date&cursor=")).fingerprint;
    assert_ne!(sorted, base);
    assert_ne!(parse("romes=A1101&cursor=").fingerprint, base);
}

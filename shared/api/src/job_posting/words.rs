//! Texts of a posting: what is said, and what is said where a source says nothing.

use std::fmt::Write as _;

use domain::place::Address;

/// A text that says something.
pub(super) fn said(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// The title, which no posting lacks.
pub(super) fn title(title: &str) -> &str {
    said(Some(title)).unwrap_or("Offre en alternance")
}

/// A description made of what is known, in sentences: `facts` are what each is about, and what is known of it.
pub(super) fn description(title: &str, company: Option<&str>, facts: &[(&str, Option<&str>)]) -> String {
    let mut text = match company {
        Some(company) => format!("{company} propose une offre en alternance : {title}."),
        None => format!("Offre en alternance : {title}."),
    };
    for (name, value) in facts.iter().filter_map(|&(name, value)| Some((name, said(value)?))) {
        let _ = write!(text, " {name} : {value}.");
    }
    text
}

/// The commune, without the number of the département that France Travail writes before it (`57 - METZ`).
pub(super) fn town(city: Option<&str>) -> Option<&str> {
    let city = said(city)?;
    let is_number =
        |text: &str| (2..=3).contains(&text.len()) && text.starts_with(|first: char| first.is_ascii_digit());
    match city.split_once(" - ") {
        Some((number, town)) if is_number(number) => said(Some(town)),
        _ => Some(city),
    }
}

/// The street of an address: its own line, else what its one line has before the post code.
pub(super) fn street(address: &Address) -> Option<&str> {
    if let Some(street) = said(address.street.as_deref()) {
        return Some(street);
    }
    let line = said(address.full.as_deref())?;
    let before = said(address.zip.as_deref()).and_then(|zip| line.rfind(zip)).and_then(|at| line.get(..at));
    let street = before.unwrap_or(line).trim_end_matches([' ', ',']);
    said(Some(street)).filter(|street| address.city.as_deref() != Some(street))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_has_no_number() {
        for (city, wanted) in [
            ("57 - METZ", Some("METZ")),
            ("2A - AJACCIO", Some("AJACCIO")),
            ("974 - ST DENIS", Some("ST DENIS")),
            ("PARIS - LA DEFENSE", Some("PARIS - LA DEFENSE")),
            ("METZ", Some("METZ")),
            (" ", None),
        ] {
            assert_eq!(town(Some(city)), wanted, "{city}");
        }
    }

    #[test]
    fn the_street_stands_before_the_post_code() {
        let at = |full: &str, zip: Option<&str>| Address {
            full: Some(full.to_owned()),
            zip: zip.map(str::to_owned),
            city: Some("METZ".to_owned()),
            ..Address::default()
        };
        for (full, zip, wanted) in [
            ("3 RUE DU PORT, 57000 METZ", Some("57000"), Some("3 RUE DU PORT")),
            ("57000 RUE DU PORT 57000 METZ", Some("57000"), Some("57000 RUE DU PORT")),
            ("57000 METZ", Some("57000"), None),
            ("METZ", None, None),
            ("ZONE DU PORT", None, Some("ZONE DU PORT")),
        ] {
            assert_eq!(street(&at(full, zip)), wanted, "{full}");
        }
        let apart = Address { street: Some("1 rue X".to_owned()), ..at("2 rue Y 57000 METZ", Some("57000")) };
        assert_eq!(street(&apart), Some("1 rue X"));
    }
}

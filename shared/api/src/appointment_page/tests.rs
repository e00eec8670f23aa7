//! The form as its readers see it.

use domain::appointment::Referrer;

use super::*;

fn training() -> RdvTraining {
    RdvTraining {
        id: "cle".to_owned(),
        title: "BOULANGER & <PÂTISSIER> (CAP)".to_owned(),
        cfd: None,
        id_rco_formation: None,
        parcoursup_id: None,
        is_affelnet: false,
        street: Some("1 rue Imaginaire".to_owned()),
        zip: Some("67000".to_owned()),
        city: Some("Strasbourg".to_owned()),
        departement: None,
        trainer: None,
        trainer_name: "CFA INVENTÉ".to_owned(),
        manager: None,
        email: None,
    }
}

fn shown(typed: &TypedForm) -> String {
    let mistakes = typed.wish("cle", Referrer::Lba).err().unwrap_or_default();
    form(400, &training(), typed, &mistakes).unwrap().body.text()
}

#[test]
fn every_control_has_its_label_and_every_group_its_legend() {
    let html = form(200, &training(), &TypedForm::default(), &[]).unwrap().body.text();
    let ids: Vec<&str> = html
        .split('<')
        .filter(|tag| tag.starts_with("input") || tag.starts_with("textarea"))
        .map(|tag| tag.split(" id=\"").nth(1).unwrap().split('"').next().unwrap())
        .collect();
    assert_eq!(ids.len(), 2 + 4 + 11 + 1 + 1, "{ids:?}");
    for id in ids {
        assert_eq!(html.matches(&format!("for=\"{id}\"")).count(), 1, "{id}");
    }
    assert_eq!(html.matches("<fieldset").count(), html.matches("<legend>").count());
    for wanted in [
        "<html lang=\"fr\">",
        "autocomplete=\"given-name\"",
        "autocomplete=\"family-name\"",
        "autocomplete=\"email\"",
        "autocomplete=\"tel\"",
        "BOULANGER &#38; &#60;PÂTISSIER&#62; (CAP)",
        "1 rue Imaginaire, 67000 Strasbourg",
    ] {
        assert!(html.contains(wanted), "{wanted} is not in {html}");
    }
    assert!(!html.contains("<script") && !html.contains("src=") && !html.contains("http"), "{html}");
    assert!(!html.contains("role=\"alert\""));
}

#[test]
fn a_mistake_is_told_at_the_top_with_a_link_and_at_its_field_and_what_was_typed_stays() {
    let typed = TypedForm {
        first_name: "\"><script>alert(1)</script>".to_owned(),
        email: "moi".to_owned(),
        message: "</textarea><b>x".to_owned(),
        reasons: vec![Reason::Frais],
        asker: "parent".to_owned(),
        ..TypedForm::default()
    };
    let html = shown(&typed);
    assert!(html.contains("role=\"alert\""));
    for id in ["lastname", "email", "phone"] {
        assert!(html.contains(&format!("<a href=\"#{id}\">")), "{id}");
        assert!(html.contains(&format!("id=\"{id}-error\"")), "{id}");
        assert!(html.contains(&format!("aria-describedby=\"{id}-error\"")), "{id}");
    }
    assert!(html.contains("value=\"moi\"") && html.contains("&#60;/textarea&#62;"));
    assert!(!html.contains("<script>"));
    assert_eq!(html.matches(" checked").count(), 2);
}

#[test]
fn the_trap_is_hidden_until_it_has_caught_something() {
    let hidden = form(200, &training(), &TypedForm::default(), &[]).unwrap().body.text();
    assert!(hidden.contains("class=\"trap\""));
    let caught = shown(&TypedForm { trap: "http".to_owned(), ..TypedForm::default() });
    assert!(!caught.contains("class=\"trap\"") && caught.contains("<a href=\"#website\">"));
}

#[test]
fn a_training_that_is_not_open_leads_to_the_search() {
    let page = closed("https://site.exemple.invalid").unwrap();
    assert_eq!(page.status, 404);
    assert!(page.body.text().contains("href=\"https://site.exemple.invalid/recherche-formation\""));
}

#[test]
fn a_second_request_within_four_days_is_told_kindly_when_the_first_was() {
    let since = "2026-08-31T22:30:00Z".parse().unwrap();
    let (status, mistake) = refusal(&AskingRefusal::Recent { since }.into()).unwrap();
    assert!(status == 400 && mistake.text.contains("le 1er septembre 2026"), "{}", mistake.text);
    assert!(refusal(&AskingRefusal::NotOpen.into()).is_none());
}

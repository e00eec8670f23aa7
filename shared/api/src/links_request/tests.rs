use proptest::prelude::*;
use serde_json::json;

use super::*;

fn read(body: impl Into<Vec<u8>>) -> Result<Vec<NamedWish>, Value> {
    let request = Request { body: Some(body.into()), ..Request::default() };
    parse(&request).map_err(|error| {
        let response = error.response("req-1");
        assert_eq!(response.status, 400);
        serde_json::from_str(&response.body.text()).unwrap()
    })
}

fn refused(body: &Value) -> Value {
    read(body.to_string()).unwrap_err()
}

#[test]
fn a_whole_wish_is_read() {
    let body = json!([{
        "id": "1", "cle_ministere_educatif": "088281P0131#L01", "mef": "24725411311", "cfd": "50022137",
        "rncp": "RNCP37537", "code_postal": "57000", "uai_lieu_formation": "0570001a",
        "uai_formateur": "0570002B", "uai_formateur_responsable": "0570003C", "code_insee": "2a004",
    }]);
    let [NamedWish { id, wish }] = read(body.to_string()).unwrap().try_into().unwrap();
    let wanted = Wish {
        training: Some("088281P0131#L01".to_owned()),
        lieu: Some("0570001A".parse().unwrap()),
        formateur: Some("0570002B".parse().unwrap()),
        responsable: Some("0570003C".parse().unwrap()),
        cfd: Some("50022137".parse().unwrap()),
        rncp: Some("RNCP37537".parse().unwrap()),
        mef: Some("2472541131".parse().unwrap()),
        insee: Some("2A004".parse().unwrap()),
        postal_code: Some("57000".to_owned()),
    };
    assert_eq!((id.as_str(), wish), ("1", wanted));
}

#[test]
fn what_a_spreadsheet_leaves_empty_is_absent() {
    let body = json!([{"id": " x ", "cfd": "", "mef": " ", "rncp": null, "code_postal": ""}]);
    let [NamedWish { id, wish }] = read(body.to_string()).unwrap().try_into().unwrap();
    assert_eq!((id.as_str(), wish), (" x ", Wish::default()));
    assert_eq!(read("[]").unwrap(), []);
}

#[test]
fn every_mistake_is_told_with_its_place_and_field() {
    let body = refused(&json!([
        {"id": "1"},
        {"id": "", "cfd": "5002213", "rncp": "37537", "code_insee": "574"},
        {"mef": "x", "uai_formateur": "0570002", "code_postal": "5700", "cle_ministere_educatif": 1},
        {"id": 4, "formateur": "0570002B"},
        "5",
    ]));
    let message = body["message"].as_str().unwrap();
    for told in [
        "body.1.id: L'id est obligatoire et ne peut être vide",
        "body.1.cfd: Un CFD est fait de 8 chiffres ou lettres. ex : 50022137",
        "body.1.rncp: Un code RNCP est fait de RNCP et de 2 à 5 chiffres. ex : RNCP37537",
        "body.1.code_insee: Un code INSEE est fait de 5 caractères. ex : 57463 ou 2A004",
        "body.2.id: L'id est obligatoire et ne peut être vide",
        "body.2.mef: Un code MEF est fait de 10 chiffres",
        "body.2.uai_formateur: Un UAI est fait de 7 chiffres et d'une lettre. ex : 0573690B",
        "body.2.code_postal: Un code postal est fait de 5 chiffres. ex : 57000",
        "body.2.cle_ministere_educatif: Texte attendu",
        "body.3: Champ inconnu ; les champs d'un vœu sont : id, cle_ministere_educatif,",
        "body.3.id: Texte attendu",
        "body.4: Un vœu est un objet JSON",
    ] {
        assert!(message.contains(told), "{told} in {message}");
    }
    assert!(!message.contains("body.0"));
    let error = &body["data"]["validationError"];
    assert_eq!((&error["validationContext"], &error["name"]), (&json!("body"), &json!("ZodError")));
    assert_eq!(error["issues"][1]["path"], json!([1, "cfd"]));
    assert_eq!(error["issues"].as_array().unwrap().len(), 12);
}

#[test]
fn no_more_than_a_hundred_wishes_are_taken() {
    let wishes = |count: usize| (0..count).map(|id| json!({"id": id.to_string()})).collect::<Value>();
    assert_eq!(read(wishes(100).to_string()).unwrap().len(), 100);
    let message = "body: La liste a 101 vœux : envoyez-en au plus 100 à la fois.";
    assert_eq!(refused(&wishes(101))["message"], message);
}

#[test]
fn a_body_that_is_no_list_is_refused() {
    let message = "body: Le corps doit être une liste JSON de vœux, chacun avec un id.";
    for body in ["", "{", "{}", "null", "\"a\"", "[", "[{\"id\":\"\\ud800\"}]"] {
        assert_eq!(read(body).unwrap_err()["message"], message, "{body}");
    }
    let long = "[".repeat(MAX_BYTES + 1);
    assert_eq!(
        read(long).unwrap_err()["message"],
        "body: Le corps dépasse 512 Ko : envoyez au plus 100 vœux."
    );
}

proptest! {
    #[test]
    fn never_panics_on_any_field(name in "[a-z_]{0,12}", at in 0usize..10, text in any::<String>()) {
        let name = if text.len() % 2 == 0 { FIELDS[at].to_owned() } else { name };
        for value in [json!(text), json!([text]), json!(1.5)] {
            let _ = read(json!([{"id": "1", name.clone(): value}]).to_string());
        }
    }
}

//! A partner's form: what is typed becomes a métier, and the métier a search of jobs.

use serde_json::Value;

use crate::cloud::Api;

#[tokio::test]
async fn a_metier_that_was_typed_wrong_leads_to_jobs() {
    let api = Api::deployed();
    for version in ["v1", "V1"] {
        let found = api.get(&format!("/{version}/metiers?title=boulangre")).await.ok();
        let metier = &found["labelsAndRomes"][0];
        assert_eq!(metier["label"], "Boulangerie", "{found}");
        let romes: Vec<&str> = metier["romes"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let target =
            format!("/v1/jobs?romes={}&latitude=48.8566&longitude=2.3522&radius=30", romes.join(","));
        let jobs = api.get(&target).await.ok();
        assert!(!jobs["lbaCompanies"]["results"].as_array().unwrap().is_empty());
    }
}

#[tokio::test]
async fn every_other_route_of_metiers_and_trades_answers() {
    let api = Api::deployed();
    for (target, list) in [
        ("/v1/metiers/all", "metiers"),
        ("/v1/metiers/intitule?label=boulang%C3%A8re", "coupleAppellationRomeMetier"),
        ("/rome?title=boulanger", "labelsAndRomesForDiplomas"),
        ("/romelabels?title=boulanger&withRomeLabels=true", "labelsAndRomes"),
        ("/jobsdiplomas?title=boulanger", "labelsAndRomesForDiplomas"),
        ("/rome/detail/D1102", "appellations"),
    ] {
        let body = api.get(target).await.ok();
        assert!(!body[list].as_array().unwrap_or(&Vec::new()).is_empty(), "{target}: {body}");
    }
}

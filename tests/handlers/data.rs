//! What the embedded store holds: companies, offers and recruiters around Paris that nobody could take for real.

use domain::appointment::Referrer;
use domain::geo::Point;
use domain::opco::Opco;
use domain::partner::{Partner, PartnerState, Right};
use domain::recruiter::{JobStatus, Recruiter};
use serde_json::{Value, json};

/// The key of a partner that may see phones and deposit offers, and is Parcoursup.
pub(crate) const KEY: &str = "fake-key-of-partner-one";
/// That of one which may deposit offers, and vouches for nobody.
pub(crate) const KEY_3: &str = "fake-key-of-partner-three";
/// That of an OPCO, which validates the accounts of its companies.
pub(crate) const OPCO_KEY: &str = "fake-key-of-an-opco";
/// That of another one.
pub(crate) const OTHER_OPCO_KEY: &str = "fake-key-of-another-opco";
/// The id of [`KEY`], as the gateway gives it.
pub(crate) const KEY_ID: &str = "fakekeyid1";

/// Every partner, with its key.
pub(crate) fn partners() -> Vec<(&'static str, Partner)> {
    let partner = |name: &str, rights: &[Right], state| Partner {
        partner: name.to_owned(),
        organisation: format!("Organisation {name}"),
        rights: rights.to_vec(),
        state,
        origins: Vec::new(),
        opco: None,
        referrer: None,
    };
    let opco = |name: &str, opco| Partner {
        opco,
        ..partner(name, &[Right::DepositOffers, Right::ValidateAccounts], PartnerState::Active)
    };
    vec![
        (
            KEY,
            Partner {
                referrer: Some(Referrer::Parcoursup),
                ..partner(
                    "partner-one",
                    &[
                        Right::Phones,
                        Right::DepositOffers,
                        Right::VouchForAccounts,
                        Right::SubmitApplications,
                        Right::CreateAppointments,
                        Right::ManageAppointments,
                    ],
                    PartnerState::Active,
                )
            },
        ),
        ("fake-key-of-partner-two", partner("partner-two", &[], PartnerState::Active)),
        (
            KEY_3,
            partner(
                "partner-three",
                &[Right::DepositOffers, Right::SubmitApplications, Right::CreateAppointments],
                PartnerState::Active,
            ),
        ),
        (OPCO_KEY, opco("opco-ep", Some(Opco::Ep))),
        (OTHER_OPCO_KEY, opco("opco-akto", Some(Opco::Akto))),
        ("fake-key-of-the-team", opco("team", None)),
        (
            "fake-key-of-a-suspended-partner",
            partner("partner-gone", &[Right::Phones], PartnerState::Suspended),
        ),
    ]
}

/// Companies: three around Paris, the nearest second in the file, and one in Metz.
pub(crate) fn companies() -> Vec<Value> {
    let near = |number: u32, coordinates: &str| {
        let mut row = testkit::company(number);
        row["geo_coordinates"] = json!(coordinates);
        row["phone"] = json!(format!("019900000{number}"));
        row["website"] = json!(format!("https://www.exemple-{number}.invalid"));
        row["opco_short_name"] = json!("EP");
        row
    };
    vec![near(1, "48.95,2.35"), near(2, "48.8600,2.3500"), near(3, "48.80,2.40"), testkit::company(4)]
}

/// Offers of France Travail: two around Paris, one of another trade.
pub(crate) fn offers() -> Vec<Value> {
    let baker = |number: u32, latitude: f64| {
        let mut row = testkit::offer(number);
        row["romeCode"] = json!("D1102");
        row["appellationLibelle"] = json!("Boulanger / Boulangère");
        row["lieuTravail"]["latitude"] = json!(latitude);
        row["entreprise"]["siret"] = json!(testkit::siret(700 + number));
        row["contact"] = json!({"nom": "Fournil", "courriel": format!("offre{number}@exemple.invalid")});
        row
    };
    vec![baker(1, 48.90), baker(2, 48.87), testkit::offer(3)]
}

/// Trainings: one in Lyon, what its sheet RNCP10001 leads to; and of the diploma 50022137, one in Metz and one in
/// Thionville, by one school, which is in Metz and may be sent offers.
pub(crate) fn formations() -> Vec<Value> {
    let mut lyon = testkit::formation(1);
    lyon["rome_codes"] = json!(["D1102", "D1104"]);
    let taught = |number: u32, place: &str, uai: &str, romes: &[&str]| {
        let mut row = testkit::at_cfa(testkit::formation(number), 801, "49.12,6.18");
        row["rncp_code"] = json!("RNCP20000");
        row["rome_codes"] = json!(romes);
        row["cfd"] = json!("50022137");
        row["bcn_mefs_10"] = json!([{"mef10": "9000000121", "modalite": {"duree": "2", "annee": "1"}}]);
        row["lieu_formation_geo_coordonnees"] = json!(place);
        row["uai_formation"] = json!(uai);
        row["etablissement_formateur_uai"] = json!("0579002B");
        row["etablissement_gestionnaire_uai"] = json!("0579003C");
        row
    };
    let metz = taught(10, "49.1193,6.1757", "0579001A", &["D1102"]);
    let thionville = taught(11, "49.3580,6.1683", "0579004D", &["D1104"]);
    vec![lyon, metz, thionville]
}

/// Recruiters: one with two offers in Paris, one farther with an offer that is filled.
pub(crate) fn recruiters() -> Vec<Recruiter> {
    let mut near = testkit::recruiter(1, 2);
    near.geo_coordinates = Some(Point::new(48.853, 2.349).unwrap());
    let mut far = testkit::recruiter(2, 2);
    far.geo_coordinates = Some(Point::new(48.95, 2.25).unwrap());
    far.jobs[1].job_status = JobStatus::Pourvue;
    vec![near, far]
}

/// Addresses that no answer may show in clear: those of recruiters, of companies and of a CFA.
pub(crate) fn addresses() -> Vec<String> {
    let companies = (1..=4).map(|number| format!("contact{number}@exemple.invalid"));
    companies
        .chain([testkit::cfa_email(801)])
        .chain((1..=2).map(|number| format!("recruteur{number}@exemple.invalid")))
        .collect()
}

//! An appointment with a training centre, from the form to both calendars, as its site follows it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::date;
use hyper::body::Bytes;
use jiff::{Timestamp, ToSpan};
use runtime::clock::SystemClock;
use serde_json::{Value, json};
use usecases::ports::Clock as _;

use super::application::{links, mails};
use super::deposit::post;
use crate::cloud::{Answer, Api, Call, eventually, unique};

const INVITATION: &str = "rendez-vous.ics";

/// The clé of a training that is open at Parcoursup, whose partner's key is the first, and the path of its form.
async fn open_training(api: &Api) -> (String, String) {
    let open = api.get("/partners/parcoursup/formations").await.ok();
    let asked = json!({"idParcoursup": open["ids"][0], "referrer": "parcoursup"});
    let found = post(api, "/appointment-request/context/create", None, &asked).await.ok();
    let form = found["form_url"].as_str().unwrap();
    let (_, query) = form.split_once("/espace-pro/form").expect("a link to the form");
    let key = found["cle_ministere_educatif"].as_str().unwrap();
    (key.to_owned(), format!("/espace-pro/form{query}"))
}

/// Sends a form as browsers do.
async fn submit(api: &Api, target: &str, form: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let headers = vec![("content-type", "application/x-www-form-urlencoded")];
    api.patient(Call { method: "POST", target, key: None, headers, body: Bytes::from(body) }).await
}

fn page(answer: &Answer) -> String {
    String::from_utf8(answer.body.to_vec()).unwrap()
}

/// What the site learns of a training's appointments that changed since an instant: all pages of it.
async fn followed(api: &Api, training: &str, since: Timestamp) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let target = format!("/v1/appointments?updated_since={}{after}", date::iso(since));
        let told = api.get(&target).await.ok();
        let page = told["appointments"].as_array().unwrap().iter();
        found.extend(page.filter(|one| one["cle_ministere_educatif"] == training).cloned());
        let Some(next) = told["after"].as_str() else { return found };
        after = format!("&after={}", form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>());
    }
}

/// The one of these that has come so far, once it has.
async fn at(api: &Api, training: &str, since: Timestamp, status: &str) -> Value {
    eventually(status, async || {
        followed(api, training, since).await.into_iter().find(|one| one["status"] == status)
    })
    .await
}

/// The file for calendars in a mail.
fn calendar(mail: &str) -> String {
    let (_, part) = mail.split_once(&format!("filename=\"{INVITATION}\"")).expect("an invitation");
    let (_, body) = part.split_once("\r\n\r\n").unwrap();
    let is_base64 = |c: &char| c.is_ascii_alphanumeric() || "+/".contains(*c);
    let digits: String = body.chars().filter(|c| !"\r\n".contains(*c)).take_while(is_base64).collect();
    String::from_utf8(STANDARD_NO_PAD.decode(digits).unwrap()).unwrap()
}

/// The value of a line of a calendar.
fn line<'a>(calendar: &'a str, name: &str) -> &'a str {
    calendar
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .unwrap_or_else(|| panic!("no {name} in {calendar}"))
}

#[tokio::test]
async fn a_candidate_asks_picks_one_of_the_slots_and_both_get_an_invitation() {
    let (api, since) = (Api::deployed(), SystemClock.now() - 2.seconds());
    let (training, form) = open_training(&api).await;
    let email = format!("{}@example.com", unique("demandeur"));
    let to_candidate = format!("To: {email}");
    assert!(page(&api.patient(Call::get(&form)).await).contains("Demander un rendez-vous"));
    let typed = [
        ("type", "etudiant"),
        ("firstname", "Aucune"),
        ("lastname", "PERSONNE"),
        ("email", email.as_str()),
        ("phone", "0199000000"),
        ("reasons", "modalite"),
        ("message", "Bonjour, je voudrais visiter."),
    ];
    for _ in 0..2 {
        // A form that is sent twice is one request.
        let asked = submit(&api, &form, &typed).await;
        assert!(
            asked.status == 200 && page(&asked).contains("Votre demande est envoyée"),
            "{}",
            page(&asked)
        );
    }
    let requested = at(&api, &training, since, "requested").await;
    assert_eq!((&requested["referrer"], &requested["picked"]), (&json!("parcoursup"), &Value::Null));
    assert!(!requested.to_string().contains(&email));

    // To the centre: the candidate's address is in the text. To the candidate: it is the receiver.
    let asked = eventually("the request at the centre", async || {
        mails(&email).into_iter().find(|mail| !mail.contains(&to_candidate))
    })
    .await;
    let to_centre = asked.lines().find(|line| line.starts_with("To: ")).unwrap();
    let answer = &links(&asked)[0];
    assert!(page(&api.patient(Call::get(answer)).await).contains("name=\"day-5\""));
    let day = |days: i64| (date::paris_day(SystemClock.now()) + days.days()).to_string();
    let (first, second) = (day(7), day(10));
    let slots = [
        ("comment", "Venez nous voir."),
        ("day-1", &first),
        ("hour-1", "14:30"),
        ("minutes-1", "45"),
        ("day-2", &second),
        ("hour-2", "9h"),
        ("minutes-2", "30"),
    ];
    assert_eq!(submit(&api, answer, &slots).await.status, 200);
    assert_eq!(submit(&api, answer, &slots).await.status, 410);
    let proposed = at(&api, &training, since, "proposed").await;
    assert_eq!((&proposed["id"], proposed["slots"].as_array().map(Vec::len)), (&requested["id"], Some(2)));

    let replied = eventually("the slots at the candidate's", async || {
        mails(&to_candidate).into_iter().find(|mail| mail.contains("Choisir un cr"))
    })
    .await;
    assert!(replied.contains("Venez nous voir."));
    let own = &links(&replied)[0];
    let shown = page(&api.patient(Call::get(own)).await);
    let choices = shown.split("name=\"slot\" type=\"radio\" value=\"").skip(1);
    let choices: Vec<_> = choices.map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(choices.len(), 2, "{shown}");
    let picked = submit(&api, own, &[("slot", choices[1])]).await;
    assert!(
        picked.status == 200 && page(&picked).contains("Votre rendez-vous est fixé"),
        "{}",
        page(&picked)
    );
    assert_eq!(submit(&api, own, &[("slot", choices[0])]).await.status, 410);
    let fixed = at(&api, &training, since, "picked").await;
    assert_eq!((&fixed["id"], &fixed["picked"]), (&requested["id"], &proposed["slots"][1]));
    let starts_at: Timestamp = fixed["picked"]["starts_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(starts_at.as_second().to_string(), choices[1]);

    let utc = starts_at.strftime("%Y%m%dT%H%M%SZ").to_string();
    for to in [to_candidate.as_str(), to_centre] {
        let invited = eventually("both invitations", async || {
            let with_file = mails(INVITATION).into_iter().filter(|mail| mail.contains(to));
            with_file
                .map(|mail| calendar(&mail))
                .find(|file| file.contains(requested["id"].as_str().unwrap()))
        })
        .await;
        assert_eq!((line(&invited, "DTSTART:"), line(&invited, "METHOD:")), (utc.as_str(), "PUBLISH"));
    }
}

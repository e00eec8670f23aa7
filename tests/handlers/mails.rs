//! Links of mails, the wish to get no more of them, and what a provider tells.

use domain::mail::{MailId, Template};
use futures::future::join_all;
use serde_json::{Value, json};
use tests::events;
use usecases::ports::{Clock, CountSent, FindLink, ReadReputation, StartSending, Started, TakeMail};

use crate::deposit::{last_offer, offer};
use crate::world::{Answer, World, clock};

const RECRUITER: &str = "recruteur50@exemple.invalid";

impl World {
    async fn show(&self, case: &str) -> Answer {
        self.answer("show-link", &events::load(&format!("show-link/{case}"))).await
    }

    async fn follow(&self, case: &str) -> Answer {
        self.answer("follow-link", &events::load(&format!("follow-link/{case}"))).await
    }

    /// What becomes of a mail to an address when somebody wants to send it.
    async fn taken(&self, template: Template, cause: &str, to: &str) -> Started {
        let start = StartSending {
            id: MailId::of(template, cause),
            seen: 0,
            holder: "test".to_owned(),
            lease_until: clock().seconds() + 90,
            to: to.parse().unwrap(),
            template,
        };
        self.mails().take_mail(&start).await.unwrap()
    }

    async fn tell(&self, case: &str) -> Answer {
        self.answer("receive-mail-event", &events::load(&format!("receive-mail-event/{case}"))).await
    }
}

/// The same request with another method's function: the token of an event.
fn token(case: &str) -> String {
    let event: Value = serde_json::from_str(&events::load(case)).unwrap();
    event["pathParameters"]["token"].as_str().unwrap().to_owned()
}

fn showing(token: &str) -> String {
    let mut event: Value = serde_json::from_str(&events::load("show-link/confirm-address")).unwrap();
    event["pathParameters"]["token"] = json!(token);
    event.to_string()
}

#[tokio::test]
async fn looking_at_a_link_changes_nothing_and_following_it_acts_once() {
    let world = World::new().await;
    let token = token("follow-link/confirm-address");
    for _ in 0..2 {
        let page = world.answer("show-link", &showing(&token)).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains(r#"<form method="post">"#), "{}", page.body);
    }
    assert!(world.follow("confirm-address").await.body.contains("confirmée"));
    let again = world.follow("confirm-address").await;
    assert_eq!(again.status, 410);
    assert!(again.body.contains("déjà servi"), "{}", again.body);
    assert_eq!(world.answer("show-link", &showing(&token)).await.status, 410);
}

#[tokio::test]
async fn a_link_that_nobody_made_and_one_that_has_expired_are_told_alike() {
    let world = World::new().await;
    let pages = [
        world.show("expired").await,
        world.show("unknown").await,
        world.show("no-token").await,
        world.follow("expired").await,
        world.follow("no-token").await,
    ];
    assert!(pages.iter().all(|page| (page.status, &page.body) == (410, &pages[0].body)), "{pages:#?}");
}

#[tokio::test]
async fn a_page_is_kept_by_nobody_framed_by_nobody_and_tells_no_other_site_its_address() {
    let world = World::new().await;
    let page = world.show("confirm-address").await;
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    let policy = page.headers["content-security-policy"].as_str().unwrap();
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"), "{policy}");
    assert!(
        !page.body.contains(&token("show-link/confirm-address")),
        "the page does not hold its own secret"
    );
}

#[tokio::test]
async fn two_clicks_at_once_act_once() {
    let world = World::new().await;
    let clicks = join_all((0..2).map(|_| world.follow("confirm-address"))).await;
    let mut statuses: Vec<u64> = clicks.iter().map(|click| click.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410]);
}

#[tokio::test]
async fn who_unsubscribes_gets_no_word_of_offers_and_is_still_asked_to_confirm() {
    for (function, case) in [("unsubscribe", "nominal"), ("follow-link", "one-click-unsubscribe")] {
        let world = World::new().await;
        let first = last_offer(&world.deposit(None, &offer(1)).await);
        let second = last_offer(&world.deposit(None, &offer(2)).await);
        let answer = world.answer(function, &events::load(&format!("{function}/{case}"))).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let published = world.taken(Template::OfferPublished, &second, RECRUITER).await;
        assert_eq!(published, Started::Suppressed, "{function}");
        let confirm = world.taken(Template::ConfirmAddress, &first, RECRUITER).await;
        assert_eq!(confirm, Started::Ours, "{function}");
    }
}

#[tokio::test]
async fn unsubscribing_answers_alike_whether_the_address_is_known_or_not() {
    let world = World::new().await;
    let known = world.answer("unsubscribe", &events::load("unsubscribe/nominal")).await;
    let nobody = world.answer("unsubscribe", &events::load("unsubscribe/nobody")).await;
    assert_eq!((known.status, known.body), (200, "\"OK\"".to_owned()));
    assert_eq!((nobody.status, nobody.body), (200, "\"OK\"".to_owned()));
}

#[tokio::test]
async fn a_webhook_with_a_wrong_key_or_none_is_refused_and_nothing_follows() {
    let world = World::new().await;
    let first = last_offer(&world.deposit(None, &offer(1)).await);
    for case in ["wrong-key", "no-key"] {
        assert_eq!(world.tell(case).await.status, 403, "{case}");
    }
    let taken = world.taken(Template::ConfirmAddress, &first, "depot@exemple.invalid").await;
    assert_eq!(taken, Started::Ours);
}

#[tokio::test]
async fn a_hard_bounce_ends_all_mails_to_its_address_and_told_twice_counts_once() {
    let world = World::new().await;
    let first = last_offer(&world.deposit(None, &offer(1)).await);
    world.bounces().count_sent(10, clock().seconds()).await.unwrap();
    for _ in 0..2 {
        let answer = world.tell("hard-bounce").await;
        assert_eq!((answer.status, answer.json()), (200, json!({})));
    }
    let reputation = world.bounces().reputation(clock().seconds()).await.unwrap();
    assert_eq!((reputation.sent, reputation.bounced, reputation.complained), (10, 1, 0));
    let to_it = world.taken(Template::ConfirmAddress, &first, "depot@exemple.invalid").await;
    assert_eq!(to_it, Started::Suppressed);
    assert_eq!(world.taken(Template::ConfirmAddress, &first, RECRUITER).await, Started::Ours);
}

#[tokio::test]
async fn a_deposit_makes_its_links_and_stores_no_token() {
    let world = World::new().await;
    world.deposit(None, &offer(1)).await;
    let ledger = world.import.store.dump(&world.import.store.tables.ledger).await;
    let known = token("show-link/confirm-address");
    assert!(!ledger.iter().any(|(key, item)| format!("{key:?}{item}").contains(&known)));
    let hash = known.parse::<domain::link::LinkToken>().unwrap().hash();
    assert!(world.mail_links().find_link(&hash).await.unwrap().is_some());
}

//! Too many calls. With the second partner's key, so that no other test waits for it.

use futures::future::join_all;

use crate::cloud::{Api, Call};

#[tokio::test]
async fn of_forty_calls_at_once_some_are_answered_and_the_others_told_to_come_back() {
    let api = Api::deployed();
    let call = || {
        Call::get("/v1/jobs?romes=D1102&sources=lba&latitude=48.8566&longitude=2.3522&radius=10&insee=75056")
    };
    let answers = join_all((0..40).map(|_| api.send(call().with_key(&api.key_2)))).await;
    let (served, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert!(!served.is_empty() && !refused.is_empty(), "{} served", served.len());
    for answer in refused {
        let body = answer.json();
        assert_eq!((answer.status, &body["statusCode"]), (429, &429.into()), "{body}");
        assert!(body["message"].as_str().is_some_and(|message| message.contains("Retry-After")), "{body}");
        assert_eq!(answer.header("retry-after"), "1");
    }
}

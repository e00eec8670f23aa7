//! Mails over SES, to a provider that follows a script.

use std::time::Duration;

use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use aws_sdk_sesv2::config::{BehaviorVersion, Builder, Credentials, Region};
use mail::SesTransport;
use testkit::{FakeSes, SesOutcome};
use usecases::ports::{HandOverError, HandOverMail};

use crate::invented::composed;

fn config(endpoint: &str) -> Builder {
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(1)).build();
    Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-3"))
        .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
        .retry_config(RetryConfig::standard().with_max_attempts(4))
        .timeout_config(timeouts)
        .endpoint_url(endpoint)
}

fn transport(config: Builder) -> SesTransport {
    let from = "nepasrepondre@exemple.fr".parse().unwrap();
    SesTransport::new(config, from, Some("transactional".to_owned()))
}

/// What becomes of one mail, and how often the provider was asked.
async fn handed_over(outcome: SesOutcome) -> (Result<String, HandOverError>, FakeSes) {
    let ses = FakeSes::queued([outcome]).await;
    let result = transport(config(&ses.endpoint)).hand_over(&composed()).await;
    assert_eq!(ses.journal().len(), 1, "{outcome:?} was tried again");
    (result, ses)
}

#[tokio::test]
async fn a_mail_is_taken_whole_and_tagged() {
    let (result, ses) = handed_over(SesOutcome::Accept).await;
    assert_eq!(result.unwrap(), "fake-00000001");
    let (mail, taken) = (composed(), ses.taken().remove(0));
    assert_eq!((taken.mail_id.as_str(), taken.template.as_str()), (mail.id.as_str(), "confirm-address"));
    assert_eq!(
        (taken.to.as_str(), taken.configuration_set.as_deref()),
        ("rh@exemple.fr", Some("transactional"))
    );
    assert!(taken.message == mail.message);
}

#[tokio::test]
async fn a_provider_that_is_busy_is_asked_later() {
    let (result, _) = handed_over(SesOutcome::Throttle).await;
    assert!(matches!(result, Err(HandOverError::Later(_))), "{result:?}");
}

#[tokio::test]
async fn a_provider_that_refuses_is_believed() {
    let (result, _) = handed_over(SesOutcome::Reject).await;
    assert!(matches!(result, Err(HandOverError::Refused(_))), "{result:?}");
    assert!(!format!("{result:?}").contains("exemple"), "{result:?}");
}

#[tokio::test]
async fn a_provider_that_nobody_told_of_our_address_yet_is_asked_later() {
    let (result, _) = handed_over(SesOutcome::Unverified).await;
    assert!(matches!(result, Err(HandOverError::Later(_))), "{result:?}");
    assert!(!format!("{result:?}").contains("exemple"), "{result:?}");
}

#[tokio::test]
async fn an_answer_that_is_lost_may_be_a_mail_that_left() {
    for outcome in [SesOutcome::AcceptThenClose, SesOutcome::Fail, SesOutcome::Hang] {
        let (result, ses) = handed_over(outcome).await;
        assert!(matches!(result, Err(HandOverError::Lost(_))), "{outcome:?}: {result:?}");
        assert_eq!(ses.taken().len(), usize::from(outcome.is_taken()));
    }
}

#[tokio::test]
async fn a_provider_out_of_reach_is_asked_later() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for endpoint in [format!("http://{closed}"), "http://nowhere.invalid".to_owned()] {
        let result = transport(config(&endpoint)).hand_over(&composed()).await;
        assert!(matches!(result, Err(HandOverError::Later(_))), "{endpoint}: {result:?}");
    }
}

#[tokio::test]
async fn without_credentials_nothing_has_left() {
    let ses = FakeSes::queued([]).await;
    let config = Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-3"))
        .endpoint_url(&ses.endpoint);
    let result = transport(config).hand_over(&composed()).await;
    assert!(matches!(result, Err(HandOverError::Later(_))), "{result:?}");
    assert!(ses.journal().is_empty());
}

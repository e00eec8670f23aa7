use aws_sdk_s3::config::{BehaviorVersion, Region};

use super::*;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/// The policy of AWS's example, whose lines end as on Windows.
const EXAMPLE: [&str; 15] = [
    r#"{ "expiration": "2015-12-30T12:00:00.000Z","#,
    r#"  "conditions": ["#,
    r#"    {"bucket": "sigv4examplebucket"},"#,
    r#"    ["starts-with", "$key", "user/user1/"],"#,
    r#"    {"acl": "public-read"},"#,
    r#"    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},"#,
    r#"    ["starts-with", "$Content-Type", "image/"],"#,
    r#"    {"x-amz-meta-uuid": "14365123651274"},"#,
    r#"    {"x-amz-server-side-encryption": "AES256"},"#,
    r#"    ["starts-with", "$x-amz-meta-tag", ""],"#,
    "",
    r#"    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},"#,
    r#"    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},"#,
    r#"    {"x-amz-date": "20151229T000000Z" }"#,
    "  ]",
];

fn credentials(token: Option<&str>) -> Credentials {
    Credentials::new("AKIAIOSFODNN7EXAMPLE", SECRET, token.map(str::to_owned), None, "example")
}

fn new() -> NewUpload {
    NewUpload {
        key: "uploads/00ff".to_owned(),
        media_type: "application/pdf",
        size: 123_456,
        now: "2015-12-29T00:00:00.7Z".parse().unwrap(),
        until: "2015-12-29T00:15:00.7Z".parse().unwrap(),
    }
}

async fn form(endpoint: Option<&str>, token: Option<&str>) -> UploadForm {
    let credentials = SharedCredentialsProvider::new(credentials(token));
    let mut config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-3"))
        .credentials_provider(credentials.clone())
        .force_path_style(endpoint.is_some());
    config.set_endpoint_url(endpoint.map(str::to_owned));
    let forms = UploadForms::new(Client::from_conf(config.build()), "cvs", credentials);
    forms.prepare_upload(&new()).await.unwrap()
}

fn policy_of(form: &UploadForm) -> Value {
    serde_json::from_slice(&STANDARD.decode(&form.fields["policy"]).unwrap()).unwrap()
}

/// "Examples: Browser-Based Upload using HTTP POST (Using AWS Signature Version 4)" in the reference of S3.
#[test]
fn the_example_of_aws_gets_the_signature_of_aws() {
    let policy = STANDARD.encode(format!("{}\r\n}}", EXAMPLE.join("\r\n")));
    assert!(policy.starts_with("eyAiZXhwaXJhdGlvbiI6ICIyMDE1") && policy.ends_with("KICBdDQp9"));
    let signature = signature(&policy, SECRET, "us-east-1", new().now);
    assert_eq!(signature, "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
}

#[tokio::test]
async fn the_policy_says_all_that_the_request_may_be_and_when() {
    let form = form(None, None).await;
    let expected = json!({
        "expiration": "2015-12-29T00:15:00Z",
        "conditions": [
            {"bucket": "cvs"},
            ["content-length-range", 123_456, 123_456],
            {"Content-Type": "application/pdf"},
            {"key": "uploads/00ff"},
            {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
            {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/eu-west-3/s3/aws4_request"},
            {"x-amz-date": "20151229T000000Z"},
        ],
    });
    assert_eq!(policy_of(&form), expected);
    assert_eq!(
        form.fields["x-amz-signature"],
        signature(&form.fields["policy"], SECRET, "eu-west-3", new().now)
    );
}

#[tokio::test]
async fn the_form_has_a_field_for_each_condition_and_bears_the_token_of_its_credentials() {
    let form = form(None, Some("token")).await;
    let conditions = policy_of(&form)["conditions"].clone();
    let own = |name: &&str| !["policy", "x-amz-signature"].contains(name);
    for name in form.fields.keys().copied().filter(own) {
        let condition = json!({name: form.fields[name]});
        assert!(conditions.as_array().unwrap().contains(&condition), "{name}");
    }
    assert_eq!(form.fields["x-amz-security-token"], "token");
}

#[tokio::test]
async fn the_form_goes_to_the_bucket_wherever_that_is() {
    assert_eq!(form(None, None).await.url, "https://cvs.s3.eu-west-3.amazonaws.com/");
    assert_eq!(form(Some("http://127.0.0.1:4566"), None).await.url, "http://127.0.0.1:4566/cvs/");
}

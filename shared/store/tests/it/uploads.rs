//! Files that strangers put into the bucket of CVs, read over HTTP.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use store::CvBucket;
use usecases::ports::GetUpload;

/// A bucket whose every answer is this one.
fn answering(status: &str, body: &[u8]) -> CvBucket {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let answer = [head.as_bytes(), body].concat();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, mut asked) = (stream.unwrap(), Vec::new());
            while !asked.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                asked.extend(byte);
            }
            // Whoever has read enough hangs up.
            drop(stream.write_all(&answer));
        }
    });
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-3"))
        .credentials_provider(Credentials::new("FAKEKEY", "fake secret", None, None, "tests"))
        .endpoint_url(format!("http://{address}"))
        .force_path_style(true)
        .build();
    CvBucket::new(aws_sdk_s3::Client::from_conf(config), "cvs")
}

#[tokio::test]
async fn a_file_is_read_whole_unless_it_is_larger_than_it_may_be() {
    let bucket = answering("200 OK", b"twelve bytes");
    assert_eq!(bucket.get_upload("uploads/one", 12).await.unwrap().unwrap(), b"twelve bytes");
    assert_eq!(bucket.get_upload("uploads/one", 11).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_not_there_is_none_and_what_may_not_be_read_is_a_failure() {
    let said = |code: &str| format!("<Error><Code>{code}</Code><Message>no</Message></Error>").into_bytes();
    let missing = answering("404 Not Found", &said("NoSuchKey"));
    assert_eq!(missing.get_upload("uploads/one", 12).await.unwrap(), None);
    let denied = answering("403 Forbidden", &said("AccessDenied"));
    assert!(denied.get_upload("uploads/one", 12).await.is_err());
}

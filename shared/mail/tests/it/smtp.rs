//! Mails over SMTP, to a small server that does as it is told.

use mail::{SmtpTransport, SmtpUrlError};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use usecases::ports::{HandOverError, HandOverMail};

use crate::invented::composed;

/// What the server says to each command; nothing where it hangs up instead.
#[derive(Clone, Copy)]
struct Manners {
    greeting: Option<&'static str>,
    rcpt: Option<&'static str>,
    data: Option<&'static str>,
    message: Option<&'static str>,
}

const GOOD: Manners = Manners {
    greeting: Some("220 mail.exemple.fr"),
    rcpt: Some("250 OK"),
    data: Some("354 Go on"),
    message: Some("250-Thanks\r\n250 2.0.0 queued as 4711"),
};

/// Starts one for one connection; it returns what it was told.
async fn server(manners: Manners) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        let (mut heard, mut line, mut in_message) = (String::new(), String::new(), false);
        let mut answer = manners.greeting;
        while let Some(text) = answer {
            stream.write_all(format!("{text}\r\n").as_bytes()).await.unwrap();
            loop {
                line.clear();
                if stream.read_line(&mut line).await.unwrap_or_default() == 0 {
                    return heard;
                }
                heard.push_str(&line);
                if !in_message || line == ".\r\n" {
                    break;
                }
            }
            answer = match line.split([' ', ':', '\r']).next().unwrap() {
                "EHLO" => Some("250 mail.exemple.fr"),
                "RCPT" => manners.rcpt,
                "DATA" => {
                    in_message = manners.data.is_some_and(|text| text.starts_with("354"));
                    manners.data
                }
                "." => {
                    in_message = false;
                    manners.message
                }
                "QUIT" => None,
                _ => Some("250 OK"),
            };
        }
        heard
    });
    (url, served)
}

async fn hand_over(url: &str) -> Result<String, HandOverError> {
    let transport = SmtpTransport::new(url, &"retours@exemple.fr".parse().unwrap()).unwrap();
    transport.hand_over(&composed()).await
}

async fn told(manners: Manners) -> HandOverError {
    let (url, _) = server(manners).await;
    hand_over(&url).await.unwrap_err()
}

#[tokio::test]
async fn a_mail_is_taken_whole() {
    let (url, served) = server(GOOD).await;
    assert_eq!(hand_over(&url).await.unwrap(), "2.0.0 queued as 4711");
    let heard = served.await.unwrap();
    assert!(heard.contains("MAIL FROM:<retours@exemple.fr>\r\nRCPT TO:<rh@exemple.fr>\r\nDATA\r\n"));
    assert!(heard.contains(std::str::from_utf8(&composed().message).unwrap()));
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_later() {
    let busy = Some("451 Come back");
    for manners in [
        Manners { rcpt: busy, ..GOOD },
        Manners { data: busy, ..GOOD },
        Manners { message: busy, ..GOOD },
        Manners { greeting: Some("554 No service here"), ..GOOD },
    ] {
        let error = told(manners).await;
        assert!(matches!(error, HandOverError::Later(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_is_believed() {
    let never = Some("550 <rh@exemple.fr>: no such person");
    for manners in
        [Manners { rcpt: never, ..GOOD }, Manners { data: never, ..GOOD }, Manners { message: never, ..GOOD }]
    {
        let error = told(manners).await;
        assert!(matches!(error, HandOverError::Refused(_)), "{error:?}");
        assert!(!format!("{error:?}").contains("exemple"), "{error:?}");
    }
}

#[tokio::test]
async fn a_connection_that_ends_before_the_message_loses_nothing() {
    for manners in
        [Manners { greeting: None, ..GOOD }, Manners { rcpt: None, ..GOOD }, Manners { data: None, ..GOOD }]
    {
        let error = told(manners).await;
        assert!(matches!(error, HandOverError::Later(_)), "{error:?}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = hand_over(&format!("smtp://{closed}")).await.unwrap_err();
    assert!(matches!(error, HandOverError::Later(_)), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_ends_after_the_message_may_have_left_it() {
    let error = told(Manners { message: None, ..GOOD }).await;
    assert!(matches!(error, HandOverError::Lost(_)), "{error:?}");
}

#[test]
fn an_address_that_is_no_smtp_server_is_refused() {
    let from = "retours@exemple.fr".parse().unwrap();
    for url in ["", "localhost:25", "http://localhost", "smtp:"] {
        assert!(matches!(SmtpTransport::new(url, &from), Err(SmtpUrlError::Url)), "{url}");
    }
    for url in ["smtp://127.0.0.1:1025", "smtp://[::1]:1025", "smtps://moi:mot%20de%20passe@smtp.exemple.fr"]
    {
        assert!(SmtpTransport::new(url, &from).is_ok(), "{url}");
    }
}

//! A server that does what a script says, byte by byte, and writes down what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// A whole answer.
    Answer(u16, String),
    /// These bytes, and no more.
    Bytes(String),
    /// These bytes, then nothing, ever.
    Stall(String),
    /// Closes the connection without a word.
    Close,
    /// Says nothing, ever.
    Hang,
}

/// A server on a port of its own.
pub(crate) struct Server {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Does these things with the first requests, and refuses all others with 418.
    pub(crate) async fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (journal, mut script) = (asked.clone(), script.into_iter().collect::<VecDeque<_>>());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let reply = script.pop_front().unwrap_or_else(|| Reply::Answer(418, String::new()));
                tokio::spawn(converse(stream, reply, journal.clone()));
            }
        });
        Self { url, asked }
    }

    /// The requests so far, each as it came.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn converse(mut stream: TcpStream, reply: Reply, journal: Arc<Mutex<Vec<String>>>) {
    let request = request(&mut stream).await;
    journal.lock().unwrap().push(request);
    let bytes = match reply {
        Reply::Answer(status, body) => {
            format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        }
        Reply::Bytes(bytes) => bytes,
        Reply::Stall(bytes) => {
            let _ = stream.write_all(bytes.as_bytes()).await;
            std::future::pending().await
        }
        Reply::Close => return,
        Reply::Hang => std::future::pending().await,
    };
    // The client may have left before: that is its own affair.
    let _ = stream.write_all(bytes.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// The head, and as much of a body as it announces.
async fn request(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    loop {
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return text,
            Ok(read) => text.push_str(std::str::from_utf8(&piece[..read]).unwrap()),
        }
    }
}

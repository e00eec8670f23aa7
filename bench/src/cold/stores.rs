//! What a function finds when it starts: an embedded `DynamoDB` with invented rows where the events look, and a
//! server that gives sketches and the manifest of an export as S3 would, and a secret as Secrets Manager would.

mod rows;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context as _;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::card::Card;
use domain::source::Source;
use runtime::clock::SystemClock;
use search::codec;
use search::sketch::SketchBuilder;
use testkit::Importer;
use tokio::net::TcpListener;
use usecases::ports::{Clock as _, ExportItems, ExportManifest};

use super::tls::Tls;
use crate::data::World;

/// The stores; they end with this value.
pub(crate) struct Stores {
    /// Where `DynamoDB` is.
    pub(crate) dynamodb: String,
    /// Where S3 and Secrets Manager are.
    pub(crate) others: String,
    /// The certificates that a function is to trust; none without TLS.
    pub(crate) roots: Option<PathBuf>,
    /// Bytes of a sketch. Every source has the same one, which for most of them is too large.
    pub(crate) sketch_bytes: usize,
    rows: usize,
    offers: u32,
    seconds: f64,
    tls: Option<Tls>,
    _import: Importer,
}

impl Stores {
    /// Draws the offers of `world`, makes their sketch, and files those that the events ask for under each source.
    pub(crate) fn start(world: &World, behind_tls: bool) -> anyhow::Result<Self> {
        let started = Instant::now();
        let mut sketch = SketchBuilder::default();
        let mut asked = Vec::new();
        for number in 0..world.shape.items {
            let offer = world.offer(number);
            let near = rows::is_asked(&offer).then(|| offer.clone());
            let card = Card::PartnerOffer(Box::new(offer));
            sketch.add(Source::Offres, &card.entry(), codec::pack(&card)?.len());
            asked.extend(near);
        }
        let sketch = sketch.finish().to_bytes();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let import = runtime.block_on(rows::import(&asked))?;
        let mut stores = Self {
            dynamodb: import.store.endpoint.clone(),
            others: String::new(),
            roots: None,
            sketch_bytes: sketch.len(),
            rows: asked.len(),
            offers: world.shape.items,
            seconds: 0.0,
            tls: None,
            _import: import,
        };
        let app = Router::new().fallback(give).with_state(Bytes::from(sketch));
        let address = on_a_thread(move |listener| async move {
            let _ = axum::serve(listener, app).await;
        })?;
        stores.others = format!("http://{address}");
        if behind_tls {
            stores.hide_behind_tls()?;
        }
        stores.seconds = started.elapsed().as_secs_f64();
        Ok(stores)
    }

    fn hide_behind_tls(&mut self) -> anyhow::Result<()> {
        let tls = Tls::new()?;
        for endpoint in [&mut self.dynamodb, &mut self.others] {
            let plain =
                endpoint.trim_start_matches("http://").parse().context("an address of this machine")?;
            *endpoint = format!("https://{}", tls.before(plain)?);
        }
        self.roots = Some(tls.roots.clone());
        self.tls = Some(tls);
        Ok(())
    }
}

impl fmt::Display for Stores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a sketch of {} offers, {} KB, for each source; {} rows of each source where the events look; ",
            self.offers,
            self.sketch_bytes / 1024,
            self.rows
        )?;
        match &self.tls {
            Some(tls) => write!(f, "TLS, {} roots to trust", tls.trusted)?,
            None => f.write_str("no TLS")?,
        }
        write!(f, "; {:.0} s to make", self.seconds)
    }
}

/// Gives the sketch of any source, the manifest, the secret, and nothing else.
async fn give(State(sketch): State<Bytes>, method: Method, uri: Uri) -> Response {
    let key = uri.path().strip_prefix("/data/").unwrap_or_default();
    let source = key.strip_prefix("sketch/").map(str::parse::<Source>);
    match (method, source) {
        (Method::GET, Some(Ok(_))) => sketch.into_response(),
        (Method::GET, None) if key == "exports/jobs.json" => {
            serde_json::to_vec(&manifest()).unwrap_or_default().into_response()
        }
        (Method::POST, None) => {
            let secret = serde_json::json!({"Name": "bench", "SecretString": "0123456789abcdef".repeat(4)});
            ([("content-type", "application/x-amz-json-1.1")], secret.to_string()).into_response()
        }
        _ => {
            let missing = "<Error><Code>NoSuchKey</Code><Message>There is no such object.</Message></Error>";
            (StatusCode::NOT_FOUND, [("content-type", "application/xml")], missing).into_response()
        }
    }
}

/// Of an export that was never made.
fn manifest() -> ExportManifest {
    let at = SystemClock.now();
    ExportManifest {
        file: "jobs.jsonl.gz".to_owned(),
        generated_at: at,
        updated_until: at,
        bytes: 1_000,
        sha256: "0".repeat(64),
        items: ExportItems::default(),
    }
}

/// Runs a server on a thread of its own, on a free port of this machine, until the program ends.
pub(crate) fn on_a_thread<F>(
    serve: impl FnOnce(TcpListener) -> F + Send + 'static,
) -> anyhow::Result<SocketAddr>
where
    F: Future<Output = ()>,
{
    let listener = std::net::TcpListener::bind("127.0.0.1:0").context("no free port")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            if let Ok(listener) = TcpListener::from_std(listener) {
                serve(listener).await;
            }
        });
    });
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn given(method: Method, path: &'static str) -> StatusCode {
        give(State(Bytes::from_static(b"sketch")), method, Uri::from_static(path)).await.status()
    }

    #[tokio::test]
    async fn gives_sketches_and_a_secret_and_nothing_else() {
        assert_eq!(given(Method::GET, "/data/sketch/offres").await, StatusCode::OK);
        assert_eq!(given(Method::GET, "/data/exports/jobs.json").await, StatusCode::OK);
        assert_eq!(given(Method::POST, "/").await, StatusCode::OK);
        assert_eq!(given(Method::GET, "/data/sketch/retired").await, StatusCode::NOT_FOUND);
        assert_eq!(given(Method::GET, "/data/reports/x").await, StatusCode::NOT_FOUND);
    }
}

//! `ingest-offers`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(ingest_offers::Context::build, ingest_offers::handle).await
}

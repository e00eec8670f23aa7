//! `ingest-formations`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(ingest_formations::Context::build, ingest_formations::handle).await
}

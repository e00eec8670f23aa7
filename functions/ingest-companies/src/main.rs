//! `ingest-companies`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(ingest_companies::Context::build, ingest_companies::handle).await
}

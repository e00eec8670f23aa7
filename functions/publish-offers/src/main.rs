//! `publish-offers`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(publish_offers::Context::build, publish_offers::handle).await
}

//! `relay-outbox`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::batch::serve(relay_outbox::Context::build, relay_outbox::handle).await
}

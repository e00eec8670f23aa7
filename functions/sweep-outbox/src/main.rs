//! `sweep-outbox`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(sweep_outbox::Context::build, sweep_outbox::handle).await
}

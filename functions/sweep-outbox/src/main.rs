//! `sweep-outbox`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(sweep_outbox::build, sweep_outbox::handle).await
}

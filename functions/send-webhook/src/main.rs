//! `send-webhook`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::batch::serve(send_webhook::Context::build, send_webhook::handle).await
}

//! `test-webhook`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(test_webhook::build, test_webhook::handle).await
}

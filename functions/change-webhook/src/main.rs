//! `change-webhook`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(change_webhook::build, change_webhook::handle).await
}

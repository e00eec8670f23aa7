//! `delete-webhook`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(delete_webhook::build, delete_webhook::handle).await
}

//! `create-webhook`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(create_webhook::build, create_webhook::handle).await
}

//! `list-webhooks`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_webhooks::build, list_webhooks::handle).await
}

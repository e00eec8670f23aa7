//! `file-webhooks`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::batch::serve(file_webhooks::Context::build, file_webhooks::handle).await
}

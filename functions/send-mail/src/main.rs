//! `send-mail`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::batch::serve(send_mail::Context::build, send_mail::handle).await
}

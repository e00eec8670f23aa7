//! `receive-mail-event`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(receive_mail_event::Context::build, receive_mail_event::handle).await
}

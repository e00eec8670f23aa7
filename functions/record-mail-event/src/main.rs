//! `record-mail-event`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::batch::serve(record_mail_event::Context::build, record_mail_event::handle).await
}

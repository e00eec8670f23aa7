//! `recall-appointment`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(recall_appointment::build, recall_appointment::handle).await
}

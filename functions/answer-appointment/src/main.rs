//! `answer-appointment`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(answer_appointment::build, answer_appointment::handle).await
}

//! `answer-application`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(answer_application::build, answer_application::handle).await
}

//! `follow-link`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(follow_link::Context::build, follow_link::handle).await
}

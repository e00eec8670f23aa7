//! `link-trainings`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(link_trainings::Context::build, link_trainings::handle).await
}

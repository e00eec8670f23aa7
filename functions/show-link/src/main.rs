//! `show-link`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(show_link::Context::build, show_link::handle).await
}

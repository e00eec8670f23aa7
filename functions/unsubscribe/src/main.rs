//! `unsubscribe`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(unsubscribe::Context::build, unsubscribe::handle).await
}

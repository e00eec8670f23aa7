//! `create-establishment`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(create_establishment::Context::build, create_establishment::handle).await
}

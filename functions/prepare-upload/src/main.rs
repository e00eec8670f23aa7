//! `prepare-upload`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(prepare_upload::build, prepare_upload::handle).await
}

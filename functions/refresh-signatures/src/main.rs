//! `refresh-signatures`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(refresh_signatures::build, refresh_signatures::handle).await
}

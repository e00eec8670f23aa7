//! `expire-offers`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(expire_offers::build, expire_offers::handle).await
}

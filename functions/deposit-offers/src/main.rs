//! `deposit-offers`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(deposit_offers::build, deposit_offers::handle).await
}

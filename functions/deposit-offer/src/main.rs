//! `deposit-offer`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(deposit_offer::build, deposit_offer::handle).await
}

//! `delegate-offer`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(delegate_offer::build, delegate_offer::handle).await
}

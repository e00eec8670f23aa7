//! `get-offer-publication`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(get_offer_publication::build, get_offer_publication::handle).await
}

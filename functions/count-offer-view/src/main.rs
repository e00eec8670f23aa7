//! `count-offer-view`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(count_offer_view::Context::build, count_offer_view::handle).await
}

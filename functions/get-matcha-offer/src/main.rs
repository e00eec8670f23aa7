//! `get-matcha-offer`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(get_matcha_offer::build, get_matcha_offer::handle).await
}

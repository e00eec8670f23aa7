//! `close-offer`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(close_offer::build, close_offer::handle).await
}

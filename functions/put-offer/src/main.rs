//! `put-offer`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(put_offer::build, put_offer::handle).await
}

//! `get-partner-offer`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(get_partner_offer::build, get_partner_offer::handle).await
}

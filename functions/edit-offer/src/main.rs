//! `edit-offer`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(edit_offer::build, edit_offer::handle).await
}

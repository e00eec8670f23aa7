//! `settle-account`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(settle_account::build, settle_account::handle).await
}

//! `list-waiting-accounts`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_waiting_accounts::build, list_waiting_accounts::handle).await
}

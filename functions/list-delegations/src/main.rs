//! `list-delegations`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_delegations::build, list_delegations::handle).await
}

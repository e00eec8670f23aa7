//! `list-recruiters`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_recruiters::build, list_recruiters::handle).await
}

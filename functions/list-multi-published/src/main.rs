//! `list-multi-published`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_multi_published::Context::build, list_multi_published::handle).await
}

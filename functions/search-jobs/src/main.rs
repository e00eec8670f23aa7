//! `search-jobs`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(search_jobs::build, search_jobs::handle).await
}

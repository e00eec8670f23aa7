//! `search-jobs-and-diplomas`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(search_jobs_and_diplomas::build, search_jobs_and_diplomas::handle).await
}

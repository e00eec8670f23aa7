//! `get-jobs-export`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(get_jobs_export::Context::build, get_jobs_export::handle).await
}

//! `search-jobs-and-trainings`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(search_jobs_and_trainings::build, search_jobs_and_trainings::handle).await
}

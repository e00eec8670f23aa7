//! `search-trainings`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(search_trainings::build, search_trainings::handle).await
}

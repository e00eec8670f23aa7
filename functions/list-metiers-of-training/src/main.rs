//! `list-metiers-of-training`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_metiers_of_training::build, list_metiers_of_training::handle).await
}

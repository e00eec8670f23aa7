//! `list-metiers`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_metiers::build, list_metiers::handle).await
}

//! `search-metiers`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(search_metiers::build, search_metiers::handle).await
}

//! `list-metiers-of-establishment`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_metiers_of_establishment::build, list_metiers_of_establishment::handle).await
}

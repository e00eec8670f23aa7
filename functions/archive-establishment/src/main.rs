//! `archive-establishment`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(archive_establishment::build, archive_establishment::handle).await
}

//! `find-establishment`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(find_establishment::build, find_establishment::handle).await
}

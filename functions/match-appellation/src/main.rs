//! `match-appellation`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(match_appellation::build, match_appellation::handle).await
}

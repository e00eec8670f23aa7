//! `anonymise`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(anonymise::build, anonymise::handle).await
}

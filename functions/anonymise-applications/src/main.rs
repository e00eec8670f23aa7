//! `anonymise-applications`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(anonymise_applications::build, anonymise_applications::handle).await
}

//! `get-rome`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(get_rome::build, get_rome::handle).await
}

//! `apply-by-id`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(apply_by_id::build, apply_by_id::handle).await
}

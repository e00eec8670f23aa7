//! `create-rdv-context`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(create_rdv_context::build, create_rdv_context::handle).await
}

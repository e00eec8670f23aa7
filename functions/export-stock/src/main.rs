//! `export-stock`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(export_stock::Context::build, export_stock::handle).await
}

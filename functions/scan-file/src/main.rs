//! `scan-file`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(scan_file::build, scan_file::handle).await
}

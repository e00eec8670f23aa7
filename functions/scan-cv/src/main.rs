//! `scan-cv`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::batch::serve(scan_cv::Context::build, scan_cv::handle).await
}

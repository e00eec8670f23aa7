//! `build-sketch`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(build_sketch::Context::build, build_sketch::handle).await
}

//! `remind-recruiters`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(remind_recruiters::build, remind_recruiters::handle).await
}

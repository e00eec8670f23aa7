//! `remind-opcos`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(remind_opcos::build, remind_opcos::handle).await
}

//! `ask-for-data`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(ask_for_data::build, ask_for_data::handle).await
}

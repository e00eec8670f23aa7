//! `list-appointments`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_appointments::build, list_appointments::handle).await
}

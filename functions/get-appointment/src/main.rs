//! `get-appointment`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(get_appointment::build, get_appointment::handle).await
}

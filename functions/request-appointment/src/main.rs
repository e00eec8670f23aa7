//! `request-appointment`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(request_appointment::build, request_appointment::handle).await
}

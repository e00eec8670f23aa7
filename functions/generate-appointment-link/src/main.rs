//! `generate-appointment-link`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(generate_appointment_link::build, generate_appointment_link::handle).await
}

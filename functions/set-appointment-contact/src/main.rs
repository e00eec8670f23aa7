//! `set-appointment-contact`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(set_appointment_contact::Context::build, set_appointment_contact::handle).await
}

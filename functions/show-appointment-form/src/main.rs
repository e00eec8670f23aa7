//! `show-appointment-form`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(show_appointment_form::build, show_appointment_form::handle).await
}

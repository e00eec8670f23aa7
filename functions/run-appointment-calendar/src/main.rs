//! `run-appointment-calendar`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::worker::serve(run_appointment_calendar::build, run_appointment_calendar::handle).await
}

//! `list-appointment-formations`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_appointment_formations::Context::build, list_appointment_formations::handle)
        .await
}

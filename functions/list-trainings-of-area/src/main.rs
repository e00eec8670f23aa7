//! `list-trainings-of-area`, as a Lambda.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), runtime::Error> {
    runtime::http::serve(list_trainings_of_area::build, list_trainings_of_area::handle).await
}

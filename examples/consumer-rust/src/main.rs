//! The consumer, as a Lambda.

use consumer_rust::Consumer;
use consumer_rust::batch::Batch;
use lambda_runtime::{Error, LambdaEvent, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_runtime::tracing::init_default_subscriber();
    let consumer = Consumer::default();
    let handle = async |event: LambdaEvent<Batch>| Ok::<_, Error>(consumer.handle(&event.payload));
    lambda_runtime::run(service_fn(handle)).await
}

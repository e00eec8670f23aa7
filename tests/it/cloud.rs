//! The deployed cloud: its routes as a partner calls them, its bucket as a feed's owner fills it.

mod bucket;
mod events;
mod http;

use std::time::Duration;

pub(crate) use bucket::{Bucket, unique};
pub(crate) use events::Events;
pub(crate) use http::{Answer, Api, Call, download};

/// How long anything may take that ends by itself.
const PATIENCE: Duration = Duration::from_mins(3);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// Looks again and again until there is something; fails when there is nothing for too long.
pub(crate) async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let seen = tokio::time::timeout(PATIENCE, async {
        loop {
            if let Some(seen) = look().await {
                return seen;
            }
            tokio::time::sleep(PAUSE).await;
        }
    });
    seen.await.unwrap_or_else(|_| panic!("not seen within {PATIENCE:?}: {what}"))
}

/// A variable of the deployed cloud.
pub(crate) fn variable(name: &str) -> String {
    tests::variable(name).unwrap_or_else(|| {
        panic!("{name} is not set: these tests need a deployed local cloud (`make test`, or `make up` and `. .local/env`)")
    })
}

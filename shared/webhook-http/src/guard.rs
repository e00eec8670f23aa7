//! A resolver of names that lets addresses of the public Internet through, and no others.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec::IntoIter;

use domain::webhook::Reach;
use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

/// A name leads nowhere, or nowhere that we call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name leads to no address that is called")]
pub struct NotCalled;

/// Resolves by another resolver, and keeps what is within reach.
#[derive(Debug, Clone)]
pub struct Guard<R> {
    resolver: R,
    reach: Reach,
}

impl<R> Guard<R> {
    /// Over this resolver.
    pub fn new(resolver: R, reach: Reach) -> Self {
        Self { resolver, reach }
    }
}

impl<R> Service<Name> for Guard<R>
where
    R: Service<Name, Response: Iterator<Item = SocketAddr>, Future: Send + 'static>,
{
    type Response = IntoIter<SocketAddr>;
    type Error = NotCalled;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, NotCalled>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), NotCalled>> {
        self.resolver.poll_ready(context).map_err(|_| NotCalled)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let (found, reach) = (self.resolver.call(name), self.reach);
        Box::pin(async move {
            let found = found.await.map_err(|_| NotCalled)?;
            let within: Vec<_> = found.filter(|address| reach.includes(address.ip())).collect();
            if within.is_empty() { Err(NotCalled) } else { Ok(within.into_iter()) }
        })
    }
}

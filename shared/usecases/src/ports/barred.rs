//! Addresses that are not written to any more.

use std::collections::HashMap;

use async_trait::async_trait;

use super::PortError;

/// Which mails an address gets no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// Those that one may stop ([`domain::mail::Template::may_be_stopped`]): it unsubscribed from them.
    Stoppable,
    /// Every one: it bounced, or complained.
    All,
}

/// Tells which mails an address gets no more.
#[async_trait]
pub trait FindBarred: Send + Sync {
    /// The address of this hash; none where it gets every mail. Eventually consistent: it is for what is shown, and sending
    /// asks again.
    async fn find_barred(&self, address_hash: &str) -> Result<Option<Barred>, PortError>;
}

/// Tells which mails many addresses get no more.
#[async_trait]
pub trait FindManyBarred: Send + Sync {
    /// By the same rule as [`FindBarred`]; those that get every mail are left out.
    async fn find_many_barred(&self, address_hashes: &[String])
    -> Result<HashMap<String, Barred>, PortError>;
}

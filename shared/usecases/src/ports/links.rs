//! Links of mails, as the store knows them.

use async_trait::async_trait;
use domain::link::StoredLink;

use super::PortError;

/// A link, and whether it was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLink {
    /// The link.
    pub link: StoredLink,
    /// Whether it has acted.
    pub used: bool,
}

/// Finds a link.
#[async_trait]
pub trait FindLink: Send + Sync {
    /// By the SHA-256 of its token.
    async fn find_link(&self, token_hash: &str) -> Result<Option<KnownLink>, PortError>;
}

/// Lets a link act.
#[async_trait]
pub trait FollowLink: Send + Sync {
    /// Does what the link does and marks it as used, in one transaction, on the conditions that it is not used and has
    /// not expired at `now`, in seconds since 1970. False where one of them failed.
    async fn follow_link(&self, link: &StoredLink, now: u32) -> Result<bool, PortError>;
}

/// Stops mails to an address at its owner's wish.
#[async_trait]
pub trait StopMails: Send + Sync {
    /// Of the kinds that one may stop: see [`domain::mail::Template::may_be_stopped`]. Stopping twice is no error.
    async fn stop_mails(&self, address_hash: &str, now: u32) -> Result<(), PortError>;
}

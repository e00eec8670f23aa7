//! Random bytes, injected so that tests can say which.

/// Gives random bytes, fit for secrets.
pub trait Entropy: Send + Sync {
    /// Sixteen of them.
    fn bytes(&self) -> [u8; 16];
}

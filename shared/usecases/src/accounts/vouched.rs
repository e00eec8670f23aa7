//! Whether an account needs nobody to look at it: its address is known to be of its company.

use async_trait::async_trait;
use domain::email::Email;
use domain::siret::Siret;

use crate::ports::{KnowAddress, PortError};

/// Whether an address that is known of a company vouches for another one: it is the same, or of the same domain, unless
/// anybody may open a mailbox there.
pub fn vouches(known: &Email, asked: &Email) -> bool {
    known == asked || asked.own_domain().is_some_and(|domain| known.own_domain() == Some(domain))
}

/// All who know addresses of companies, as one. They are asked in order, until one says yes.
pub struct Vouching {
    sources: Vec<Box<dyn KnowAddress>>,
}

impl Vouching {
    /// Over these sources, the cheapest first.
    pub fn new(sources: Vec<Box<dyn KnowAddress>>) -> Self {
        Self { sources }
    }
}

#[async_trait]
impl KnowAddress for Vouching {
    /// A yes counts even where another source failed; a no only where none did.
    async fn knows_address(&self, siret: &Siret, email: &Email) -> Result<bool, PortError> {
        let mut failure = None;
        for source in &self.sources {
            match source.knows_address(siret, email).await {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        failure.map_or(Ok(false), Err)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Says the same to everybody, and counts how often; none is a failure.
    struct Says(Option<bool>, Arc<AtomicUsize>);

    #[async_trait]
    impl KnowAddress for Says {
        async fn knows_address(&self, _: &Siret, _: &Email) -> Result<bool, PortError> {
            self.1.fetch_add(1, Ordering::SeqCst);
            self.0.ok_or_else(|| PortError::new("look an address up", "it broke"))
        }
    }

    /// What they say together, and how many were asked.
    async fn asked(says: &[Option<bool>]) -> (Option<bool>, usize) {
        let count = Arc::new(AtomicUsize::new(0));
        let source = |&says| Box::new(Says(says, count.clone())) as Box<dyn KnowAddress>;
        let vouching = Vouching::new(says.iter().map(source).collect());
        let (siret, email) = ("00002207900016".parse().unwrap(), "rh@exemple.invalid".parse().unwrap());
        let known = vouching.knows_address(&siret, &email).await.ok();
        (known, count.load(Ordering::SeqCst))
    }

    #[tokio::test(flavor = "current_thread")]
    async fn sources_are_asked_in_order_until_one_says_yes() {
        assert_eq!(asked(&[Some(false), Some(true), Some(true)]).await, (Some(true), 2));
        assert_eq!(asked(&[Some(false), Some(false)]).await, (Some(false), 2));
        assert_eq!(asked(&[]).await, (Some(false), 0));
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_source_that_failed_hides_no_yes_and_makes_no_no() {
        assert_eq!(asked(&[None, Some(true)]).await, (Some(true), 2));
        assert_eq!(asked(&[None, Some(false)]).await, (None, 2));
    }

    #[test]
    fn an_address_vouches_for_itself_and_for_its_colleagues() {
        let vouched = |known: &str, asked: &str| vouches(&known.parse().unwrap(), &asked.parse().unwrap());
        assert!(vouched("contact@exemple.invalid", "RH@exemple.invalid"));
        assert!(vouched("boulangerie@orange.fr", "boulangerie@orange.fr"));
        assert!(!vouched("contact@exemple.invalid", "rh@autre.exemple.invalid"));
    }

    #[test]
    fn an_address_at_a_public_provider_vouches_for_no_other() {
        assert!(!vouches(&"boulangerie@orange.fr".parse().unwrap(), &"autre@orange.fr".parse().unwrap()));
    }
}

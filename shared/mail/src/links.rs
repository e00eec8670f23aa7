//! The addresses that links in mails lead to.

use domain::link::{LinkId, LinkKey};

/// Makes addresses of links.
#[derive(Debug, Clone)]
pub struct Links {
    /// Where the service answers, without a slash at the end.
    pub base_url: String,
    /// Makes tokens.
    pub key: LinkKey,
}

impl Links {
    /// The address that the link has in a mail. Whoever knows it can use it: it belongs in no log.
    pub fn url(&self, id: &LinkId) -> String {
        let base_url = self.base_url.trim_end_matches('/');
        format!("{base_url}/links/{}", self.key.token(id).as_str())
    }
}

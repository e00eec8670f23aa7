//! Lists the accounts that wait, with what whoever validates them must see.

use domain::opco::Opco;
use domain::recruiter::Recruiter;
use futures::{StreamExt, TryStreamExt, stream};

use crate::ports::{FindOwnHead, ListWaitingAccounts, PortError};

/// Accounts of a page.
const PAGE: usize = 50;
/// Recruiters that are read at once.
const AT_ONCE: usize = 8;

/// A page of accounts that wait.
#[derive(Debug, Default)]
pub struct WaitingPage {
    /// The recruiters, without their offers, and how many of those each has.
    pub accounts: Vec<(Recruiter, usize)>,
    /// The id after which the next page begins; none on the last.
    pub next: Option<String>,
}

/// Lists accounts that wait.
#[derive(Clone, Copy)]
pub struct ListWaiting<'a> {
    /// Lists them.
    pub list: &'a dyn ListWaitingAccounts,
    /// Reads each.
    pub head: &'a dyn FindOwnHead,
}

impl ListWaiting<'_> {
    /// Those that wait for this OPCO, or for none, after the one of this id.
    pub async fn run(&self, opco: Option<Opco>, after: Option<&str>) -> Result<WaitingPage, PortError> {
        let mut waiting = self.list.list_waiting_accounts(opco, after, PAGE + 1).await?;
        let has_more = waiting.len() > PAGE;
        waiting.truncate(PAGE);
        let reads =
            waiting.iter().map(|account| self.head.find_own_head(&account.owner, &account.establishment_id));
        let heads: Vec<_> = stream::iter(reads).buffered(AT_ONCE).try_collect().await?;
        let accounts = heads.into_iter().flatten().map(|head| (head.recruiter, head.offers)).collect();
        let last = waiting.pop().filter(|_| has_more);
        Ok(WaitingPage { accounts, next: last.map(|account| account.establishment_id) })
    }
}

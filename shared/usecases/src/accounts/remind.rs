//! Tells each OPCO that accounts wait for it, on Mondays, Wednesdays and Fridays (contract 3.2).

use domain::date;
use domain::mail::{AccountsWaiting, DueMail, Mail};
use domain::opco::Opco;
use jiff::Timestamp;

use crate::ports::{
    Clock, CommitError, Consequences, FindOpcoContact, ListWaitingAccounts, PortError, WriteConsequences,
};

/// Accounts that are read at once.
const PAGE: usize = 500;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reminded {
    /// OPCOs that a mail is due to.
    pub told: usize,
    /// OPCOs for which accounts wait, and which have given no address.
    pub without_address: usize,
    /// Accounts that wait, for those of no OPCO as well.
    pub waiting: usize,
    /// Of them, those of no OPCO: nobody is written to, and the service's own team looks at them.
    pub of_no_opco: usize,
}

/// Reminds OPCOs.
#[derive(Clone, Copy)]
pub struct RemindOpcos<'a> {
    /// Lists the accounts that wait.
    pub list: &'a dyn ListWaitingAccounts,
    /// Knows whom to write to.
    pub contacts: &'a dyn FindOpcoContact,
    /// Makes the mails due.
    pub write: &'a dyn WriteConsequences,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl RemindOpcos<'_> {
    /// Makes a mail due to each OPCO that accounts wait for: one a day at most, however often it is run.
    pub async fn run(&self) -> Result<Reminded, PortError> {
        let of_no_opco = self.waiting(None).await?.0;
        let mut reminded = Reminded { waiting: of_no_opco, of_no_opco, ..Reminded::default() };
        for opco in Opco::ALL {
            let (count, oldest) = self.waiting(Some(opco)).await?;
            let Some(oldest) = oldest else { continue };
            reminded.waiting += count;
            let Some(to) = self.contacts.find_opco_contact(opco).await? else {
                reminded.without_address += 1;
                continue;
            };
            let today = date::paris_day(self.clock.now());
            let mail = AccountsWaiting {
                opco: opco.label().to_owned(),
                count: u32::try_from(count).unwrap_or(u32::MAX),
                oldest: date::paris_day(oldest),
            };
            let cause = format!("{} {today}", opco.short());
            let due = DueMail::new(&cause, to, Mail::AccountsWaiting(mail));
            let consequences = Consequences { mails: vec![due], ..Consequences::none(self.clock.seconds()) };
            match self.write.write_consequences(&consequences).await {
                // It was due before today.
                Ok(()) | Err(CommitError::Taken) => reminded.told += 1,
                Err(error) => return Err(error.unexpected("remind an OPCO")),
            }
        }
        Ok(reminded)
    }

    /// How many accounts wait, and since when the oldest does.
    async fn waiting(&self, opco: Option<Opco>) -> Result<(usize, Option<Timestamp>), PortError> {
        let (mut count, mut oldest, mut after) = (0, None, None::<String>);
        loop {
            let page = self.list.list_waiting_accounts(opco, after.as_deref(), PAGE).await?;
            count += page.len();
            oldest = page.iter().map(|account| account.since).chain(oldest).min();
            match page.last() {
                Some(last) if page.len() == PAGE => after = Some(last.establishment_id.clone()),
                _ => return Ok((count, oldest)),
            }
        }
    }
}

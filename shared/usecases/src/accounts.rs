//! Accounts of recruiters: found and listed for their partner; validated, refused, archived (contract 3.2).

mod list;
mod remind;
mod settle;
mod vouched;
mod waiting;

pub use list::{ListRecruiters, PageAsked, RecruiterPage};
pub use remind::{RemindOpcos, Reminded};
pub use settle::{AccountError, SettleAccount, Verdict};
pub use vouched::{Vouching, vouches};
pub use waiting::{ListWaiting, WaitingPage};

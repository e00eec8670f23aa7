//! Accounts: validated, refused and archived, now and then by somebody who is killed half way and asks again.

use usecases::accounts::{AccountError, SettleAccount, Verdict};
use usecases::once::{Answered, OnceError};

use crate::model::{Account, Stand};
use crate::recorder::Fault;
use crate::world::{OPCOS, World, asked};

type Ended = Option<Result<Answered, OnceError<AccountError>>>;

impl World {
    /// Who waits is judged some days later.
    pub(crate) async fn judge(&mut self, who: usize) {
        if self.state.recruiters[who].account != Account::Waiting {
            return;
        }
        self.stranger(who).await;
        let refused = self.dice.chance(250);
        let verdict = if refused { Verdict::Refused } else { Verdict::Validated };
        let fault =
            self.some_kill(who, if refused { Stand::is_open } else { |stand| stand == Stand::Waiting });
        let ended = self.judged(who, verdict, fault).await;
        self.judged_so(who, refused, ended.is_none().then_some(fault));
        if ended.is_none() {
            self.clock.advance(20);
            let was_settled = self.is_settled(who, refused);
            let ended = self.judged(who, verdict, Fault::None).await.unwrap();
            assert_eq!(ended.is_err(), was_settled, "{ended:?}");
            self.judged_so(who, refused, None);
        }
        self.report.judged(refused);
    }

    /// To another OPCO there is no such account.
    async fn stranger(&mut self, who: usize) {
        let recruiter = &self.state.recruiters[who];
        let other = OPCOS[(recruiter.opco + 1) % OPCOS.len()];
        let settle = SettleAccount { once: self.once(), desk: self.desk() };
        let asked = asked(0, "validate-account", None);
        let ended = settle.judge(asked, &self.recruiters, other, &recruiter.id, Verdict::Validated).await;
        assert!(matches!(ended, Err(OnceError::Work(AccountError::UnknownAccount))), "{ended:?}");
    }

    async fn judged(&self, who: usize, verdict: Verdict, fault: Fault) -> Ended {
        let recruiter = &self.state.recruiters[who];
        let opco = OPCOS[recruiter.opco];
        let settle = SettleAccount { once: self.once(), desk: self.desk() };
        let asked = asked(0, "validate-account", None);
        let judge = settle.judge(asked, &self.recruiters, opco, &recruiter.id, verdict);
        self.recorder.under(fault, judge).await
    }

    fn judged_so(&mut self, who: usize, refused: bool, killed: Option<Fault>) {
        let now = self.now();
        let most = most(killed);
        let recruiter = &mut self.state.recruiters[who];
        // Whoever was killed by the last write of all left nothing to do.
        self.state.unsettled.remove(&who);
        let words = if refused {
            recruiter.archive(most, true, now)
        } else {
            let waiting = recruiter.offers.iter().filter(|offer| offer.stand == Stand::Waiting).count();
            if most <= waiting {
                self.state.unsettled.insert(who);
            }
            recruiter.validate(most, now)
        };
        self.state.touched.insert(who);
        self.told(words);
    }

    fn is_settled(&self, who: usize, refused: bool) -> bool {
        let account = self.state.recruiters[who].account;
        if refused { account == Account::Closed } else { !self.state.unsettled.contains(&who) }
    }

    pub(crate) async fn archive(&mut self) {
        let who = self.dice.below(self.state.recruiters.len().max(1));
        if who >= self.state.recruiters.len() {
            return;
        }
        let fault = self.some_kill(who, Stand::is_open);
        let killed = self.archived(who, fault).await.is_none();
        let now = self.now();
        let words = self.state.recruiters[who].archive(most(killed.then_some(fault)), false, now);
        self.told(words);
        if killed {
            self.clock.advance(20);
            assert!(self.archived(who, Fault::None).await.unwrap().is_ok());
            let now = self.now();
            let words = self.state.recruiters[who].archive(usize::MAX, false, now);
            self.told(words);
        }
        self.state.touched.insert(who);
        self.report.archived += 1;
    }

    async fn archived(&self, who: usize, fault: Fault) -> Ended {
        let recruiter = &self.state.recruiters[who];
        let settle = SettleAccount { once: self.once(), desk: self.desk() };
        let asked = asked(recruiter.partner, "archive-establishment", None);
        self.recorder.under(fault, settle.archive(asked, &recruiter.id)).await
    }

    /// One write for each offer that changes, and one for the account: after which of them somebody is killed.
    fn some_kill(&mut self, who: usize, changes: fn(Stand) -> bool) -> Fault {
        let offers = self.state.recruiters[who].offers.iter();
        let writes = offers.filter(|offer| changes(offer.stand)).count() + 1;
        if self.dice.chance(350) { Fault::Kill(1 + self.dice.below(writes)) } else { Fault::None }
    }
}

fn most(killed: Option<Fault>) -> usize {
    match killed {
        Some(Fault::Kill(most)) => most,
        _ => usize::MAX,
    }
}

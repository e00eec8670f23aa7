//! The provider of mails: what it took it never forgets.

use std::sync::Mutex;

use async_trait::async_trait;
use domain::mail::{DueMail, Mail, MailId, Template};
use jiff::Timestamp;
use tokio::sync::Notify;
use usecases::ports::{ComposeMail, ComposedMail, HandOverError, HandOverMail, PortError};

use crate::dice::Dice;

/// A mail that was taken.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) id: MailId,
    pub(crate) template: Template,
    pub(crate) to: String,
    pub(crate) mail: Mail,
}

#[derive(Default)]
pub(crate) struct Journal {
    pub(crate) taken: Vec<Taken>,
    /// Mails of which it will tell, because whoever sent them heard no answer.
    pub(crate) words: Vec<MailId>,
    /// Mails that it never got, which nobody but it can know.
    pub(crate) dropped: Vec<MailId>,
}

pub(crate) struct Provider {
    dice: Mutex<Dice>,
    pub(crate) journal: Mutex<Journal>,
    pub(crate) killed: Notify,
}

impl Provider {
    pub(crate) fn new(seed: u64) -> Self {
        Self { dice: Mutex::new(Dice::new(seed)), journal: Mutex::default(), killed: Notify::new() }
    }

    fn take(&self, mail: &ComposedMail, is_heard: bool) -> String {
        let mut journal = self.journal.lock().unwrap();
        let told: Mail = serde_json::from_slice(&mail.message).unwrap();
        journal.taken.push(Taken {
            id: mail.id.clone(),
            template: mail.template,
            to: mail.to.as_str().to_owned(),
            mail: told,
        });
        if !is_heard {
            journal.words.push(mail.id.clone());
        }
        format!("invented-{}", journal.taken.len())
    }

    fn drop(&self, mail: &ComposedMail) {
        self.journal.lock().unwrap().dropped.push(mail.id.clone());
    }

    async fn kill(&self) -> ! {
        self.killed.notify_one();
        std::future::pending().await
    }
}

/// As JSON, to be read again by the provider: how mails look is not what is judged here.
impl ComposeMail for Provider {
    fn compose(&self, due: &DueMail, _: Option<&[u8]>, _: Timestamp) -> Result<Vec<u8>, PortError> {
        Ok(serde_json::to_vec(&due.mail).unwrap())
    }
}

#[async_trait]
impl HandOverMail for Provider {
    async fn hand_over(&self, mail: &ComposedMail) -> Result<String, HandOverError> {
        let number = self.dice.lock().unwrap().below(100);
        match number {
            0..3 => {
                self.take(mail, false);
                Err(HandOverError::Lost("no answer".into()))
            }
            3..5 => {
                self.drop(mail);
                Err(HandOverError::Lost("no answer".into()))
            }
            5..9 => Err(HandOverError::Later("busy".into())),
            9..12 => {
                self.take(mail, false);
                self.kill().await
            }
            12..14 => {
                self.drop(mail);
                self.kill().await
            }
            _ => Ok(self.take(mail, true)),
        }
    }
}

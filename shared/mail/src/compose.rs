//! A mail as the message that goes over the wire. The same mail at the same time is always the same bytes.

use std::time::{Duration, UNIX_EPOCH};

use domain::mail::DueMail;
use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use usecases::ports::{ComposeMail, PortError};

use crate::address::{Sender, on_the_wire};
use crate::attachment::attached;
use crate::links::Links;
use crate::render::{Rendered, render};

/// Says that no person wrote it, so that no machine answers it (RFC 3834).
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");
/// The same, for Exchange.
const AUTO_RESPONSE: HeaderName = HeaderName::new_from_ascii_str("X-Auto-Response-Suppress");
const LIST_UNSUBSCRIBE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
/// Lets mail clients unsubscribe by one POST (RFC 8058).
const LIST_UNSUBSCRIBE_POST: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Composes mails: from whom they are, and where their links lead.
#[derive(Debug, Clone)]
pub struct Composer {
    sender: Sender,
    links: Links,
}

impl Composer {
    /// Of this sender.
    pub const fn new(sender: Sender, links: Links) -> Self {
        Self { sender, links }
    }

    fn message(&self, due: &DueMail, attachment: Option<&[u8]>, at: Timestamp) -> Result<Message, Failure> {
        let attached = attached(&due.mail, attachment, &self.sender.address, at)?;
        let rendered = render(due, &self.links, self.sender.reply_to.as_ref())?;
        let from = on_the_wire(&self.sender.address)?;
        let since_1970 = Duration::from_secs(u64::try_from(at.as_second()).unwrap_or_default());
        let id = format!("<{}@{}>", due.id, from.domain());
        let mut message = Message::builder()
            .from(Mailbox::new(Some(self.sender.name.clone()), from))
            .to(Mailbox::new(None, on_the_wire(&due.to)?));
        if let Some(reply_to) = &self.sender.reply_to {
            message = message.reply_to(Mailbox::new(None, on_the_wire(reply_to)?));
        }
        message = message
            .subject(rendered.subject.clone())
            .date(UNIX_EPOCH + since_1970)
            .message_id(Some(id))
            .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned()))
            .raw_header(HeaderValue::new(AUTO_RESPONSE, "All".to_owned()));
        if let Some(unsubscribe) = &rendered.unsubscribe {
            let one_click = "List-Unsubscribe=One-Click".to_owned();
            message = message
                .raw_header(HeaderValue::new(LIST_UNSUBSCRIBE, format!("<{unsubscribe}>")))
                .raw_header(HeaderValue::new(LIST_UNSUBSCRIBE_POST, one_click));
        }
        Ok(message.multipart(match attached {
            Some(file) => with(file, due, rendered),
            None => words(due, rendered),
        })?)
    }
}

/// What the mail says, and a file: a CV or an invitation. The boundary is of the mail's id too, and is no beginning of the other one, nor that
/// of it: an id has no `v`.
fn with(file: SinglePart, due: &DueMail, rendered: Rendered) -> MultiPart {
    MultiPart::mixed().boundary(format!("=_cv_{}", due.id)).multipart(words(due, rendered)).singlepart(file)
}

/// Text and HTML. The boundary is of the mail's id: no name can foresee where a part ends, since `=_` is in no
/// encoded text.
fn words(due: &DueMail, rendered: Rendered) -> MultiPart {
    MultiPart::alternative()
        .boundary(format!("=_{}", due.id))
        .singlepart(SinglePart::plain(rendered.text))
        .singlepart(SinglePart::html(rendered.html))
}

impl ComposeMail for Composer {
    fn compose(&self, due: &DueMail, attachment: Option<&[u8]>, at: Timestamp) -> Result<Vec<u8>, PortError> {
        let message =
            self.message(due, attachment, at).map_err(|source| PortError::new("compose a mail", source))?;
        Ok(message.formatted())
    }
}

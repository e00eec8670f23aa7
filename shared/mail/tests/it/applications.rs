//! Invented mails on applications.

use domain::event::ApplicationAnswer;
use domain::link::LinkId;
use domain::mail::{
    ApplicationReceived, ApplicationRefused, ApplicationReplied, ApplicationSent, ApplicationUndelivered,
    Mail, MailedCv, OfferFull, PersonalData,
};

use crate::invented::Typed;

/// A file with lines that would end a part of a message, if they were in it as they are.
pub(crate) const CV: &[u8] = b"%PDF-1.7\r\n--=_\r\n\r\n.\r\nBcc: autre@exemple.fr\r\n\xe9\x00%%EOF";

impl Typed {
    /// Each mail on applications in each of its forms.
    pub(crate) fn on_applications(&self) -> Vec<(&'static str, Mail)> {
        let (said, silent) = (Some(self.message.clone()), None);
        let received = |spontaneous, message| Mail::ApplicationReceived(self.received(spontaneous, message));
        let replied =
            |answer, comment, reachable| Mail::ApplicationReplied(self.replied(answer, comment, reachable));
        let (meeting, undecided, refused) =
            (ApplicationAnswer::Meeting, ApplicationAnswer::Undecided, ApplicationAnswer::Refused);
        vec![
            ("application-received", received(false, said.clone())),
            ("application-received-without-message", received(false, silent.clone())),
            ("application-received-spontaneous", received(true, said.clone())),
            ("application-received-spontaneous-without-message", received(true, silent.clone())),
            ("application-sent", Mail::ApplicationSent(self.application_sent(false))),
            ("application-sent-spontaneous", Mail::ApplicationSent(self.application_sent(true))),
            ("application-refused", Mail::ApplicationRefused(self.application_refused(false))),
            ("application-refused-infected", Mail::ApplicationRefused(self.application_refused(true))),
            ("application-undelivered", Mail::ApplicationUndelivered(self.undelivered(false))),
            ("application-undelivered-uncertain", Mail::ApplicationUndelivered(self.undelivered(true))),
            ("application-replied", replied(meeting, said.clone(), true)),
            ("application-replied-meeting-without-contact", replied(meeting, silent.clone(), false)),
            ("application-replied-undecided", replied(undecided, silent.clone(), false)),
            ("application-replied-undecided-with-comment", replied(undecided, said.clone(), true)),
            ("application-replied-refused", replied(refused, silent, false)),
            ("application-replied-refused-with-comment", replied(refused, said, false)),
            ("offer-full", Mail::OfferFull(self.offer_full(80))),
            ("personal-data", Mail::PersonalData(personal_data())),
        ]
    }

    pub(crate) fn received(&self, spontaneous: bool, message: Option<String>) -> ApplicationReceived {
        let Self { first_name, last_name, company, offer_title: title, phone, file_name, .. } = self.clone();
        ApplicationReceived {
            application_id: "application-1".to_owned(),
            first_name,
            last_name,
            email: "elodie.ndiaye+cv@exemple.fr".to_owned(),
            phone,
            message,
            company,
            title,
            spontaneous,
            cv: MailedCv {
                key: "cv/application-1".to_owned(),
                file_name,
                media_type: "application/pdf".to_owned(),
            },
            meet: LinkId::from_random([11; 16]),
            undecided: LinkId::from_random([12; 16]),
            refuse: LinkId::from_random([13; 16]),
            filled: (!spontaneous).then(|| LinkId::from_random([14; 16])),
        }
    }

    fn application_sent(&self, spontaneous: bool) -> ApplicationSent {
        let Self { first_name, last_name, company, offer_title: title, .. } = self.clone();
        ApplicationSent { first_name, last_name, company, title, spontaneous }
    }

    fn application_refused(&self, infected: bool) -> ApplicationRefused {
        let Self { first_name, last_name, company, offer_title: title, .. } = self.clone();
        ApplicationRefused { first_name, last_name, company, title, infected }
    }

    fn undelivered(&self, uncertain: bool) -> ApplicationUndelivered {
        let Self { first_name, last_name, company, offer_title: title, .. } = self.clone();
        ApplicationUndelivered { first_name, last_name, company, title, uncertain }
    }

    pub(crate) fn replied(
        &self,
        answer: ApplicationAnswer,
        comment: Option<String>,
        reachable: bool,
    ) -> ApplicationReplied {
        let Self { first_name, last_name, company, offer_title: title, phone, .. } = self.clone();
        let (email, phone) = ("martin@exemple.fr".to_owned(), phone);
        let (email, phone) = (reachable.then_some(email), reachable.then_some(phone));
        ApplicationReplied { first_name, last_name, company, title, answer, comment, email, phone }
    }

    pub(crate) fn offer_full(&self, applications: u32) -> OfferFull {
        let Self { first_name, last_name, company, offer_title, .. } = self.clone();
        OfferFull { first_name, last_name, company, offer_title, applications }
    }
}

pub(crate) fn personal_data() -> PersonalData {
    PersonalData { export: LinkId::from_random([21; 16]), erase: LinkId::from_random([22; 16]) }
}

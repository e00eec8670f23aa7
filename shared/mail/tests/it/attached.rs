//! Applications with their CV, read back by a parser that is not the writer's.

use domain::event::ApplicationAnswer;
use domain::mail::{DueMail, Mail};
use mail_parser::{Message, MessageParser, MimeHeaders};

use crate::applications::CV;
use crate::invented::{Typed, composed_with, contact, links, message, rendered, to};

fn application(typed: &Typed) -> DueMail {
    let mail = typed.received(false, Some(typed.message.clone()));
    DueMail::new("application-1", to(), Mail::ApplicationReceived(mail))
}

fn parsed(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).unwrap()
}

fn named(file_name: &str) -> Vec<u8> {
    message(&application(&Typed { file_name: file_name.to_owned(), ..Typed::honest() }))
}

#[test]
fn the_cv_arrives_as_it_was_under_its_name() {
    for name in [
        "cv.pdf",
        "CV Élodie N'Diaye.pdf",
        "履歴書.docx",
        "a-name-that-is-longer-than-one-line-of-a-header.pdf",
    ] {
        let bytes = named(name);
        let parsed = parsed(&bytes);
        assert_eq!(parsed.attachment_count(), 1);
        let cv = parsed.attachment(0).unwrap();
        assert_eq!((cv.attachment_name(), cv.contents()), (Some(name), CV));
        let media_type = cv.content_type().unwrap();
        assert_eq!((media_type.ctype(), media_type.subtype()), ("application", Some("pdf")));
        assert!(cv.content_disposition().unwrap().is_attachment());
    }
}

#[test]
fn the_message_holds_its_words_in_two_forms_and_then_the_cv() {
    let bytes = named("cv.pdf");
    let parsed = parsed(&bytes);
    let kinds: Vec<_> = parsed
        .parts
        .iter()
        .map(|part| part.content_type().and_then(|kind| kind.subtype()).unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["mixed", "alternative", "plain", "html", "pdf"]);
    let boundary = |part: usize| parsed.parts[part].content_type().unwrap().attribute("boundary").unwrap();
    assert!(!boundary(0).starts_with(boundary(1)) && !boundary(1).starts_with(boundary(0)));
    assert_eq!((parsed.text_body_count(), parsed.html_body_count()), (1, 1));
}

#[test]
fn the_same_mail_is_always_the_same_bytes() {
    assert!(named("cv.pdf") == named("cv.pdf"));
}

#[test]
fn a_large_cv_is_written_in_lines_that_every_server_takes() {
    let cv: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[usize::from(n % 3 == 0)]).collect();
    let bytes = composed_with(&application(&Typed::honest()), Some(&cv)).unwrap();
    assert!(parsed(&bytes).attachment(0).unwrap().contents() == cv);
    assert!(bytes.is_ascii() && bytes.split(|&byte| byte == b'\n').all(|line| line.len() <= 998));
}

#[test]
fn an_application_never_leaves_without_its_cv_and_nothing_else_with_one() {
    for (name, due) in Typed::honest().mails() {
        let has_cv = matches!(due.mail, Mail::ApplicationReceived(_));
        assert_eq!(composed_with(&due, Some(CV)).is_ok(), has_cv, "{name}");
        assert_eq!(composed_with(&due, None).is_ok(), !has_cv, "{name}");
        assert!(composed_with(&due, Some(&[])).is_err(), "{name}");
    }
}

#[test]
fn a_cv_is_no_page_and_no_mail() {
    for kind in ["text/html", "message/rfc822", "multipart/mixed", "application/pdf\r\nBcc: a@exemple.fr", ""]
    {
        let mut mail = Typed::honest().received(false, None);
        mail.cv.media_type = kind.to_owned();
        let due = DueMail::new("application-1", to(), Mail::ApplicationReceived(mail));
        assert!(composed_with(&due, Some(CV)).is_err(), "{kind}");
    }
}

#[test]
fn the_applicant_is_reached_by_its_address_and_never_by_a_header() {
    let due = application(&Typed::honest());
    let rendered = rendered(&due);
    assert!(rendered.text.contains("\n- mail : elodie.ndiaye+cv@exemple.fr\n- téléphone : 06 12 34 56 78\n"));
    let link = "<a href=\"mailto:elodie.ndiaye%2Bcv@exemple.fr\"";
    assert!(rendered.html.contains(link), "{}", rendered.html);
    let bytes = message(&due);
    let parsed = parsed(&bytes);
    assert!(!parsed.headers_raw().any(|(_, value)| value.contains("ndiaye")));
    let reply_to = parsed.reply_to().and_then(|to| to.first()).and_then(|one| one.address());
    assert_eq!(reply_to, Some(contact().as_str()));
}

#[test]
fn each_answer_has_its_link_and_only_an_offer_can_be_filled() {
    for spontaneous in [false, true] {
        let mail = Typed::honest().received(spontaneous, None);
        let due = DueMail::new("application-1", to(), Mail::ApplicationReceived(mail.clone()));
        let rendered = rendered(&due);
        let mut buttons = vec![
            ("Rencontrer le candidat", &mail.meet),
            ("En attente de décision", &mail.undecided),
            ("Refuser la candidature", &mail.refuse),
        ];
        buttons.extend(mail.filled.as_ref().map(|link| ("Mon offre est pourvue", link)));
        for (words, link) in &buttons {
            let address = links().url(link);
            assert!(rendered.text.contains(&format!("{words} :\n{address}\n")), "{words}");
            let anchor = rendered.html.split("<a ").find(|rest| rest.contains(&format!("\"{address}\"")));
            assert!(anchor.unwrap().contains(&format!(">{words}</a>")), "{words}");
        }
        assert_eq!(rendered.html.matches("href=\"https://").count(), buttons.len());
        assert_eq!(rendered.text.contains("pourvue"), !spontaneous);
    }
}

#[test]
fn what_is_written_keeps_its_lines_and_markup_stays_text() {
    let typed = Typed::honest();
    let reply = typed.replied(ApplicationAnswer::Refused, Some(typed.message.clone()), false);
    let reply = DueMail::new("application-1", to(), Mail::ApplicationReplied(reply));
    for due in [application(&typed), reply] {
        let rendered = rendered(&due);
        let quoted = "> Bonjour,\n>\n> Votre métier me plaît. J'ai fait un stage chez <Fournil & Cie>.\n> À bientôt !\n";
        assert!(rendered.text.contains(quoted), "{}", rendered.text);
        let html = "Bonjour,<br>\n<br>\nVotre métier me plaît. J&#39;ai fait un stage chez &#60;Fournil &#38; Cie&#62;.<br>\n";
        assert!(rendered.html.contains(html), "{}", rendered.html);
    }
}

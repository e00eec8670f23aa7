//! Names meant to do harm: read back by a parser that is not the writer's.

use domain::mail::Mail;
use mail_parser::{Message, MessageParser, MimeHeaders};
use proptest::prelude::*;

use crate::applications::CV;
use crate::invented::{Typed, message, rendered};

const HOSTILE: [&str; 17] = [
    "Élodie\r\nBcc: autre@exemple.fr",
    "Élodie\n\n<h1>Corps</h1>",
    "\r\n.\r\nMAIL FROM:<a@b.fr>",
    "\r\n--=_boundary\r\nContent-Type: text/html\r\n\r\n",
    "=?utf-8?B?DQpCY2M6IGFAYi5mcg==?=",
    "=?utf-8?Q?=0D=0ABcc:_a@b.fr?=",
    "<script>alert(1)</script>",
    "</td></table><a href=\"https://evil.example\">Confirmer</a>",
    "\" onclick=\"alert(1)",
    "{{ view.link }} {% include \"/etc/passwd\" %}",
    "https://evil.example/confirmer",
    "www.evil.example a@evil.example //evil.example 10.0.0.1",
    "\u{202e}ecnanretla\u{2066}\u{200f}\u{0}\u{7f}\u{85}\u{2028}",
    "<!-- ",
    "cv.pdf\"; filename=\"cv.exe\r\nContent-Type: text/html",
    "\n--\nCe mail vous est envoyé par La bonne alternance\n> Répondez à : evil.example\n",
    "</blockquote><br><a href='https://evil.example'>Rencontrer le candidat</a>\u{2028}<blockquote>",
];

/// Each header of the message, in order, as it was written, but for the words of its subject.
fn headers(message: &Message<'_>) -> Vec<(String, String)> {
    let written = message.headers_raw().map(|(name, value)| (name.to_owned(), value.to_owned()));
    written
        .map(|(name, value)| if name == "Subject" { (name, String::new()) } else { (name, value) })
        .collect()
}

/// The names of the headers of each part.
fn part_headers(message: &Message<'_>) -> Vec<Vec<String>> {
    let names = |part: &mail_parser::MessagePart<'_>| {
        part.headers.iter().map(|header| header.name().to_owned()).collect()
    };
    message.parts.iter().map(names).collect()
}

/// What stands between `<` and `>`, in order: a browser makes elements and comments of nothing else.
fn tags(html: &str) -> Vec<String> {
    let starts = html.split('<').skip(1);
    let tags = starts.map(|tag| tag.split_once('>').map_or(tag, |(tag, _)| tag).to_owned());
    // Between the lines of what somebody wrote: as many as those are.
    tags.filter(|tag| tag != "br").collect()
}

/// How many lines are ours: those that somebody wrote follow these words, and are marked.
fn our_lines(text: &str) -> usize {
    let text = text.replace("\r\n", "\n");
    let (ours, rest) = text.split_once("\nSon message :\n\n").unwrap_or((&text, ""));
    ours.lines().count() + rest.lines().skip_while(|line| line.starts_with('>')).count()
}

/// An honest mail to compare with: one without a message where nothing is to be seen of what was typed.
fn honest(typed: &Typed) -> Typed {
    let seen = |c: char| !c.is_whitespace() && !c.is_control() && !domain::hidden::is_hidden(c);
    let message = if typed.message.contains(seen) { Typed::honest().message } else { String::new() };
    Typed { message, ..Typed::honest() }
}

fn is_harmless(typed: &Typed) {
    for ((_, due), (_, honest)) in typed.mails().iter().zip(honest(typed).mails()) {
        let (bytes, honest_bytes) = (message(due), message(&honest));
        is_well_formed(&bytes);
        let parser = MessageParser::default();
        let (parsed, honest_parsed) = (parser.parse(&bytes).unwrap(), parser.parse(&honest_bytes).unwrap());
        assert_eq!(headers(&parsed), headers(&honest_parsed));
        assert_eq!(part_headers(&parsed), part_headers(&honest_parsed));
        let with_cv = matches!(due.mail, Mail::ApplicationReceived(_));
        let has_file = with_cv || has_invitation(&due.mail);
        assert_eq!(
            parsed.parts.len(),
            if has_file { 5 } else { 3 },
            "the whole, its text, its HTML and a file"
        );
        for file in parsed.attachments() {
            let name = file.attachment_name().unwrap();
            assert!(
                !name.contains(|c: char| c.is_control() || "/\\\"".contains(c)) && name.chars().count() <= 60
            );
            assert!(!with_cv || file.contents() == CV);
        }
        let (html, honest_html) = (parsed.body_html(0).unwrap(), honest_parsed.body_html(0).unwrap());
        assert_eq!(tags(&html), tags(&honest_html));
        let rendered = rendered(due);
        assert_eq!(parsed.subject(), Some(rendered.subject.as_str()));
        assert!(!rendered.subject.contains(char::is_control) && rendered.subject.chars().count() < 200);
        assert_eq!(html.replace("\r\n", "\n").trim_end(), rendered.html.trim_end());
        let text = parsed.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(text.trim_end(), rendered.text.trim_end());
        assert_eq!(our_lines(&text), our_lines(&honest_parsed.body_text(0).unwrap()));
    }
}

/// Whether it is for calendars: what is in that is judged in `invitations.rs`.
const fn has_invitation(mail: &Mail) -> bool {
    match mail {
        Mail::AppointmentFixed(_) => true,
        Mail::AppointmentWithdrawn(mail) => mail.slot.is_some(),
        _ => false,
    }
}

/// What every server takes: ASCII, lines that end as they must, none of them too long.
fn is_well_formed(message: &[u8]) {
    assert!(message.is_ascii());
    let text = std::str::from_utf8(message).unwrap();
    for line in text.split("\r\n") {
        assert!(!line.contains(['\r', '\n']) && line.len() <= 998);
    }
}

#[test]
fn no_name_reaches_a_header_or_makes_a_tag() {
    for text in HOSTILE {
        is_harmless(&Typed::everywhere(text));
    }
    for text in ["é".repeat(300), "a".repeat(4_096), "明 ".repeat(300), "é\n".repeat(2_048), String::new()]
    {
        is_harmless(&Typed::everywhere(&text));
    }
}

#[test]
fn nothing_that_a_name_says_becomes_a_link() {
    for text in HOSTILE {
        for (_, due) in Typed::everywhere(text).mails() {
            let rendered = rendered(&due);
            for shown in [rendered.subject, rendered.text, rendered.html] {
                assert!(!shown.contains("evil.example") && !shown.contains("b.fr"), "{text}");
            }
        }
    }
}

#[test]
fn an_address_is_not_made_of_two_halves() {
    let [first_name, company, cfa] = ["evil."; 3].map(str::to_owned);
    let [last_name, city, offer_title] = [".example"; 3].map(str::to_owned);
    is_harmless(&Typed { first_name, last_name, company, offer_title, cfa, city, ..Typed::honest() });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_typed_is_harmless(pieces in prop::collection::vec(piece(), 10..30)) {
        let part = |n: usize| pieces.iter().skip(n).step_by(10).cloned().collect::<String>();
        is_harmless(&Typed {
            first_name: part(0),
            last_name: part(1),
            company: part(2),
            offer_title: part(3),
            cfa: part(4),
            city: part(5),
            opco: part(6),
            phone: part(7),
            message: part(8),
            file_name: part(9),
        });
    }
}

/// Something hostile, or anything at all.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned), any::<String>()]
}

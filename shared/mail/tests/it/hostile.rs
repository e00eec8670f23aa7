//! Names meant to do harm: read back by a parser that is not the writer's.

use mail_parser::{Message, MessageParser};
use proptest::prelude::*;

use crate::invented::{Typed, message, rendered};

const HOSTILE: [&str; 14] = [
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
];

/// Each header of the message, in order, as it was written.
fn headers(message: &Message<'_>) -> Vec<(String, String)> {
    message.headers_raw().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// What stands between `<` and `>`, in order: a browser makes elements and comments of nothing else.
fn tags(html: &str) -> Vec<String> {
    let starts = html.split('<').skip(1);
    starts.map(|tag| tag.split_once('>').map_or(tag, |(tag, _)| tag).to_owned()).collect()
}

fn is_harmless(typed: &Typed) {
    for ((_, due), (_, honest)) in typed.mails().iter().zip(Typed::honest().mails()) {
        let (bytes, honest_bytes) = (message(due), message(&honest));
        is_well_formed(&bytes);
        let parser = MessageParser::default();
        let (parsed, honest_parsed) = (parser.parse(&bytes).unwrap(), parser.parse(&honest_bytes).unwrap());
        assert_eq!(headers(&parsed), headers(&honest_parsed));
        assert_eq!(parsed.parts.len(), 3, "the whole, its text and its HTML");
        let (html, honest_html) = (parsed.body_html(0).unwrap(), honest_parsed.body_html(0).unwrap());
        assert_eq!(tags(&html), tags(&honest_html));
        let rendered = rendered(due);
        assert_eq!(html.replace("\r\n", "\n").trim_end(), rendered.html.trim_end());
        let text = parsed.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(text.trim_end(), rendered.text.trim_end());
        assert_eq!(text.lines().count(), honest_parsed.body_text(0).unwrap().lines().count());
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
    for text in ["é".repeat(300), "a".repeat(300), "明 ".repeat(300), String::new()] {
        is_harmless(&Typed::everywhere(&text));
    }
}

#[test]
fn nothing_that_a_name_says_becomes_a_link() {
    for text in HOSTILE {
        for (_, due) in Typed::everywhere(text).mails() {
            let rendered = rendered(&due);
            for shown in [rendered.text, rendered.html] {
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
    fn whatever_is_typed_is_harmless(pieces in prop::collection::vec(piece(), 7..21)) {
        let part = |n: usize| pieces.iter().skip(n).step_by(7).cloned().collect::<String>();
        is_harmless(&Typed {
            first_name: part(0),
            last_name: part(1),
            company: part(2),
            offer_title: part(3),
            cfa: part(4),
            city: part(5),
            opco: part(6),
        });
    }
}

/// Something hostile, or anything at all.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned), any::<String>()]
}

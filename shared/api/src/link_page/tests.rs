//! The pages as their readers see them.

use domain::appointment::Premium;
use domain::link::OfferRef;
use proptest::prelude::*;
use usecases::deposit::Delegated;

use super::*;

const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "</dd></dl><a href=\"https://evil.example\">Cliquez</a>",
    "\" onclick=\"alert(1)",
    "' onmouseover='alert(1)",
    "<!-- ",
    "rh@exemple.invalid?bcc=a@b.fr&body=<b>",
    "javascript:alert(1)",
    "\u{202e}ecnanretla\u{2066}\u{200f}\u{0}\u{7f}\u{85}\u{2028}",
];

fn honest() -> Delegated {
    let some = |text: &str| Some(text.to_owned());
    Delegated {
        company: "Fournil Inventé & Fils".to_owned(),
        address: some("1 rue Imaginaire"),
        city: some("Lille"),
        offer_title: "Boulanger".to_owned(),
        description: some("Pétrir la pâte.\n\n  Cuire le pain."),
        contact_name: some("Aucune PERSONNE"),
        phone: some("01 99 00 00 00"),
        email: some("rh@exemple.invalid"),
    }
}

/// The same text in every field.
fn everywhere(text: &str) -> Delegated {
    let some = || Some(text.to_owned());
    Delegated {
        company: text.to_owned(),
        address: some(),
        city: some(),
        offer_title: text.to_owned(),
        description: some(),
        contact_name: some(),
        phone: some(),
        email: some(),
    }
}

fn shown(page: &Delegated) -> String {
    let response = delegation(page).unwrap();
    assert_eq!(response.status, 200);
    response.body.text()
}

/// What stands between `<` and `>`, in order: a browser makes elements and comments of nothing else.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|tag| tag.split_once('>').map_or(tag, |(tag, _)| tag)).collect()
}

/// Every tag of the page is its own: it has the elements of a page of plain words, and its links lead to nothing but a
/// number or an address.
fn is_harmless(page: &Delegated) {
    let html = shown(page);
    let known = ["word", "two\nlines"].map(|text| shown(&everywhere(text)));
    let known: Vec<&str> = known.iter().flat_map(|html| tags(html)).collect();
    for tag in tags(&html) {
        let target = |start| tag.strip_prefix(start).and_then(|rest: &str| rest.strip_suffix('"'));
        let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '+');
        let is_address = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "@.-_+".contains(c));
        let sound = known.contains(&tag)
            || target("a href=\"tel:").is_some_and(is_number)
            || target("a href=\"mailto:").is_some_and(is_address)
            || ["/a", "p"].contains(&tag);
        assert!(sound, "<{tag}>");
    }
    assert!(!html.contains("<script") && !html.chars().any(domain::hidden::is_hidden), "{html}");
    assert!(!html.chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn a_cfa_reads_who_recruits_for_what_and_how_to_reach_it() {
    let html = shown(&honest());
    for wanted in [
        "<title>Une entreprise recrute dans votre domaine - La bonne alternance</title>",
        "<h1>Une entreprise recrute dans votre domaine</h1>",
        "<dd>Fournil Inventé &#38; Fils</dd>",
        "<dd>1 rue Imaginaire</dd>",
        "<dd>Lille</dd>",
        "<p><strong>Boulanger</strong></p>\n<p>Pétrir la pâte.</p>\n<p>Cuire le pain.</p>",
        "<dd>Aucune PERSONNE</dd>",
        "<a href=\"tel:0199000000\">01 99 00 00 00</a>",
        "<a href=\"mailto:rh@exemple.invalid\">rh@exemple.invalid</a>",
    ] {
        assert!(html.contains(wanted), "{wanted} is not in {html}");
    }
    assert!(!html.contains("<form") && !html.contains("<script"));
}

#[test]
fn what_is_not_known_leaves_no_empty_line() {
    let nothing = Delegated { company: "Fournil".to_owned(), ..everywhere(" ") };
    let html = shown(&nothing);
    for missing in ["Adresse", "Ville", "Contact", "Téléphone", "<dd></dd>", "<p></p>", "href"] {
        assert!(!html.contains(missing), "{missing} is in {html}");
    }
    assert!(html.contains("n'a pas laissé de coordonnées"));
}

#[test]
fn nothing_that_somebody_typed_becomes_a_part_of_the_page() {
    for text in HOSTILE {
        is_harmless(&everywhere(text));
    }
    let typed = Delegated {
        phone: Some("01 99 00 00 00;ext=1".to_owned()),
        email: Some("rh@exemple.invalid?bcc=a@b.fr".to_owned()),
        ..honest()
    };
    assert!(!shown(&typed).contains("href"), "what is more than a number or an address is no link");
}

#[test]
fn the_page_of_a_cfa_is_guarded_like_the_others() {
    let (page, other) = (delegation(&honest()).unwrap(), gone().unwrap());
    assert_eq!(page.headers, other.headers);
    assert_eq!(format!("{:?}", honest()), "Delegated { .. }");
}

#[test]
fn what_a_link_may_not_do_is_said_kindly_and_asks_for_nothing() {
    for (refusal, title) in [
        (LinkRefusal::OfferClosed, "Cette offre est déjà fermée"),
        (LinkRefusal::ExtendedAlready, "Cette offre ne peut pas être prolongée davantage aujourd&#39;hui"),
        (LinkRefusal::OfferGone, "Cette offre n&#39;existe plus"),
    ] {
        let state = LinkState::Refused(refusal);
        for page in [ask(&state).unwrap(), done(&Followed::State(state.clone())).unwrap()] {
            let html = page.body.text();
            assert_eq!(page.status, 410, "{refusal:?}");
            assert!(html.contains(&format!("<h1>{title}</h1>")) && !html.contains("<form"), "{html}");
        }
    }
}

#[test]
fn each_link_to_an_offer_asks_first_and_then_tells() {
    let offer = || OfferRef {
        partner: "partner-one".to_owned(),
        establishment_id: "establishment".to_owned(),
        offer_id: "offer".to_owned(),
    };
    for (action, button, told) in [
        (LinkAction::FillOffer(offer()), "Fermer mon offre", "Votre offre est fermée"),
        (LinkAction::ExtendOffer(offer()), "Prolonger mon offre", "Votre offre est prolongée"),
    ] {
        let state = LinkState::Open(action);
        let (asked, done) = (ask(&state).unwrap(), done(&Followed::State(state.clone())).unwrap());
        assert_eq!((asked.status, done.status), (200, 200));
        let form = format!("<form method=\"post\"><button type=\"submit\">{button}</button></form>");
        assert!(asked.body.text().contains(&form), "{}", asked.body.text());
        let done = done.body.text();
        assert!(done.contains(&format!("<h1>{told}</h1>")) && !done.contains("<form"), "{done}");
    }
}

#[test]
fn each_link_of_an_establishment_asks_first_and_then_tells_of_which_platform() {
    let siret = || "13002526500013".parse().unwrap();
    let both = Premium::ALL.into_iter().flat_map(|premium| {
        let accept = LinkAction::AcceptPremium { siret: siret(), premium };
        let refuse = LinkAction::RefusePremium { siret: siret(), premium };
        [(accept, "Accepter", premium.full_name()), (refuse, "Refuser", premium.full_name())]
    });
    let refuse = (LinkAction::RefuseRdv { siret: siret() }, "Refuser la prise de RDV", "La prise de RDV");
    for (action, button, named) in both.chain([refuse]) {
        let state = LinkState::Open(action);
        let (asked, done) = (ask(&state).unwrap(), done(&Followed::State(state.clone())).unwrap());
        assert_eq!((asked.status, done.status), (200, 200));
        let form = format!("<form method=\"post\"><button type=\"submit\">{button}</button></form>");
        let (asked, done) = (asked.body.text(), done.body.text());
        assert!(asked.contains(&form), "{asked}");
        assert!(!done.contains("<form") && done.contains(named), "{done}");
        assert!(named == "La prise de RDV" || asked.contains(named), "{asked}");
    }
}

proptest! {
    #[test]
    fn whatever_was_typed_is_harmless(
        fields in prop::collection::vec(prop_oneof![
            prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
            any::<String>(),
            "[0-9 +.@a-z?&]{0,20}",
        ], 8)
    ) {
        let field = |n: usize| fields[n].clone();
        is_harmless(&Delegated {
            company: field(0),
            address: Some(field(1)),
            city: Some(field(2)),
            offer_title: field(3),
            description: Some(field(4)),
            contact_name: Some(field(5)),
            phone: Some(field(6)),
            email: Some(field(7)),
        });
    }
}

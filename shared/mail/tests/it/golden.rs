//! Every mail as it is read, and as it goes over the wire. `GOLDEN=write cargo test -p mail` writes the files anew;
//! read what changed before it is committed.

use std::fs;
use std::path::Path;

use domain::appointment::Premium;
use domain::link::{LinkAction, OfferRef};
use domain::mail::{DueMail, Mail, Template};
use domain::siret::Siret;
use mail::render;

use crate::applications::personal_data;
use crate::invented::{Typed, links, message, rendered, to};

#[test]
fn every_mail_reads_as_it_was_agreed() {
    for (name, due) in Typed::honest().mails() {
        let rendered = rendered(&due);
        compare(&format!("{name}.subject.txt"), &rendered.subject);
        compare(&format!("{name}.text.txt"), &rendered.text);
        compare(&format!("{name}.html"), &rendered.html);
        compare(&format!("{name}.eml"), &String::from_utf8(message(&due)).unwrap());
    }
}

#[test]
fn every_template_has_its_files_and_its_golden_mail() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for template in Template::ALL.map(Template::as_str) {
        for file in ["subject.txt", "text.txt", "body.html"] {
            assert!(crate_folder.join("templates").join(template).join(file).is_file(), "{template}/{file}");
        }
        assert!(
            Typed::honest()
                .mails()
                .iter()
                .any(|(name, due)| { *name == template && due.mail.template().as_str() == template })
        );
    }
}

#[test]
fn subjects_are_those_of_the_contract() {
    let subjects: Vec<_> =
        Typed::honest().mails().iter().map(|(name, due)| (*name, rendered(due).subject)).collect();
    let wanted = [
        ("appointment-asked", "[Onisep] - Un candidat a un message pour vous - [59]"),
        ("appointment-asked-bare", "[Onisep] - Un candidat a un message pour vous"),
        ("appointment-sent", "Votre demande de RDV auprès de CFA Inventé des Flandres"),
        ("appointment-replied", "[La bonne alternance] Le centre de formation vous répond"),
        ("confirm-address", "Confirmez votre adresse mail"),
        ("offer-published", "Votre offre d'alternance est publiée"),
        ("offer-expires-soon", "Votre offre expire dans 7 jours"),
        ("offer-expires-soon-several", "Vos offres expirent bientôt"),
        ("offer-expired", "Votre offre d'alternance a expiré"),
        ("delegation-asked", "Une entreprise recrute dans votre domaine"),
        ("accounts-waiting", "Des entreprises attendent la validation de leur compte"),
        ("account-refused", "Votre compte recruteur n'a pas pu être validé"),
        ("application-received", "Candidature en alternance - Apprenti boulanger H/F"),
        ("application-received-spontaneous", "Candidature spontanée en alternance - Apprenti boulanger H/F"),
        ("application-sent", "Votre candidature chez Boulangerie Martin & Fils"),
        ("application-refused", "Echec d'envoi de votre candidature"),
        ("application-refused-infected", "Echec d'envoi de votre candidature"),
        ("application-undelivered", "Votre candidature n'a pas pu être envoyée à Boulangerie Martin & Fils"),
        ("application-replied", "Réponse positive de Boulangerie Martin & Fils"),
        ("application-replied-undecided", "Réponse de Boulangerie Martin & Fils"),
        ("application-replied-refused", "Réponse négative de Boulangerie Martin & Fils"),
        ("offer-full", "Votre offre d'alternance a été dépubliée"),
        ("personal-data", "Vos données personnelles"),
        ("rdv-invited", "La prise de RDV sera activée dans 15 jours pour votre CFA sur La bonne alternance"),
        ("rdv-activated", "La prise de RDV est activée pour votre CFA sur La bonne alternance"),
        ("premium-invited", "Trouvez et recrutez vos candidats sur Parcoursup !"),
        ("premium-invited-affelnet", "Trouvez et recrutez vos candidats sur Affelnet !"),
        ("premium-follow-up", "Rappel : trouvez et recrutez vos candidats sur Parcoursup"),
        ("premium-reminder", "Rappel : la prise de RDV est activée pour votre CFA sur Parcoursup"),
    ];
    for (name, subject) in wanted {
        assert!(subjects.contains(&(name, subject.to_owned())), "{name}: {subjects:?}");
    }
    let tomorrow = Typed::honest().expires_soon(1, 1);
    let due = DueMail::new("offer-1", to(), Mail::OfferExpiresSoon(tomorrow));
    assert_eq!(rendered(&due).subject, "Votre offre expire demain");
}

fn promises(name: &str, promise: &str) {
    let mails = Typed::honest().mails();
    let (_, due) = mails.iter().find(|(known, _)| *known == name).unwrap();
    let rendered = rendered(due);
    assert!(rendered.text.contains(promise) && rendered.html.contains(promise), "{name}");
}

#[test]
fn the_mail_promises_what_its_link_keeps() {
    let offer = OfferRef { partner: String::new(), establishment_id: String::new(), offer_id: String::new() };
    let siret: Siret = "13002526500013".parse().unwrap();
    let confirm = LinkAction::ConfirmAddress { partner: String::new(), establishment_id: String::new() };
    let refuse = LinkAction::RefuseRdv { siret: siret.clone() };
    let accept = LinkAction::AcceptPremium { siret: siret.clone(), premium: Premium::Parcoursup };
    let refuse_premium = LinkAction::RefusePremium { siret: siret.clone(), premium: Premium::Parcoursup };
    for (name, action) in [
        ("confirm-address", confirm),
        ("delegation-asked", LinkAction::ReadDelegation { offer, siret }),
        ("premium-invited", accept.clone()),
        ("premium-follow-up", accept),
    ] {
        promises(name, &format!("fonctionne pendant {} jours", action.lives_seconds() / 86_400));
    }
    for refuse in [refuse, refuse_premium] {
        assert!(refuse.lives_seconds() >= 3_650 * 86_400, "as long as any mail is kept");
    }
    for name in ["rdv-invited", "rdv-activated", "premium-reminder"] {
        promises(name, "Ce lien reste valable");
    }
    for name in ["premium-invited", "premium-follow-up"] {
        promises(name, "celui qui refuse reste valable");
    }
}

#[test]
fn every_title_is_its_subject() {
    for (_, due) in Typed::honest().mails() {
        let rendered = rendered(&due);
        // A subject of words that were typed is escaped, one of the template alone is written as it is.
        let escaped = rendered.subject.replace('&', "&#38;").replace('\'', "&#39;");
        let titles = [&rendered.subject, &escaped].map(|title| format!("<title>{title}</title>"));
        assert!(titles.iter().any(|title| rendered.html.contains(title)), "{}", rendered.html);
    }
}

#[test]
fn what_may_be_stopped_says_how_and_nothing_else_does() {
    for (name, due) in Typed::honest().mails() {
        let (stoppable, rendered) = (due.mail.template().may_be_stopped(), rendered(&due));
        let message = String::from_utf8(message(&due)).unwrap();
        for header in ["\r\nList-Unsubscribe: <", "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"]
        {
            assert_eq!(message.contains(header), stoppable, "{name}");
        }
        match rendered.unsubscribe {
            Some(address) => assert!(
                stoppable && rendered.text.ends_with(&address) && rendered.html.contains(&address),
                "{name}"
            ),
            None => assert!(!stoppable && !rendered.html.contains("Ne plus recevoir"), "{name}"),
        }
    }
}

#[test]
fn each_offer_that_expires_has_both_its_links() {
    let mail = Typed::honest().expires_soon(7, 20);
    let due = DueMail::new("offer-1", to(), Mail::OfferExpiresSoon(mail.clone()));
    let rendered = rendered(&due);
    for link in mail.offers.iter().flat_map(|offer| [&offer.filled, &offer.extend]) {
        let address = links().url(link);
        assert_eq!(rendered.text.lines().filter(|line| *line == address).count(), 1);
        assert_eq!(rendered.html.matches(&format!("href=\"{address}\"")).count(), 1);
    }
}

#[test]
fn whoever_is_refused_is_told_whom_to_write_to() {
    let due = DueMail::new("account-1", to(), Mail::AccountRefused(Typed::honest().refused()));
    let with = rendered(&due);
    assert!(with.text.contains("Écrivez-nous à contact@exemple.fr."));
    assert!(with.html.contains("href=\"mailto:contact@exemple.fr\""));
    let without = render(&due, &links(), None).unwrap();
    for shown in [without.text, without.html] {
        assert!(
            shown.contains("auprès duquel vous avez déposé") && !shown.contains("Écrivez-nous"),
            "{shown}"
        );
    }
}

#[test]
fn what_is_counted_is_said_as_in_french() {
    for (applications, words) in [(1, " 1 candidature,"), (80, " 80 candidatures,")] {
        let mail = Typed::honest().offer_full(applications);
        let shown = rendered(&DueMail::new("offer-1", to(), Mail::OfferFull(mail)));
        assert!(shown.text.contains(words) && shown.html.contains(words), "{}", shown.text);
    }
}

#[test]
fn each_link_to_personal_data_is_there_once_and_ignoring_them_is_said_to_do_nothing() {
    let (data, links) = (personal_data(), links());
    let shown = rendered(&DueMail::new("data-1", to(), Mail::PersonalData(data.clone())));
    for address in [links.url(&data.export), links.url(&data.erase)] {
        assert_eq!(shown.text.lines().filter(|line| *line == address).count(), 1);
        assert_eq!(shown.html.matches(&format!("href=\"{address}\"")).count(), 1);
    }
    for shown in [shown.text, shown.html.replace("&nbsp;", " ")] {
        assert!(shown.contains("fonctionne une seule fois, pendant 2 jours (48 heures)"), "{shown}");
        assert!(shown.contains("ous pouvez ignorer ce mail : il ne se passera rien"), "{shown}");
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place of these tests that reads the environment")]
fn compare(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var("GOLDEN").as_deref() == Ok("write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(wanted == actual, "{name} differs; it is now:\n{actual}");
}

//! Every mail as it is read, and as it goes over the wire. `GOLDEN=write cargo test -p mail` writes the files anew;
//! read what changed before it is committed.

use std::fs;
use std::path::Path;

use domain::link::LinkAction;
use domain::mail::Template;
use mail::render;

use crate::invented::{Typed, links, message};

#[test]
fn every_mail_reads_as_it_was_agreed() {
    for due in Typed::honest().mails() {
        let template = due.mail.template().as_str();
        let rendered = render(&due, &links()).unwrap();
        compare(&format!("{template}.subject.txt"), &rendered.subject);
        compare(&format!("{template}.text.txt"), &rendered.text);
        compare(&format!("{template}.html"), &rendered.html);
        compare(&format!("{template}.eml"), &String::from_utf8(message(&due)).unwrap());
    }
}

#[test]
fn every_template_has_its_files_and_its_golden_mail() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for template in Template::ALL.map(Template::as_str) {
        for file in ["subject.txt", "text.txt", "body.html"] {
            assert!(crate_folder.join("templates").join(template).join(file).is_file(), "{template}/{file}");
        }
        assert!(Typed::honest().mails().iter().any(|due| due.mail.template().as_str() == template));
    }
}

#[test]
fn the_mail_promises_what_its_link_keeps() {
    let action = LinkAction::ConfirmAddress { partner: String::new(), establishment_id: String::new() };
    let promise = format!("fonctionne pendant {} jours", action.lives_seconds() / 86_400);
    let [confirm, _] = Typed::honest().mails();
    let rendered = render(&confirm, &links()).unwrap();
    assert!(rendered.text.contains(&promise) && rendered.html.contains(&promise));
}

#[test]
fn every_title_is_its_subject() {
    for due in Typed::honest().mails() {
        let rendered = render(&due, &links()).unwrap();
        assert!(rendered.html.contains(&format!("<title>{}</title>", rendered.subject)));
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

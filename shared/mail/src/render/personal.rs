//! The mail on personal data. Nobody typed a word of it.

use askama::Template;
use domain::mail::PersonalData;

use super::{Rendered, written};
use crate::links::Links;

const PERSONAL_DATA: &str = include_str!("../../templates/personal-data/subject.txt");

struct PersonalView {
    export: String,
    erase: String,
}

#[derive(Template)]
#[template(path = "personal-data/text.txt")]
struct PersonalText<'a> {
    view: &'a PersonalView,
}

#[derive(Template)]
#[template(path = "personal-data/body.html")]
struct PersonalHtml<'a> {
    view: &'a PersonalView,
}

pub(super) fn personal_data(mail: &PersonalData, links: &Links) -> Result<Rendered, askama::Error> {
    let view = &PersonalView { export: links.url(&mail.export), erase: links.url(&mail.erase) };
    written(PERSONAL_DATA, &PersonalText { view }, &PersonalHtml { view })
}

//! The page that shows a CFA the offer that was delegated to it. What people typed meets the page as text alone: on
//! lines of its own, without characters that hide or turn around what follows, and escaped by the template.

use askama::Template;
use domain::hidden::is_hidden;
use usecases::deposit::Delegated;

use super::html;
use crate::errors::ApiError;
use crate::response::Response;

#[derive(Template)]
#[template(path = "delegation.html")]
struct Page {
    company: String,
    address: Option<String>,
    city: Option<String>,
    offer_title: String,
    description: Vec<String>,
    contact_name: Option<String>,
    phone: Option<Reachable>,
    email: Option<Reachable>,
}

/// A telephone number or an address of mail.
struct Reachable {
    shown: String,
    /// What a link to it holds, where it is so plain that it can only be that.
    target: Option<String>,
}

/// The offer, its company, and how to reach it.
pub(super) fn delegation(page: &Delegated) -> Result<Response, ApiError> {
    let optional = |text: &Option<String>| text.as_deref().map(line).filter(|text| !text.is_empty());
    let reachable = |text: &Option<String>, target: fn(&str) -> Option<String>| {
        optional(text).map(|shown| Reachable { target: target(&shown), shown })
    };
    let description = page.description.as_deref().unwrap_or_default();
    html(
        200,
        &Page {
            company: line(&page.company),
            address: optional(&page.address),
            city: optional(&page.city),
            offer_title: line(&page.offer_title),
            description: description.lines().map(line).filter(|line| !line.is_empty()).collect(),
            contact_name: optional(&page.contact_name),
            phone: reachable(&page.phone, number),
            email: reachable(&page.email, address),
        },
    )
}

/// On one line, with nothing that hides.
fn line(text: &str) -> String {
    let spaced = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    let visible: String = text.chars().filter(|&c| !is_hidden(c)).map(spaced).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The digits to dial.
fn number(shown: &str) -> Option<String> {
    let is_number = shown.chars().all(|c| c.is_ascii_digit() || " .-()+".contains(c));
    let dialled: String = shown.chars().filter(|&c| c.is_ascii_digit() || c == '+').collect();
    let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
    (is_number && (3..=15).contains(&digits.len()) && !digits.contains('+')).then_some(dialled)
}

/// The address, unless it holds what an address of a page reads as more than one, such as `?` and `&`.
fn address(shown: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
    (shown.matches('@').count() == 1 && shown.chars().all(is_plain)).then(|| shown.to_owned())
}

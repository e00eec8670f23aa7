//! Headers that are lists.

/// The parts of `text` between separators, trimmed; what stands in quotes is not cut (RFC 9110, 5.6.4). Empty parts
/// are left out.
pub(crate) fn parts(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let cut = move |char| {
        quoted ^= char == '"';
        char == separator && !quoted
    };
    text.split(cut).map(str::trim).filter(|part| !part.is_empty())
}

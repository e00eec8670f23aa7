//! Random ids in the form of a UUID in lower case.

/// Of these random bytes.
pub(crate) fn of(bytes: [u8; 16]) -> String {
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// The text, if it is such an id: one id has one form.
pub(crate) fn read(text: &str) -> Option<String> {
    uuid::Uuid::try_parse(text).ok().map(|id| id.to_string()).filter(|read| read == text)
}

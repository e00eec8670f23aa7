//! Feeds: where a file in the feed bucket belongs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::source::Source;
use crate::text_form::text_form;

/// Which rows a file holds; the first part of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedKind {
    /// Companies likely to hire.
    Companies,
    /// Offers of France Travail.
    Offers,
    /// Trainings of the catalogue.
    Formations,
}

impl FeedKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Companies, Self::Offers, Self::Formations];

    /// The first part of a key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Companies => "companies",
            Self::Offers => "offers",
            Self::Formations => "formations",
        }
    }

    /// The source that its rows become.
    pub const fn source(self) -> Source {
        match self {
            Self::Companies => Source::Lba,
            Self::Offers => Source::Offres,
            Self::Formations => Source::Formations,
        }
    }
}

/// Why a text names no feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// The first part of the key is none of the three kinds.
    #[error("a feed is one of companies, offers and formations")]
    Kind,
    /// The name is not made of 1 to 40 of `a-z`, `0-9` and `-`.
    #[error("the name of a feed is 1 to 40 lower-case letters, digits and hyphens")]
    Name,
    /// The key has not three parts, or the last one is no file name.
    #[error("the key of a feed file is {{kind}}/{{feed}}/{{file}}")]
    Key,
}

impl FromStr for FeedKind {
    type Err = FeedError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(FeedError::Kind)
    }
}

impl fmt::Display for FeedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The name of a feed: a source may have any number of them, and a file replaces its own feed only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FeedName(String);

impl FeedName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FeedName {
    type Err = FeedError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let sound = (1..=40).contains(&text.len())
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if sound { Ok(Self(text.to_owned())) } else { Err(FeedError::Name) }
    }
}

impl fmt::Display for FeedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(FeedName);

/// The key of a feed file: `{kind}/{feed}/{file}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FeedKey {
    /// Which rows it holds.
    pub kind: FeedKind,
    /// Which feed it replaces.
    pub feed: FeedName,
    /// Its own name: 1 to 200 characters, without a slash.
    pub file: String,
}

impl FromStr for FeedKey {
    type Err = FeedError;

    /// Reads a key as S3 holds it: the percent escapes of an event are undone before.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, rest) = text.split_once('/').ok_or(FeedError::Key)?;
        let (feed, file) = rest.split_once('/').ok_or(FeedError::Key)?;
        let (kind, feed) = (kind.parse()?, feed.parse()?);
        let sound = (1..=200).contains(&file.chars().count())
            && !file.contains(|c: char| c == '/' || c.is_control())
            && !matches!(file, "." | "..");
        if sound { Ok(Self { kind, feed, file: file.to_owned() }) } else { Err(FeedError::Key) }
    }
}

impl fmt::Display for FeedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.kind, self.feed, self.file)
    }
}

text_form!(FeedKey);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_a_key() {
        let key: FeedKey = "companies/metz/2026-08.jsonl.gz".parse().unwrap();
        assert_eq!(key.kind.source(), Source::Lba);
        assert_eq!((key.feed.as_str(), key.file.as_str()), ("metz", "2026-08.jsonl.gz"));
    }

    #[test]
    fn says_what_is_wrong_with_a_key() {
        assert_eq!("matcha/main/a.jsonl".parse::<FeedKey>(), Err(FeedError::Kind));
        assert_eq!("offers/Metz/a.jsonl".parse::<FeedKey>(), Err(FeedError::Name));
        for key in ["offers", "offers/main", "offers/main/", "offers/main/a/b", "offers/main/.."] {
            assert_eq!(key.parse::<FeedKey>(), Err(FeedError::Key), "{key}");
        }
        assert_eq!(FeedError::Key.to_string(), "the key of a feed file is {kind}/{feed}/{file}");
    }

    proptest! {
        #[test]
        fn prints_the_key_it_read(text in "(companies|offers|formations)/[a-z0-9-]{1,40}/[a-zA-Z0-9._-]{3,40}") {
            prop_assert_eq!(text.parse::<FeedKey>().unwrap().to_string(), text);
        }

        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = text.parse::<FeedKey>();
        }
    }
}

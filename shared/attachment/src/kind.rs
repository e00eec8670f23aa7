//! The two kinds of documents that are taken.

/// What a CV may be. Each other format either runs something or needs a reader of its own to be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// ISO 32000.
    Pdf,
    /// ECMA-376, without macros.
    Docx,
}

impl Kind {
    /// As a mail and a data URL say it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// Of file names, without the point.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// The kind of a media type, in any case.
    pub(crate) fn of_media_type(text: &str) -> Option<Self> {
        [Self::Pdf, Self::Docx].into_iter().find(|kind| text.eq_ignore_ascii_case(kind.media_type()))
    }

    /// The kind of an extension, in any case.
    pub(crate) fn of_extension(text: &str) -> Option<Self> {
        [Self::Pdf, Self::Docx].into_iter().find(|kind| text.eq_ignore_ascii_case(kind.extension()))
    }
}

//! Why a file is not taken.

/// The first reason found. Codes are stable: they are counted, and a message to the candidate may depend on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// By its name it is neither of the two kinds.
    #[error("the file is neither a .pdf nor a .docx")]
    UnsupportedType,
    /// Name, declared type and content disagree.
    #[error("the name, the declared type and the content of the file disagree")]
    TypeMismatch,
    /// It is two kinds of files at once.
    #[error("the file can be read as another kind of file as well")]
    Polyglot,
    /// Longer than the public contract lets a file be.
    #[error("the file is too large")]
    TooLarge,
    /// More bytes come out of it than any CV has.
    #[error("the file inflates to more than it may")]
    TooLargeInflated,
    /// A part of it inflates more than text or pictures do.
    #[error("a part of the file is compressed more than documents are")]
    TooCompressed,
    /// More entries than a document has.
    #[error("the archive has too many entries")]
    TooManyEntries,
    /// Two entries share bytes, as those of bombs do.
    #[error("entries of the archive overlap")]
    OverlappingEntries,
    /// Two entries have one name, so that two readers may read two documents.
    #[error("two entries of the archive have the same name")]
    DuplicateEntry,
    /// An entry would land outside the archive.
    #[error("an entry of the archive has an unsafe name")]
    UnsafePath,
    /// An archive within the archive.
    #[error("the file holds an archive")]
    NestedArchive,
    /// What cannot be read cannot be scanned.
    #[error("the file is encrypted")]
    Encrypted,
    /// Compressed in a way that documents of today are not.
    #[error("the file is compressed in a way that is not supported")]
    UnsupportedCompression,
    /// A part without which it is no document.
    #[error("a part that each document has is missing")]
    MissingPart,
    /// Visual Basic, or a document type that may hold it.
    #[error("the document holds macros, or may")]
    Macros,
    /// OLE, `ActiveX`, an attached file, sound or film: something of another program.
    #[error("the document holds another file or an object of another program")]
    EmbeddedFile,
    /// It fetches or opens something else than a web page or a mail that the reader chose to.
    #[error("the document refers to something outside, other than by a link to a page or an address")]
    ExternalReference,
    /// A document type definition or an entity of its own.
    #[error("the document defines XML entities")]
    Doctype,
    /// `JavaScript`, or forms that may hold it.
    #[error("the document holds a script")]
    Script,
    /// It does something when it is opened, or starts a program.
    #[error("the document starts an action")]
    Action,
    /// More than fifty.
    #[error("the document has too many pages")]
    TooManyPages,
    /// More than any CV is made of.
    #[error("the document has too many objects")]
    TooManyObjects,
    /// Nested deeper than any writer nests.
    #[error("the document is nested too deeply")]
    TooDeep,
    /// Not whole, or not as its format says.
    #[error("the file is damaged")]
    Damaged,
}

impl Refusal {
    /// The stable code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnsupportedType => "unsupported_type",
            Self::TypeMismatch => "type_mismatch",
            Self::Polyglot => "polyglot",
            Self::TooLarge => "too_large",
            Self::TooLargeInflated => "too_large_inflated",
            Self::TooCompressed => "too_compressed",
            Self::TooManyEntries => "too_many_entries",
            Self::OverlappingEntries => "overlapping_entries",
            Self::DuplicateEntry => "duplicate_entry",
            Self::UnsafePath => "unsafe_path",
            Self::NestedArchive => "nested_archive",
            Self::Encrypted => "encrypted",
            Self::UnsupportedCompression => "unsupported_compression",
            Self::MissingPart => "missing_part",
            Self::Macros => "macros",
            Self::EmbeddedFile => "embedded_file",
            Self::ExternalReference => "external_reference",
            Self::Doctype => "doctype",
            Self::Script => "script",
            Self::Action => "action",
            Self::TooManyPages => "too_many_pages",
            Self::TooManyObjects => "too_many_objects",
            Self::TooDeep => "too_deep",
            Self::Damaged => "damaged",
        }
    }
}

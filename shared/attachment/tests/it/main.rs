//! The gate before files of our own making: hostile ones, of which none may pass, and honest ones, of which none may be
//! refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
// Files are written in pieces, and how fast does not matter.
#![allow(clippy::format_collect, clippy::format_push_string)]

mod archive;
mod bombs;
mod document;
mod honest;
mod honest_docx;
mod honest_pdf;
mod honest_programs;
mod hostile;
mod hostile_archives;
mod hostile_objects;
mod hostile_parts;
mod hostile_pdfs;
mod hostile_tables;
mod memory;
mod pdf;
mod poisons;
mod properties;

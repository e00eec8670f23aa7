//! What was measured: a table in the terminal, a line of JSON for each search, a picture.

mod lines;
mod picture;
mod table;

pub(crate) use lines::{Line, Run, append, read};
pub(crate) use picture::draw;
pub(crate) use table::table;

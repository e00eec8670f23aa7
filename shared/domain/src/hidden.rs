//! Characters that hide what a text says.

/// Whether a character has no shape of its own: directions, joints, marks of byte order, tags.
pub fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_any_script_are_seen_and_marks_of_direction_are_not() {
        assert!("Élodie Nguyễn 明 مثال".chars().all(|c| !is_hidden(c)));
        assert!("\u{202e}\u{200d}\u{feff}\u{61c}".chars().all(is_hidden));
    }
}

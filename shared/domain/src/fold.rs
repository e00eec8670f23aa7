//! Text as it sorts: lower case, without accents or punctuation.

use unicode_normalization::UnicodeNormalization;

/// Words of ASCII letters and digits joined by `-`, at most `longest` bytes: « Métiers de l'œuvre » becomes
/// `metiers-de-l-oeuvre`. `-` sorts below letters and digits, so that a title comes before its longer versions.
pub fn fold(text: &str, longest: usize) -> String {
    let mut folded = String::new();
    let mut gap = false;
    for char in text.to_lowercase().replace('œ', "oe").replace('æ', "ae").nfd() {
        if char.is_ascii_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push('-');
            }
            gap = false;
            folded.push(char);
        } else if !unicode_normalization::char::is_combining_mark(char) {
            gap = true;
        }
        if folded.len() >= longest {
            folded.truncate(longest);
            break;
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_and_punctuation() {
        assert_eq!(fold("  Métiers de l'Œuvre (BTS) ", 80), "metiers-de-l-oeuvre-bts");
        assert_eq!(fold("ÉCOLE n° 3", 80), "ecole-n-3");
        assert_eq!(fold("😀", 80), "");
    }

    #[test]
    fn a_title_sorts_before_its_longer_versions() {
        assert!(fold("Boulanger", 80) < fold("Boulanger pâtissier", 80));
        assert!(fold("Boulanger pâtissier", 80) < fold("Boulangerie", 80));
    }

    #[test]
    fn is_never_longer_than_asked() {
        assert_eq!(fold(&"éa ".repeat(100), 7).len(), 7);
    }
}

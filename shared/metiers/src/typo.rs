//! One typing error: a letter missing, one too many, another letter, or two letters swapped.

/// The shortest word in which an error is forgiven: in a shorter one it makes another word too often.
const SHORTEST: usize = 5;

/// Whether the word begins with something that is one typing error away from the term. The term itself is no
/// beginning of the word, which the caller has looked for before.
///
/// A term of four letters may still be a word of five that lacks one.
pub(crate) fn begins_with_typo(word: &str, term: &str) -> bool {
    let (word, term) = (word.as_bytes(), term.as_bytes());
    if word.len() < SHORTEST || term.len() + 1 < SHORTEST {
        return false;
    }
    // An error is where they first differ, or can be put there: a letter missing of two equal ones is either.
    let same = word.iter().zip(term).take_while(|(one, other)| one == other).count();
    let (word, term) = (word.get(same..).unwrap_or_default(), term.get(same..).unwrap_or_default());
    let (after, rest) = (word.get(1..), term.get(1..).unwrap_or_default());
    let missing = after.is_some_and(|after| after.starts_with(term));
    if same + term.len() < SHORTEST {
        return missing && same + word.len() == SHORTEST;
    }
    let other = after.is_some_and(|after| after.starts_with(rest));
    let one_too_many = word.starts_with(rest);
    let swapped = match (word, term) {
        ([a, b, word @ ..], [c, d, term @ ..]) => a == d && b == c && word.starts_with(term),
        _ => false,
    };
    missing || other || one_too_many || swapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgives_each_kind_of_error_once() {
        for typed in
            ["boulnger", "boulangger", "boulamger", "boulnager", "oulanger", "voulanger", "boulangerx"]
        {
            assert!(begins_with_typo("boulanger", typed), "{typed}");
            assert!(begins_with_typo("boulangerie", typed), "{typed}");
        }
    }

    #[test]
    fn forgives_an_error_in_a_word_that_is_not_typed_to_its_end() {
        for typed in ["boulangre", "boulag", "bouln", "uoulan"] {
            assert!(begins_with_typo("boulangerie", typed), "{typed}");
        }
    }

    #[test]
    fn does_not_forgive_two() {
        for typed in ["boulamgre", "bulangr", "xoulangex", "bbouulanger", "lboulnager"] {
            assert!(!begins_with_typo("boulanger", typed), "{typed}");
        }
    }

    #[test]
    fn forgives_none_in_a_word_of_four_letters() {
        for typed in ["chaf", "chzf", "ceh", "chfe", "cheff", "hef"] {
            assert!(!begins_with_typo("chef", typed), "{typed}");
        }
    }

    #[test]
    fn four_letters_may_be_a_word_of_five_but_no_beginning_of_a_longer_one() {
        assert!(begins_with_typo("agent", "agnt"));
        assert!(!begins_with_typo("agent", "agbn"));
        assert!(!begins_with_typo("agents", "agnt"));
        assert!(!begins_with_typo("chauffeur", "chuf"));
    }
}

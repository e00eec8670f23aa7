//! Telephone numbers as people type them.

/// Digits of the longest number (E.164).
const MAX_DIGITS: usize = 15;
/// Digits of the shortest number that is no extension.
const MIN_DIGITS: usize = 8;

/// The number in its international form (E.164: `+33612345678`), where it reads as one: a French number as it is written
/// in France, or any that bears its country. None otherwise.
pub fn international(typed: &str) -> Option<String> {
    let typed = typed.trim().replace("(0)", "");
    if typed.chars().any(|c| !c.is_ascii_digit() && !"+ .-/()\u{a0}\u{202f}".contains(c)) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if typed.contains('+') && !typed.starts_with('+') {
        return None;
    }
    let number = if typed.starts_with('+') {
        digits
    } else if let Some(abroad) = digits.strip_prefix("00") {
        abroad.to_owned()
    } else {
        let national = digits.strip_prefix('0').filter(|rest| rest.len() == 9 && !rest.starts_with('0'))?;
        format!("33{national}")
    };
    let is_sound = (MIN_DIGITS..=MAX_DIGITS).contains(&number.len()) && !number.starts_with('0');
    is_sound.then(|| format!("+{number}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_has_one_form_however_it_is_typed() {
        for typed in [
            "0612345678",
            "06 12 34 56 78",
            "06.12.34.56.78",
            " 06-12-34-56-78 ",
            "+33612345678",
            "+33 (0)6 12 34 56 78",
            "0033 6 12 34 56 78",
        ] {
            assert_eq!(international(typed).as_deref(), Some("+33612345678"), "{typed}");
        }
        assert_eq!(international("+32 470 12 34 56").as_deref(), Some("+32470123456"));
    }

    #[test]
    fn what_is_no_number_has_none() {
        for typed in
            ["", "aucun", "12345", "061234567", "06123456789", "+0612345678", "6+33", "06 12 34 56 78 (soir)"]
        {
            assert_eq!(international(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_it_gives_is_given_back(typed in "\\PC{0,30}") {
            if let Some(number) = international(&typed) {
                prop_assert_eq!(international(&number), Some(number.clone()));
            }
        }
    }
}

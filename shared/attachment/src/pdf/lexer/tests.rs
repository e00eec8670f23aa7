use super::*;

fn tokens(bytes: &[u8]) -> Result<Vec<Token<'_>>, Refusal> {
    let mut lexer = Lexer::new(bytes, 0);
    std::iter::from_fn(|| lexer.next().transpose()).collect()
}

fn name(text: &str) -> Token<'_> {
    Token::Name(Cow::Borrowed(text.as_bytes()))
}

#[test]
fn tokens_are_told_apart_without_blanks() {
    assert_eq!(
        tokens(b"<</A/B/C(x(y)\\)z)/D<4 1>/E[1 -2 .5]>>endobj").unwrap(),
        [
            Token::DictOpen,
            name("A"),
            name("B"),
            name("C"),
            Token::Text(b"x(y)\\)z"),
            name("D"),
            Token::Hex(b"4 1"),
            name("E"),
            Token::ArrayOpen,
            Token::Int(1),
            Token::Int(-2),
            Token::Real,
            Token::ArrayClose,
            Token::DictClose,
            Token::Word(b"endobj"),
        ]
    );
}

#[test]
fn a_name_is_the_same_however_it_is_written() {
    assert_eq!(tokens(b"/#4aava#53cript").unwrap(), [name("JavaScript")]);
    assert_eq!(tokens(b"/A#").unwrap_err(), Refusal::Damaged);
    assert_eq!(tokens(b"/A#4g").unwrap_err(), Refusal::Damaged);
}

#[test]
fn comments_are_blanks() {
    assert_eq!(tokens(b"1 % /JavaScript\r2").unwrap(), [Token::Int(1), Token::Int(2)]);
}

#[test]
fn what_is_open_at_the_end_is_damaged() {
    for bytes in [&b"(a"[..], b"(a\\)", b"<41", b"<4g>", b"{", b")", b">"] {
        assert_eq!(tokens(bytes), Err(Refusal::Damaged));
    }
}

#[test]
fn a_reference_is_told_from_two_numbers() {
    let mut lexer = Lexer::new(b" 0 R 1 0 ", 0);
    assert!(lexer.is_reference());
    assert_eq!(lexer.next(), Ok(Some(Token::Int(1))));
    assert!(!lexer.is_reference());
    assert_eq!(lexer.next(), Ok(Some(Token::Int(0))));
}

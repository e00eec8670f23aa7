use proptest::prelude::*;
use search::merge::NearMark;

use super::*;

const AS_OF: u32 = 1_800_000_000;
const SEARCH: Binding<'static> = Binding { fingerprint: &[7; 16], partner: "partner-one" };

fn key() -> CursorKey {
    CursorKey::new("a secret that nobody would use").unwrap()
}

fn marks() -> BTreeMap<Source, Mark> {
    let near = NearMark { km: 12.345_678_901_234_567, created_at: 9, id: "00000000000017".to_owned() };
    [
        (Source::Lba, Mark::Near(near)),
        (Source::Matcha, Mark::Start),
        (Source::Offres, Mark::Listed("2494967295#153BHTN".to_owned())),
    ]
    .into()
}

fn open(text: &str, binding: Binding<'_>, now: u32) -> Result<Opened<Mark>, CursorError> {
    key().open(text, binding, now)
}

#[test]
fn a_cursor_reads_back_to_the_last_bit() {
    let text = key().seal(SEARCH, AS_OF, &marks()).unwrap();
    assert_eq!(open(&text, SEARCH, AS_OF + 60), Ok(Opened { as_of: AS_OF, marks: marks() }));
    let changes: BTreeMap<Source, ChangesMark> = [(Source::Lba, ChangesMark::default())].into();
    let text = key().seal(SEARCH, AS_OF, &changes).unwrap();
    assert_eq!(key().open(&text, SEARCH, AS_OF), Ok(Opened { as_of: AS_OF, marks: changes }));
}

#[test]
fn where_nothing_is_left_there_is_no_cursor() {
    assert_eq!(key().seal::<Mark>(SEARCH, AS_OF, &BTreeMap::new()), None);
}

#[test]
fn a_cursor_of_another_search_or_partner_is_refused() {
    let text = key().seal(SEARCH, AS_OF, &marks()).unwrap();
    let other_search = Binding { fingerprint: &[8; 16], ..SEARCH };
    let other_partner = Binding { partner: "partner-two", ..SEARCH };
    assert_eq!(open(&text, other_search, AS_OF), Err(CursorError::Foreign));
    assert_eq!(open(&text, other_partner, AS_OF), Err(CursorError::Foreign));
    let opened: Result<Opened<ChangesMark>, _> = key().open(&text, SEARCH, AS_OF);
    assert_eq!(opened, Err(CursorError::Foreign));
}

#[test]
fn a_cursor_is_good_for_a_day() {
    let text = key().seal(SEARCH, AS_OF, &marks()).unwrap();
    assert!(open(&text, SEARCH, AS_OF + 86_400).is_ok());
    assert_eq!(open(&text, SEARCH, AS_OF + 86_401), Err(CursorError::Expired));
}

#[test]
fn a_cursor_whose_mac_is_cut_short_is_refused() {
    let text = key().seal(SEARCH, AS_OF, &marks()).unwrap();
    let (payload, mac) = text.split_once('.').unwrap();
    let mac = URL_SAFE_NO_PAD.decode(mac).unwrap();
    for length in 0..mac.len() {
        let cut = format!("{payload}.{}", URL_SAFE_NO_PAD.encode(&mac[..length]));
        assert_eq!(open(&cut, SEARCH, AS_OF), Err(CursorError::Altered), "{length} bytes");
    }
}

#[test]
fn a_cursor_of_another_key_is_refused() {
    let forged = CursorKey::new("another secret").unwrap().seal(SEARCH, AS_OF, &marks()).unwrap();
    assert_eq!(open(&forged, SEARCH, AS_OF), Err(CursorError::Altered));
}

proptest! {
    #[test]
    fn a_cursor_with_any_character_changed_is_refused(at in 0usize..200, to in "[A-Za-z0-9_.-]") {
        let text = key().seal(SEARCH, AS_OF, &marks()).unwrap();
        let at = at % text.len();
        let altered = format!("{}{to}{}", &text[..at], &text[at + 1..]);
        prop_assume!(altered != text);
        prop_assert!(open(&altered, SEARCH, AS_OF).is_err());
    }

    #[test]
    fn any_text_is_refused_and_never_panics(text in ".*") {
        prop_assert!(open(&text, SEARCH, AS_OF).is_err());
    }
}

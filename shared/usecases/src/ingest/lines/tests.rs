use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use futures::StreamExt as _;
use proptest::prelude::*;

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn in_pieces(bytes: &[u8], size: usize) -> Lines {
    let pieces: Vec<Result<Vec<u8>, PortError>> =
        bytes.chunks(size).map(|piece| Ok(piece.to_vec())).collect();
    Lines::new(futures::stream::iter(pieces).boxed())
}

fn read(bytes: &[u8], size: usize) -> Result<Vec<Line>, LinesError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut lines = in_pieces(bytes, size);
        let mut all = Vec::new();
        while let Some(line) = lines.next().await? {
            all.push(line);
        }
        Ok(all)
    })
}

fn texts(bytes: &[u8], size: usize) -> Vec<(u32, String)> {
    let text = |line: Line| (line.number, String::from_utf8(line.text.unwrap()).unwrap());
    read(bytes, size).unwrap().into_iter().map(text).collect()
}

#[test]
fn numbers_lines_and_passes_over_blank_ones() {
    assert_eq!(texts(b"a\n\n \nb\n", 64), [(1, "a".to_owned()), (4, "b".to_owned())]);
}

#[test]
fn tolerates_a_byte_order_mark_and_windows_line_ends() {
    assert_eq!(texts(b"\xef\xbb\xbfa\r\nb\r\n", 1), [(1, "a".to_owned()), (2, "b".to_owned())]);
}

#[test]
fn tells_a_last_line_that_is_not_closed() {
    let lines = read(b"a\nb", 2).unwrap();
    assert_eq!(lines.iter().map(|line| line.closed).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn reads_nothing_of_an_empty_file() {
    assert!(read(b"", 1).unwrap().is_empty());
    assert!(read(b"\n\r\n  ", 1).unwrap().is_empty());
}

#[test]
fn sets_a_line_aside_that_is_too_long_and_goes_on() {
    let mut file = b"a\n".to_vec();
    file.extend(vec![b'x'; MAX_LINE_BYTES + 1]);
    file.extend(b"\nb\n");
    file.extend(vec![b'y'; MAX_LINE_BYTES]);
    file.extend(b"\n");
    for size in [1000, MAX_LINE_BYTES * 4] {
        let lines = read(&file, size).unwrap();
        let lengths: Vec<_> = lines.iter().map(|line| line.text.as_ref().map(Vec::len)).collect();
        assert_eq!(lengths, [Some(1), None, Some(1), Some(MAX_LINE_BYTES)]);
    }
}

#[test]
fn tells_an_endless_last_line() {
    let lines = read(&vec![b'x'; MAX_LINE_BYTES * 3], 4096).unwrap();
    assert_eq!(lines, [Line { number: 1, text: None, closed: false }]);
}

#[test]
fn holds_no_more_than_a_slice_and_a_line() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let bomb = gzip(&vec![b'x'; 64 * 1024 * 1024]);
    runtime.block_on(async {
        let mut lines = in_pieces(&bomb, bomb.len());
        while !lines.ended {
            lines.decode_more().await.unwrap();
            assert!(lines.take_line().is_none());
            assert!(lines.text.len() <= 8 * 1024 * 1024, "{}", lines.text.len());
        }
    });
}

#[test]
fn reads_a_gzip_file_of_several_members() {
    let mut file = gzip(b"a\nb");
    file.extend(gzip(b"c\n"));
    file.extend(gzip(b""));
    for size in [1, 7, 4096] {
        assert_eq!(texts(&file, size), [(1, "a".to_owned()), (2, "bc".to_owned())], "{size}");
    }
}

#[test]
fn a_gzip_file_cut_anywhere_is_damaged() {
    let file = gzip(b"{\"a\":1}\n{\"a\":2}\n");
    for cut in 2..file.len() {
        assert!(matches!(read(&file[..cut], 5), Err(LinesError::Damaged(_))), "{cut}");
    }
}

#[test]
fn a_gzip_file_with_a_changed_byte_never_gives_another_text() {
    let file = gzip(b"{\"a\":1}\n{\"a\":2}\n{\"b\":31}\n");
    let whole = read(&file, 5).unwrap();
    for place in 2..file.len() {
        let mut changed = file.clone();
        changed[place] ^= 0x40;
        assert!(read(&changed, 5).map_or(true, |lines| lines == whole), "{place}");
    }
}

proptest! {
    #[test]
    fn plain_and_gzip_give_the_same_lines_whatever_the_pieces(
        text in proptest::collection::vec("[a-z]{0,9}(\r)?\n", 0..20), size in 1_usize..40,
    ) {
        let text = text.concat();
        let plain = texts(text.as_bytes(), 4096);
        prop_assert_eq!(&texts(text.as_bytes(), size), &plain);
        prop_assert_eq!(&texts(&gzip(text.as_bytes()), size), &plain);
    }
}

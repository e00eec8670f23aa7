//! Streams that inflate to much more than they are.

use flate2::{Compress, Compression, FlushCompress};

/// Deflates that many megabytes of zeros: one megabyte, over and over, which takes no time to write.
pub(crate) fn zeros(megabytes: usize) -> Vec<u8> {
    let mut once = Vec::with_capacity(20_000);
    let mut encoder = Compress::new(Compression::best(), false);
    encoder.compress_vec(&vec![0; 1_000_000], &mut once, FlushCompress::Full).unwrap();
    let mut stream = once.repeat(megabytes);
    // The last block: it is empty.
    stream.extend_from_slice(&[0x03, 0x00]);
    stream
}

/// The same as PDF has it: two bytes before it, and a checksum that nobody comes to.
pub(crate) fn zlib_zeros(megabytes: usize) -> Vec<u8> {
    [&[0x78, 0xda][..], &zeros(megabytes), &[0; 4]].concat()
}

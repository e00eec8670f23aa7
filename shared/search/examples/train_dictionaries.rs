//! Makes the dictionaries of the codec anew: `train_dictionaries FOLDER`, where FOLDER holds the demonstration data.
//!
//! New dictionaries need a new `codec::VERSION`, since cards packed with the old ones open with those only.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;

use domain::card::Card;
use domain::naf_romes::NafRomes;
use domain::recruiter::Recruiter;
use domain::rows;
use domain::seal::ContactCipher;
use domain::source::Source;
use flate2::read::GzDecoder;

/// Bytes of a dictionary: twice as much gains a percent, and is slower to load.
const SIZE: usize = 16 * 1024;

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let folder = std::env::args().nth(1).ok_or("usage: train_dictionaries FOLDER")?;
    let folder = Path::new(&folder);
    // Addresses are sealed as in the index; under which key makes no difference to a dictionary.
    let cipher = ContactCipher::new("a secret of nobody, for dictionaries only")?;
    let naf_romes = NafRomes::from_csv(File::open(folder.join("rome_naf.csv"))?)?;
    for source in Source::ALL {
        let cards: Vec<Card> = match source {
            Source::Formations => {
                feed(&folder.join("formations.jsonl.gz"), |line| rows::formation::parse(line).ok())?
            }
            Source::Lba => feed(&folder.join("companies.jsonl.gz"), |line| {
                rows::company::parse(line, &naf_romes, &cipher).ok()
            })?,
            Source::Offres => feed(&folder.join("offers.jsonl.gz"), |line| rows::offer::parse(line).ok())?,
            Source::Matcha => deposited(&folder.join("recruiters.jsonl"), &cipher)?,
        };
        let samples: Vec<Vec<u8>> = cards.iter().map(Card::to_json).collect::<Result<_, _>>()?;
        let dictionary = zstd::dict::from_samples(&samples, SIZE)?;
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/codec/{source}.dict"));
        std::fs::write(&file, dictionary)?;
        eprintln!("{}: {} cards", file.display(), samples.len());
    }
    Ok(())
}

fn feed(file: &Path, parse: impl Fn(&[u8]) -> Option<Card>) -> Result<Vec<Card>, Error> {
    let lines = lines(GzDecoder::new(File::open(file)?))?;
    Ok(lines.iter().filter_map(|line| parse(line.as_bytes())).collect())
}

fn deposited(file: &Path, cipher: &ContactCipher) -> Result<Vec<Card>, Error> {
    let mut cards = Vec::new();
    for line in lines(File::open(file)?)? {
        cards.extend(serde_json::from_str::<Recruiter>(&line)?.cards(cipher)?);
    }
    Ok(cards)
}

fn lines(file: impl Read) -> Result<Vec<String>, std::io::Error> {
    BufReader::new(file).lines().collect()
}

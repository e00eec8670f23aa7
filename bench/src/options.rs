//! The command line: `bench --items 300000,1000000 --sets 300 --unknown 0.1667 --peers 1`.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Context as _;

/// What a run is to do.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Options {
    /// Numbers of offers, one run each.
    pub(crate) items: Vec<u32>,
    /// Sets of parameters of each search.
    pub(crate) sets: u32,
    /// Of all draws.
    pub(crate) seed: u64,
    /// The share of offers that name no diploma.
    pub(crate) unknown: f64,
    /// Only the searches whose names begin so.
    pub(crate) only: String,
    /// Whether to run the peers.
    pub(crate) peers: bool,
    /// Where data are kept between runs.
    pub(crate) home: PathBuf,
    /// Where lines of JSON and the picture go; none for a trial.
    pub(crate) results: Option<PathBuf>,
    pub(crate) picture: Option<PathBuf>,
}

impl Options {
    /// Reads the command line.
    pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> anyhow::Result<Self> {
        let mut options = Self {
            items: vec![300_000],
            sets: 300,
            seed: 42,
            unknown: 1.0 / 6.0,
            only: String::new(),
            peers: true,
            home: PathBuf::from(".local/bench"),
            results: None,
            picture: None,
        };
        let mut words = words.into_iter();
        while let Some(name) = words.next() {
            let value = words.next().with_context(|| format!("{name} has no value"))?;
            match name.as_str() {
                "--items" => options.items = value.split(',').map(number).collect::<Result<_, _>>()?,
                "--sets" => options.sets = number(&value)?,
                "--seed" => options.seed = number(&value)?,
                "--unknown" => options.unknown = number(&value)?,
                "--peers" => options.peers = value != "0",
                "--only" => options.only = value,
                "--home" => options.home = value.into(),
                "--results" => options.results = Some(value.into()),
                "--picture" => options.picture = Some(value.into()),
                _ => anyhow::bail!("there is no option {name}"),
            }
        }
        anyhow::ensure!(options.sets > 0 && !options.items.contains(&0), "there is nothing to measure");
        anyhow::ensure!((0.0..=1.0).contains(&options.unknown), "--unknown is a share from 0 to 1");
        Ok(options)
    }
}

fn number<T: FromStr>(text: &str) -> anyhow::Result<T> {
    text.trim().parse().ok().with_context(|| format!("{text} is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> anyhow::Result<Options> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn several_numbers_of_offers_are_several_runs() {
        assert_eq!(parse("--items 5000,10000 --peers 0").unwrap().items, [5_000, 10_000]);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(parse("--itens 5").is_err() && parse("--sets").is_err() && parse("--items 0").is_err());
    }
}

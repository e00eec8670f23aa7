//! The command line: `bench deposits --offers 100000 --partners 10 --beside 2000`.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Context as _;
use usecases::deposit::MAX_OFFERS;

/// What a run is to do.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Options {
    /// Offers to deposit, by all partners together.
    pub(crate) offers: u32,
    /// Partners that deposit at once.
    pub(crate) partners: u32,
    /// Establishments of each partner.
    pub(crate) establishments: u32,
    /// Offers that are deposited each way, and for each size of establishment, to compare the ways; none for a run
    /// that compares nothing.
    pub(crate) beside: u32,
    /// Of all draws.
    pub(crate) seed: u64,
    /// Where the bench keeps its places.
    pub(crate) home: PathBuf,
    /// Where lines of JSON go; none for a trial.
    pub(crate) results: Option<PathBuf>,
}

/// The share of an establishment's room that is used: requests draw establishments, and some are drawn more often.
const FILLED: f64 = 0.85;

impl Options {
    /// Reads the command line, without its first word.
    pub(crate) fn parse(words: &[String]) -> anyhow::Result<Self> {
        let mut options = Self {
            offers: 100_000,
            partners: 10,
            establishments: 60,
            beside: 2_000,
            seed: 42,
            home: PathBuf::from(".local/bench"),
            results: None,
        };
        let mut words = words.iter();
        while let Some(name) = words.next() {
            let value = words.next().with_context(|| format!("{name} has no value"))?;
            match name.as_str() {
                "--offers" => options.offers = number(value)?,
                "--partners" => options.partners = number(value)?,
                "--establishments" => options.establishments = number(value)?,
                "--beside" => options.beside = number(value)?,
                "--seed" => options.seed = number(value)?,
                "--home" => options.home = value.into(),
                "--results" => options.results = Some(value.into()),
                _ => anyhow::bail!("there is no option {name}"),
            }
        }
        anyhow::ensure!(
            options.offers > 0 && options.partners > 0 && options.establishments > 0,
            "there is nothing to deposit"
        );
        let room = FILLED * MAX_OFFERS as f64;
        let needed = (f64::from(options.share()) / room).ceil() as u32;
        options.establishments = options.establishments.max(needed);
        Ok(options)
    }

    /// Offers of each partner.
    pub(crate) fn share(&self) -> u32 {
        self.offers.div_ceil(self.partners)
    }

    /// What of the command line bears on the figures.
    pub(crate) fn told(&self) -> String {
        let Self { offers, partners, establishments, beside, seed, .. } = self;
        format!(
            "bench deposits --offers {offers} --partners {partners} --establishments {establishments} --beside \
             {beside} --seed {seed}"
        )
    }
}

fn number<T: FromStr>(text: &str) -> anyhow::Result<T> {
    text.parse().ok().with_context(|| format!("{text} is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> anyhow::Result<Options> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn partners_have_as_many_establishments_as_their_offers_need() {
        assert_eq!(parse("--offers 100000").unwrap().establishments, 60);
        let many = parse("--offers 100000 --partners 2").unwrap();
        assert!(many.establishments as usize * MAX_OFFERS > 50_000, "{}", many.establishments);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(parse("--offer 5").is_err() && parse("--offers").is_err() && parse("--partners 0").is_err());
    }
}

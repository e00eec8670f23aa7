//! Files every text under its words, and numbers what belongs together.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use super::codes;
use super::sources::Sources;
use super::text::{plain, words};

/// What an entry is; the order is that of `Kind` in the crate.
#[derive(Clone, Copy)]
enum Kind {
    Metier,
    Appellation,
    Rome,
    Diploma,
    Domain,
}

/// Lists of numbers, one for each thing.
pub(crate) type Lists = Vec<Vec<u16>>;

/// The index. Names are numbered once, however often they occur.
#[derive(Default)]
pub(crate) struct Index {
    pub(crate) names: Vec<String>,
    pub(crate) rome_codes: Vec<String>,
    pub(crate) rome_names: Vec<u16>,
    pub(crate) rome_metiers: Vec<u16>,
    pub(crate) metier_names: Vec<u16>,
    pub(crate) metier_romes: Lists,
    pub(crate) metier_rncps: Lists,
    pub(crate) diploma_names: Vec<u16>,
    pub(crate) diploma_romes: Lists,
    pub(crate) diploma_rncps: Lists,
    pub(crate) domain_codes: Vec<String>,
    pub(crate) domain_names: Vec<u16>,
    pub(crate) entry_kinds: Vec<u8>,
    pub(crate) entry_names: Vec<u16>,
    /// How many words of three letters or more.
    pub(crate) entry_words: Vec<u16>,
    /// The trade of a trade's name.
    pub(crate) entry_romes: Lists,
    pub(crate) entry_metiers: Lists,
    /// The diploma of a diploma's name.
    pub(crate) entry_diplomas: Lists,
    pub(crate) rome_entries: Lists,
    /// Codes of names of trades, sorted, and the entries they are of.
    pub(crate) codes: Vec<String>,
    pub(crate) code_entries: Vec<u16>,
    /// Which of these codes an entry has; none where it is the length of the list.
    pub(crate) entry_codes: Vec<u16>,
    pub(crate) words: Vec<String>,
    pub(crate) postings: Lists,
    numbers: BTreeMap<String, u16>,
    filed: BTreeMap<String, BTreeSet<u16>>,
}

impl Index {
    /// Of these sources. Fails where there is more of something than 16 bits count.
    pub(crate) fn of(sources: &Sources) -> Result<Self, Box<dyn Error>> {
        let mut index = Self { rome_codes: sources.romes.keys().cloned().collect(), ..Self::default() };
        index.rome_metiers = vec![0; index.rome_codes.len()];
        index.rome_entries = vec![Vec::new(); index.rome_codes.len()];
        let mut metiers: Vec<&(String, Vec<String>)> = sources.metiers.iter().collect();
        metiers.sort_by_key(|(label, _)| plain(label));
        for (number, (label, romes)) in metiers.into_iter().enumerate() {
            let romes = index.romes(romes)?;
            for rome in &romes {
                *index.rome_metiers.get_mut(usize::from(*rome)).ok_or("a trade")? = u16::try_from(number)?;
            }
            let name = index.name(label)?;
            index.metier_names.push(name);
            index.metier_romes.push(romes);
            index.metier_rncps.push(Vec::new());
            index.entry(Kind::Metier, label, "", &[], vec![u16::try_from(number)?])?;
        }
        for (rome, label) in &sources.romes {
            let name = index.name(label)?;
            index.rome_names.push(name);
            index.trade(Kind::Rome, rome, label)?;
        }
        for (rome, appellation) in &sources.appellations {
            index.trade(Kind::Appellation, rome, appellation)?;
        }
        index.diplomas(sources)?;
        for (code, label) in &sources.domains {
            let name = index.name(label)?;
            index.domain_codes.push(code.clone());
            index.domain_names.push(name);
            let inside: Vec<&String> = sources.romes.keys().filter(|rome| rome.starts_with(code)).collect();
            let romes = index.romes(inside)?;
            let metiers = index.metiers(&romes);
            index.entry(Kind::Domain, label, "", &[], metiers)?;
        }
        index.code(sources)?;
        for (word, entries) in std::mem::take(&mut index.filed) {
            index.words.push(word);
            index.postings.push(entries.into_iter().collect());
        }
        Ok(index)
    }

    fn diplomas(&mut self, sources: &Sources) -> Result<(), Box<dyn Error>> {
        let mut rncps: Vec<BTreeSet<u16>> = vec![BTreeSet::new(); self.metier_names.len()];
        let mut diplomas: Vec<_> = sources.diplomas.iter().collect();
        diplomas.sort_by_key(|diploma| (plain(&diploma.name), diploma.rncps.clone()));
        for (number, diploma) in diplomas.into_iter().enumerate() {
            let romes = self.romes(&diploma.romes)?;
            let metiers = self.metiers(&romes);
            let codes: Vec<u16> =
                diploma.rncps.iter().map(|code| self.name(code)).collect::<Result<_, _>>()?;
            for metier in &metiers {
                rncps.get_mut(usize::from(*metier)).ok_or("a métier")?.extend(&codes);
            }
            let name = self.name(&diploma.name)?;
            self.diploma_names.push(name);
            self.diploma_romes.push(romes);
            self.diploma_rncps.push(codes);
            let codes: Vec<&str> = diploma.rncps.iter().map(String::as_str).collect();
            let entry = self.entry(Kind::Diploma, &diploma.name, &codes.join(" "), &[], metiers)?;
            *self.entry_diplomas.get_mut(usize::from(entry)).ok_or("an entry")? =
                vec![u16::try_from(number)?];
        }
        self.metier_rncps = rncps.into_iter().map(|codes| codes.into_iter().collect()).collect();
        for codes in &mut self.metier_rncps {
            codes.sort_by_key(|code| {
                self.names.get(usize::from(*code)).map(|code| (code.len(), code.clone()))
            });
        }
        Ok(())
    }

    /// Gives every name of a trade its code.
    fn code(&mut self, sources: &Sources) -> Result<(), Box<dyn Error>> {
        let named = codes::of(sources)?;
        self.entry_codes = vec![u16::try_from(named.len())?; self.entry_kinds.len()];
        for (number, (code, (rome, name))) in named.into_iter().enumerate() {
            let [rome] = self.romes([rome])?[..] else { return Err("a trade".into()) };
            let is_it = |entry: &&u16| {
                let known = self.entry_names.get(usize::from(**entry));
                known.is_some() && known == self.numbers.get(name)
            };
            let entries = self.rome_entries.get(usize::from(rome)).ok_or("a trade")?;
            let entry = *entries.iter().find(is_it).ok_or("a name of a trade")?;
            *self.entry_codes.get_mut(usize::from(entry)).ok_or("an entry")? = u16::try_from(number)?;
            self.codes.push(code);
            self.code_entries.push(entry);
        }
        Ok(())
    }

    /// A name of a trade. Its label is found by the code too.
    fn trade(&mut self, kind: Kind, rome: &str, name: &str) -> Result<(), Box<dyn Error>> {
        let romes = self.romes([rome])?;
        let code = if matches!(kind, Kind::Rome) { rome } else { "" };
        let metiers = self.metiers(&romes);
        let entry = self.entry(kind, name, code, &romes, metiers)?;
        for rome in romes {
            self.rome_entries.get_mut(usize::from(rome)).ok_or("a trade")?.push(entry);
        }
        Ok(())
    }

    /// `codes` are words that find the entry and are not counted among its words.
    fn entry(
        &mut self,
        kind: Kind,
        text: &str,
        codes: &str,
        romes: &[u16],
        metiers: Vec<u16>,
    ) -> Result<u16, Box<dyn Error>> {
        let entry = u16::try_from(self.entry_kinds.len())?;
        let name = self.name(text)?;
        self.entry_kinds.push(kind as u8);
        self.entry_names.push(name);
        self.entry_romes.push(romes.to_vec());
        self.entry_metiers.push(metiers);
        self.entry_diplomas.push(Vec::new());
        let own: BTreeSet<String> = words(text).collect();
        self.entry_words.push(u16::try_from(own.iter().filter(|word| word.len() > 2).count())?);
        for word in own.into_iter().chain(words(codes)) {
            self.filed.entry(word).or_default().insert(entry);
        }
        Ok(entry)
    }

    fn name(&mut self, name: &str) -> Result<u16, Box<dyn Error>> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        let number = u16::try_from(self.names.len())?;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Ok(number)
    }

    fn romes<'a, T: AsRef<str> + 'a + ?Sized>(
        &self,
        codes: impl IntoIterator<Item = &'a T>,
    ) -> Result<Vec<u16>, Box<dyn Error>> {
        let number = |code: &T| self.rome_codes.binary_search_by(|one| one.as_str().cmp(code.as_ref()));
        let found = codes.into_iter().map(number).collect::<Result<Vec<usize>, usize>>();
        let mut found: Vec<u16> = found
            .map_err(|_| "a ROME code that does not exist")?
            .into_iter()
            .map(u16::try_from)
            .collect::<Result<_, _>>()?;
        found.sort_unstable();
        Ok(found)
    }

    fn metiers(&self, romes: &[u16]) -> Vec<u16> {
        let of = |rome: &u16| self.rome_metiers.get(usize::from(*rome)).copied();
        let metiers: BTreeSet<u16> = romes.iter().filter_map(of).collect();
        metiers.into_iter().collect()
    }
}

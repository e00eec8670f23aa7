//! The command line: `bench cold --programs target/release --runs 10 --tls 1 --only search-jobs,get-company`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// Functions of the stack of the antivirus: they start in a container, beside its signatures.
const IN_AN_IMAGE: [&str; 2] = ["refresh-signatures", "scan-file"];

/// What a run is to do.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Options {
    /// The root of the repository: its functions and events.
    pub(crate) root: PathBuf,
    /// Where the programs are: `<function>`, or what `sam build` leaves, `<Function>/bootstrap`.
    programs: PathBuf,
    /// Starts of each function.
    pub(crate) runs: u32,
    /// Offers behind the sketches.
    pub(crate) items: u32,
    /// Whether the stores are behind TLS, as they are on AWS.
    pub(crate) tls: bool,
    /// These functions and no others.
    only: Option<Vec<String>>,
    /// Where the bench keeps its places.
    pub(crate) home: PathBuf,
    /// Where lines of JSON go; none for a trial.
    pub(crate) results: Option<PathBuf>,
}

impl Options {
    /// Reads the command line, without its first word.
    pub(crate) fn parse(words: &[String]) -> anyhow::Result<Self> {
        let mut options = Self {
            root: PathBuf::from("."),
            programs: PathBuf::from("target/release"),
            runs: 10,
            items: 300_000,
            tls: true,
            only: None,
            home: PathBuf::from(".local/bench"),
            results: None,
        };
        let mut words = words.iter();
        while let Some(name) = words.next() {
            let value = words.next().with_context(|| format!("{name} has no value"))?;
            match name.as_str() {
                "--root" => options.root = value.into(),
                "--programs" => options.programs = value.into(),
                "--runs" => options.runs = number(value)?,
                "--items" => options.items = number(value)?,
                "--tls" => options.tls = value != "0",
                "--only" => options.only = Some(value.split(',').map(str::to_owned).collect()),
                "--home" => options.home = value.into(),
                "--results" => options.results = Some(value.into()),
                _ => anyhow::bail!("there is no option {name}"),
            }
        }
        anyhow::ensure!(options.runs > 0 && options.items > 0, "there is nothing to measure");
        Ok(options)
    }

    /// The functions to measure: those asked, else all that the repository has, by name.
    pub(crate) fn functions(&self) -> anyhow::Result<Vec<String>> {
        if let Some(only) = &self.only {
            return Ok(only.clone());
        }
        let folder = self.root.join("functions");
        let entries = std::fs::read_dir(&folder).with_context(|| format!("no {}", folder.display()))?;
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = names.collect::<anyhow::Result<Vec<_>>>()?;
        names.retain(|name| !IN_AN_IMAGE.contains(&name.as_str()));
        names.sort_unstable();
        Ok(names)
    }

    /// The program of a function.
    pub(crate) fn program(&self, function: &str) -> anyhow::Result<PathBuf> {
        let built =
            [self.programs.join(function), self.programs.join(logical_id(function)).join("bootstrap")];
        let found = built.into_iter().find(|path| path.is_file());
        found.with_context(|| format!("{} has no program of {function}", self.programs.display()))
    }

    /// What of the command line bears on the figures. Folders do not, and tell of the machine.
    pub(crate) fn told(&self) -> String {
        format!("--items {} --runs {} --tls {}", self.items, self.runs, u8::from(self.tls))
    }

    /// How the programs were compiled, as far as their folder tells.
    pub(crate) fn profile(&self) -> String {
        if self.programs.ends_with(".aws-sam/build") {
            return "release".to_owned();
        }
        self.programs.file_name().unwrap_or_else(|| Path::new("?").as_os_str()).to_string_lossy().into_owned()
    }
}

fn number(text: &str) -> anyhow::Result<u32> {
    text.parse().with_context(|| format!("{text} is no number"))
}

/// What the template calls a function: `search-jobs` is `SearchJobs`.
fn logical_id(function: &str) -> String {
    function
        .split('-')
        .flat_map(|word| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> anyhow::Result<Options> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_functions_asked_are_measured_and_no_others() {
        let options = parse("--only search-jobs,health --runs 3").unwrap();
        assert_eq!(options.functions().unwrap(), ["search-jobs", "health"]);
        assert_eq!(options.runs, 3);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(
            parse("--function health").is_err() && parse("--only").is_err() && parse("--runs 0").is_err()
        );
    }

    #[test]
    fn a_function_is_found_under_its_logical_id_too() {
        assert_eq!(logical_id("search-jobs-and-trainings"), "SearchJobsAndTrainings");
    }

    #[test]
    fn no_folder_of_the_machine_is_told() {
        let told = parse("--programs /somewhere/release --runs 3 --tls 0").unwrap().told();
        assert_eq!(told, "--items 300000 --runs 3 --tls 0");
    }

    #[test]
    fn what_sam_builds_is_of_the_release_profile() {
        assert_eq!(parse("--programs .aws-sam/build").unwrap().profile(), "release");
        assert_eq!(parse("--programs target/debug").unwrap().profile(), "debug");
    }
}

//! Environment variables, read once, when a function starts.

use domain::webhook::Reach;

/// Where a function runs; it is also what `GET /healthcheck` says (contract 1.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// On a developer's machine.
    Local,
    /// A branch to look at.
    Preview,
    /// The test twin for partners.
    Recette,
    /// For real.
    Production,
}

impl Stage {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Preview => "preview",
            Self::Recette => "recette",
            Self::Production => "production",
        }
    }
}

/// A variable is missing or wrong: the function does not start, and says which.
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    /// It is not set.
    #[error("the environment variable {0} is not set")]
    Missing(&'static str),
    /// Its value is none of those it may have.
    #[error("the environment variable {0} must be one of: {1}")]
    Wrong(&'static str, &'static str),
}

/// The environment. Each function names the variables it needs, which are those its template gives it.
#[derive(Debug, Clone, Copy)]
pub struct Environment;

impl Environment {
    /// A variable that must be set.
    pub fn get(self, name: &'static str) -> Result<String, EnvironmentError> {
        self.find(name).ok_or(EnvironmentError::Missing(name))
    }

    /// A variable that may be set; an empty one counts as not.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn find(self, name: &'static str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    /// A variable that is `true` or `false`.
    pub fn flag(self, name: &'static str) -> Result<bool, EnvironmentError> {
        match self.get(name)?.as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(EnvironmentError::Wrong(name, "true, false")),
        }
    }

    /// The tables this function was given: `POSTINGS_TABLE`, `RECORDS_TABLE`, `LEDGER_TABLE`. One that it was not
    /// given it may not use either, and has no name here.
    pub fn tables(self) -> store::Tables {
        let name = |variable| self.find(variable).unwrap_or_default();
        store::Tables {
            postings: name("POSTINGS_TABLE"),
            records: name("RECORDS_TABLE"),
            ledger: name("LEDGER_TABLE"),
        }
    }

    /// `WEBHOOK_REACH`: where webhooks may be. On this machine they may in the local stage alone.
    pub fn reach(self) -> Result<Reach, EnvironmentError> {
        match (self.get("WEBHOOK_REACH")?.as_str(), self.stage()?) {
            ("public", _) => Ok(Reach::Public),
            ("loopback", Stage::Local) => Ok(Reach::Loopback),
            _ => Err(EnvironmentError::Wrong("WEBHOOK_REACH", "public, or in the local stage loopback")),
        }
    }

    /// `STAGE`.
    pub fn stage(self) -> Result<Stage, EnvironmentError> {
        let value = self.get("STAGE")?;
        [Stage::Local, Stage::Preview, Stage::Recette, Stage::Production]
            .into_iter()
            .find(|stage| stage.as_str() == value)
            .ok_or(EnvironmentError::Wrong("STAGE", "local, preview, recette, production"))
    }
}

//! What the trainings of the catalogue say of something else: the trades of a diploma, the trainings of a school, the
//! school itself, and which trainings one may ask for an appointment about.
//! Imports derive it, one item for each feed; requests read the union.

use std::fmt;
use std::str::FromStr;

use async_trait::async_trait;
use domain::appointment::CatalogueId;
use domain::cfd::Cfd;
use domain::mef::Mef;
use domain::outline::Outline;
use domain::rncp::RncpCode;
use domain::rome::RomeCode;
use domain::siret::Siret;
use domain::uai::Uai;

use super::PortError;

/// What has trades because trainings lead there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TradesOf {
    /// An RNCP sheet.
    Rncp(RncpCode),
    /// A diploma, by its CFD.
    Cfd(Cfd),
    /// A diploma and a year of it, by its MEF.
    Mef(Mef),
    /// An establishment that teaches, or answers for those who teach.
    Establishment(Siret),
}

/// What a school is to a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchoolRole {
    /// The training is taught there.
    Lieu,
    /// It teaches (établissement formateur).
    Formateur,
    /// It answers for it (établissement gestionnaire, which `/traininglinks` calls responsable).
    Responsable,
}

impl SchoolRole {
    /// In the order in which a training is looked for (contract 1.13).
    pub const ALL: [Self; 3] = [Self::Lieu, Self::Formateur, Self::Responsable];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Lieu => "lieu",
            Self::Formateur => "formateur",
            Self::Responsable => "responsable",
        }
    }
}

/// What has trainings: a school, in one of its roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrainingsOf {
    /// As what.
    pub role: SchoolRole,
    /// Which school.
    pub uai: Uai,
}

/// The key of a derived item. Its text form names the item in its feed's ledger and in the store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DerivedKey {
    /// Trades.
    Trades(TradesOf),
    /// Trainings.
    Trainings(TrainingsOf),
    /// A CFA that offers may be delegated to.
    Cfa(Siret),
    /// A training that one may ask about, by its clé ME.
    RdvTraining(String),
    /// Another id of such a training.
    RdvId(CatalogueId),
    /// An establishment that answers for such trainings.
    RdvEstablishment(Siret),
}

impl fmt::Display for DerivedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trades(TradesOf::Rncp(rncp)) => write!(f, "rncp#{rncp}"),
            Self::Trades(TradesOf::Cfd(cfd)) => write!(f, "cfd#{cfd}"),
            Self::Trades(TradesOf::Mef(mef)) => write!(f, "mef#{mef}"),
            Self::Trades(TradesOf::Establishment(siret)) => write!(f, "establishment#{siret}"),
            Self::Trainings(TrainingsOf { role, uai }) => write!(f, "uai#{}#{uai}", role.as_str()),
            Self::Cfa(siret) => write!(f, "cfa#{siret}"),
            Self::RdvTraining(id) => write!(f, "rdv-training#{id}"),
            Self::RdvId(id) => write!(f, "rdv-id#{id}"),
            Self::RdvEstablishment(siret) => write!(f, "rdv-establishment#{siret}"),
        }
    }
}

/// The text is the key of no derived item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the key of a derived item")]
pub struct DerivedKeyError;

impl FromStr for DerivedKey {
    type Err = DerivedKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fn read<T: FromStr>(code: &str) -> Result<T, DerivedKeyError> {
            code.parse().map_err(|_| DerivedKeyError)
        }
        let (family, code) = text.split_once('#').ok_or(DerivedKeyError)?;
        Ok(match family {
            "rncp" => Self::Trades(TradesOf::Rncp(read(code)?)),
            "cfd" => Self::Trades(TradesOf::Cfd(read(code)?)),
            "mef" => Self::Trades(TradesOf::Mef(read(code)?)),
            "establishment" => Self::Trades(TradesOf::Establishment(read(code)?)),
            "uai" => {
                let (role, uai) = code.split_once('#').ok_or(DerivedKeyError)?;
                let role = SchoolRole::ALL.into_iter().find(|known| known.as_str() == role);
                Self::Trainings(TrainingsOf { role: role.ok_or(DerivedKeyError)?, uai: read(uai)? })
            }
            "cfa" => Self::Cfa(read(code)?),
            "rdv-training" if !code.is_empty() => Self::RdvTraining(code.to_owned()),
            "rdv-id" => Self::RdvId(read(code)?),
            "rdv-establishment" => Self::RdvEstablishment(read(code)?),
            _ => return Err(DerivedKeyError),
        })
    }
}

/// What one feed of trainings says of something.
#[derive(Debug, Clone, PartialEq)]
pub enum Derived {
    /// Its trades, sorted.
    Trades(TradesOf, Vec<RomeCode>),
    /// Its trainings, as the JSON of a list of [`Outline`]s, by clé ME.
    Trainings(TrainingsOf, Vec<u8>),
    /// The CFA, as the JSON of a [`domain::cfa::Cfa`]: its address is sealed.
    Cfa(Siret, String),
    /// The training, as the JSON of a [`domain::appointment::RdvTraining`]: its address is sealed.
    RdvTraining(String, String),
    /// The clés ME of the trainings that have that id, sorted, [`MAX_TRAININGS_OF_ID`] at most.
    RdvId(CatalogueId, Vec<String>),
    /// The establishment, as the JSON of a [`domain::appointment::RdvEstablishment`], as long as
    /// [`MAX_TRAININGS_JSON`]: its address is sealed.
    RdvEstablishment(Siret, String),
}

impl Derived {
    /// Of what.
    pub fn key(&self) -> DerivedKey {
        match self {
            Self::Trades(of, _) => DerivedKey::Trades(of.clone()),
            Self::Trainings(of, _) => DerivedKey::Trainings(*of),
            Self::Cfa(siret, _) => DerivedKey::Cfa(siret.clone()),
            Self::RdvTraining(id, _) => DerivedKey::RdvTraining(id.clone()),
            Self::RdvId(id, _) => DerivedKey::RdvId(id.clone()),
            Self::RdvEstablishment(siret, _) => DerivedKey::RdvEstablishment(siret.clone()),
        }
    }
}

/// The longest JSON of [`Derived::Trainings`] and [`Derived::RdvEstablishment`], in bytes: an item of the store is under 400 KB even where nothing
/// in it compresses. It is room for some 1,700 trainings of one school in one feed; the import leaves the others
/// off, those of the last clés ME, and its report counts them.
pub const MAX_TRAININGS_JSON: usize = 350 * 1024;

/// How many trainings are looked for by one id of Parcoursup, Onisep or the Réseau des Carif-Oref: the first by their
/// clés ME. One is the rule; several are the places where the same training is taught. Whoever names the id is answered by
/// the first that is open, and each that is not costs three reads: more would be a mistake of the catalogue, and dear.
pub const MAX_TRAININGS_OF_ID: usize = 20;

/// Finds the trades of something.
#[async_trait]
pub trait FindTrades: Send + Sync {
    /// The union over the feeds of trainings, sorted; empty where no training leads there.
    async fn find_trades(&self, of: &TradesOf) -> Result<Vec<RomeCode>, PortError>;
}

/// Finds the trainings of a school.
#[async_trait]
pub trait FindTrainings: Send + Sync {
    /// Those of every feed, one after the other; a training that two feeds bring is there twice.
    async fn find_trainings(&self, of: &TrainingsOf) -> Result<Vec<Outline>, PortError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_from_its_text() {
        for text in [
            "rncp#RNCP37537",
            "cfd#50022137",
            "mef#2472541131",
            "establishment#01928074200016",
            "uai#lieu#0573690B",
            "uai#formateur#0573690B",
            "uai#responsable#0573690B",
            "cfa#01928074200016",
            "rdv-training#088281P01313885594860007038855948600070-67118#L01",
            "rdv-id#parcoursup#12345",
            "rdv-id#rco#24_207466|24_1462357|106291",
            "rdv-id#onisep#AF.12#3",
            "rdv-establishment#01928074200016",
        ] {
            assert_eq!(text.parse::<DerivedKey>().map(|key| key.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn another_text_is_no_key() {
        for text in [
            "",
            "rncp",
            "rncp#37537",
            "RNCP37537",
            "uai#0573690B",
            "uai#x#0573690B",
            "cfa#1",
            "rdv-training#",
            "rdv-id#parcoursup",
            "rdv-id#parcoursup#",
            "rdv-id#x#1",
            "rdv-establishment#1",
            "partner-key#1",
        ] {
            assert_eq!(text.parse::<DerivedKey>(), Err(DerivedKeyError), "{text}");
        }
    }
}

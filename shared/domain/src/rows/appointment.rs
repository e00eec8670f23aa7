//! What a row of the catalogue tells of a training that one may ask about: itself, by which ids it is known elsewhere, and
//! to whom requests go.

use super::fields::{Fields, scalar};
use super::text;
use crate::appointment::{CatalogueId, RdvTraining};
use crate::departement::Departement;
use crate::email::Email;
use crate::formation::Formation;
use crate::seal::ContactCipher;

const TRAINER: &str = "etablissement_formateur_";
const MANAGER: &str = "etablissement_gestionnaire_";
/// Actions of one training at Onisep: one for each place. More is a mistake of its feed.
const MAX_ACTIONS: usize = 50;
/// What a school without a name is called.
const NAMELESS: &str = "Centre de formation";

/// A training that one may ask about, as its row alone tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct RdvRow {
    /// The training; its address sealed, where the row has one.
    pub training: RdvTraining,
    /// That address, in clear: it counts for other trainings of the same establishment (contract 3.3).
    pub email: Option<Email>,
    /// Ids by which it is known elsewhere.
    pub ids: Vec<CatalogueId>,
    /// The establishment that answers for it: its raison sociale, else its name for the public.
    pub manager_name: Option<String>,
    /// Where that is written to.
    pub manager_email: Option<Email>,
}

/// Reads what the row of this training says. Nothing of it is a reason to refuse the training: what is not understood is
/// left out.
pub(super) fn read(row: &Fields<'_>, formation: &Formation, cipher: &ContactCipher) -> RdvRow {
    let line = |name: &str| row.line(name).ok().flatten();
    let of = |prefix: &str, name: &str| line(&format!("{prefix}{name}"));
    let named = |prefix| of(prefix, "entreprise_raison_sociale").or_else(|| of(prefix, "enseigne"));
    let address = |name: &str| row.email(name).ok().flatten();
    let manager_email = address("etablissement_gestionnaire_courriel");
    let email = address("email")
        .or_else(|| address("etablissement_formateur_courriel"))
        .or_else(|| manager_email.clone());
    let manager_name = named(MANAGER);
    let id = |name: &str| line(name).filter(|id| text::is_record_id(id));
    let (id_rco_formation, parcoursup_id) = (id("id_rco_formation"), id("parcoursup_id"));
    let trainer = &formation.trainer;
    let mut training = RdvTraining {
        id: formation.id.clone(),
        title: formation.title.clone(),
        cfd: formation.cfd,
        id_rco_formation,
        parcoursup_id,
        is_affelnet: is_at_affelnet(row),
        street: formation.address.street.clone(),
        zip: formation.address.zip.clone(),
        city: formation.address.city.clone(),
        departement: trainer.address.departement.clone().or_else(|| {
            let zip = trainer.address.zip.as_deref();
            zip.and_then(Departement::of_zip).map(|departement| departement.to_string())
        }),
        trainer: trainer.siret.clone(),
        trainer_name: named(TRAINER).or_else(|| manager_name.clone()).unwrap_or_else(|| NAMELESS.to_owned()),
        manager: formation.manager.siret.clone(),
        email: None,
    };
    if let Some(email) = &email {
        training.send_to(email, cipher);
    }
    RdvRow { ids: ids(row, &training), training, email, manager_name, manager_email }
}

/// Ids that are no part of a key are left out; actions come one, or as a list.
fn ids(row: &Fields<'_>, training: &RdvTraining) -> Vec<CatalogueId> {
    let parcoursup = training.parcoursup_id.clone().map(CatalogueId::Parcoursup);
    let rco = training.id_rco_formation.clone().map(CatalogueId::RcoFormation);
    let actions = row.list("id_action_ideo2").unwrap_or_default().iter().take(MAX_ACTIONS);
    let actions = actions.filter_map(|action| text::line(&scalar(action)?));
    let actions = actions.filter(|action| text::is_record_id(action)).map(CatalogueId::OnisepAction);
    parcoursup.into_iter().chain(rco).chain(actions).collect()
}

/// Whether it is published there: the catalogue says so in words, and whether it is found there by a flag.
fn is_at_affelnet(row: &Fields<'_>) -> bool {
    let is_published =
        row.line("affelnet_statut").ok().flatten().is_some_and(|state| text::folded(&state) == " publie ");
    is_published || row.flag("affelnet_reference").ok().flatten() == Some(true)
}

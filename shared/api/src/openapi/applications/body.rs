//! The bodies by which somebody applies.

use std::borrow::Cow;

use serde_json::json;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use crate::openapi::deposit::ABSENT;
use crate::openapi::fields::{Field, NO_SIRET, closed, email, pattern, short, short_or_null, siret};
use crate::openapi::one_of;

/// The body of `POST /v1/application`.
#[derive(Debug)]
pub struct ApplicationBody;

impl ToSchema for ApplicationBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ApplicationBody")
    }
}

impl PartialSchema for ApplicationBody {
    fn schema() -> RefOr<Schema> {
        let required = [
            "applicant_email",
            "applicant_first_name",
            "applicant_last_name",
            "applicant_phone",
            "applicant_file_name",
            "applicant_file_content",
            "company_siret",
            "company_email",
            "iv",
            "company_name",
            "company_naf",
            "company_type",
        ];
        let example = json!({
            "applicant_email": "aucune.personne@exemple.invalid", "applicant_first_name": "Aucune",
            "applicant_last_name": "PERSONNE", "applicant_phone": "0199000000", "applicant_file_name": "cv.pdf",
            "applicant_file_content": "data:application/pdf;base64,JVBERi0xLjcK",
            "message": "Bonjour,\nje cherche une alternance.", "company_siret": NO_SIRET, "company_email": "00ff",
            "iv": "00ff", "company_name": "FOURNIL INVENTÉ", "company_naf": "Boulangerie", "company_type": "lba",
            "job_title": "Boulanger", "caller": "contact@exemple.invalid site inventé",
        });
        closed(&format!("La candidature. {ABSENT}"), &required, &V1).examples([example]).into()
    }
}

const V1: [Field; 20] = [
    ("applicant_email", email, "Adresse du candidat. Les adresses jetables sont refusées."),
    ("applicant_first_name", || short(50), "Prénom du candidat : les adresses du web en sont retirées."),
    ("applicant_last_name", || short(50), "Nom du candidat : les adresses du web en sont retirées."),
    (
        "applicant_phone",
        || short(50),
        "Téléphone du candidat : écrit au format international s'il peut l'être.",
    ),
    ("applicant_file_name", || short(255), "Nom du CV : il finit par `.pdf` ou `.docx`."),
    ("applicant_file_content", content, CONTENT),
    (
        "message",
        || short_or_null(10_000),
        "Ce qu'il écrit. Le balisage est retiré ; les liens sont montrés sans être cliquables.",
    ),
    ("company_siret", siret, "SIRET de l'entreprise, tel que la recherche le donne."),
    (
        "company_email",
        || short(520),
        "`contact.email` du résultat, tel quel. Il ne vaut que pour cette offre ou entreprise.",
    ),
    ("iv", || short(520), "`contact.iv` du résultat, tel quel."),
    ("company_name", || short_or_null(500), "`company.name` du résultat."),
    ("company_naf", || short_or_null(500), "`nafs[0].label` du résultat, ou un texte vide."),
    ("company_address", || short_or_null(500), "`place.fullAddress` du résultat."),
    (
        "company_type",
        || one_of(["matcha", "lba"]).into(),
        "`ideaType` du résultat : `matcha` pour une offre, `lba` pour une candidature spontanée.",
    ),
    ("job_title", || short_or_null(500), "Titre de l'offre."),
    (
        "job_id",
        || short_or_null(500),
        "`job.id` de l'offre : obligatoire pour `matcha`, interdit pour `lba`.",
    ),
    ("searched_for_job_label", || short_or_null(500), "Métier recherché, d'une candidature spontanée."),
    ("caller", || short_or_null(255), "Qui vous êtes : obligatoire. Une adresse de contact, puis un nom."),
    ("secret", || short_or_null(500), "Pour un essai : les deux mails arrivent alors au candidat."),
    ("crypted_company_email", || short_or_null(520), "N'est plus lu : `secret` suffit."),
];

const CONTENT: &str = "Le CV comme URL de données : `data:application/pdf;base64,…`. 3 Mo environ, au plus.";

const UPLOAD_ID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

fn content() -> Schema {
    pattern("^data:.+$")
}

/// The body of `POST /v2/application`.
#[derive(Debug)]
pub struct ApplicationByIdBody;

impl ToSchema for ApplicationByIdBody {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ApplicationByIdBody")
    }
}

impl PartialSchema for ApplicationByIdBody {
    fn schema() -> RefOr<Schema> {
        let required = [
            "applicant_first_name",
            "applicant_last_name",
            "applicant_email",
            "applicant_phone",
            "applicant_attachment_name",
            "recipient_id",
        ];
        let example = json!({
            "applicant_first_name": "Aucune", "applicant_last_name": "PERSONNE",
            "applicant_email": "aucune.personne@exemple.invalid", "applicant_phone": "0199000000",
            "applicant_attachment_name": "cv.pdf",
            "applicant_attachment_content": "data:application/pdf;base64,JVBERi0xLjcK",
            "applicant_message": "Bonjour", "recipient_id": format!("partners_{NO_SIRET}"),
        });
        closed(&format!("La candidature. {ABSENT}"), &required, &V2).examples([example]).into()
    }
}

const V2: [Field; 9] = [
    ("applicant_first_name", || short(50), "Prénom du candidat."),
    ("applicant_last_name", || short(50), "Nom du candidat."),
    ("applicant_email", email, "Adresse du candidat. Les adresses jetables sont refusées."),
    ("applicant_phone", || short(50), "Téléphone du candidat."),
    ("applicant_attachment_name", || short(255), "Nom du CV : il finit par `.pdf` ou `.docx`."),
    (
        "applicant_attachment_content",
        content,
        "Le CV comme URL de données : `data:application/pdf;base64,…`. 3 Mo environ, au plus. Obligatoire sans \
         `applicant_attachment_id`, interdit avec lui.",
    ),
    (
        "applicant_attachment_id",
        || pattern(UPLOAD_ID),
        "`id` que `POST /v2/application/upload` a donné, une fois le fichier envoyé. Il ne vaut que pour vous, et pour une \
         seule candidature.",
    ),
    ("applicant_message", || short_or_null(10_000), "Ce qu'il écrit."),
    (
        "recipient_id",
        || pattern("^(partners|recruiters)_.+$"),
        "À qui : `partners_` ou `recruiters_`, puis l'id d'une offre (`job.id`), ou le SIRET d'une entreprise pour une \
         candidature spontanée.",
    ),
];

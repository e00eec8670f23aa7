//! Puts the OpenAPI document together: what the handlers say of themselves, and what the gateway adds.

mod gateway;
mod words;

use api::accounts_answer::{AccountsAnswer, WaitingAccount};
use api::applications_answer::{Id, Taken, UploadAnswer};
use api::delegations_answer::DelegationCfa;
use api::detail_answer::{CompanyAnswer, Counted, MatchaAnswer, PartnerOfferAnswer};
use api::errors::shapes::{ApplicationError, ZApiError, ZLbacError, ZLbarError, ZResError};
use api::errors::{BareNotFound, DepositRefusal};
use api::export_answer::ExportAnswer;
use api::links_answer::TrainingLinks;
use api::metiers_answer::{
    AppellationsAnswer, JobsAndDiplomasAnswer, MetierLabelsAnswer, MetiersAnswer, RomeSheet,
};
use api::offers_answer::OffersAnswer;
use api::openapi::{
    AnswerBody, ApplicationBody, ApplicationByIdBody, AppointmentContextBody, AppointmentLinkBody,
    AppointmentRequestBody, ChangedWebhookBody, DelegationBody, DepositedOffer, EstablishmentBody,
    FollowedApplication, FollowedAppointment, Job, MailEventBody, NamedOfferBody, OfferBody, OfferOfMany,
    OfferPatchBody, OffersBody, PersonalDataBody, PublishedOffer, Recruiter, RefusedOffer, ReplyBody,
    ShortOffer, TrainingContactBody, TrainingLinksBody, UnsubscribeBody, UploadBody, WebhookBody,
};
use api::publication_answer::PublicationAnswer;
use api::published_answer::PublishedAnswer;
use api::rdv_answer::{AppointmentContext, AppointmentLink, NotOpen, OpenTrainings, TrainingContact};
use api::recruiters_answer::RecruitersAnswer;
use api::search_answer::{JobsAndTrainingsAnswer, JobsAnswer, TrainingsAnswer};
use api::service_answer::{HealthAnswer, VersionAnswer};
use api::webhooks_answer::{CreatedWebhook, TestedWebhook, WebhookAnswer, WebhooksAnswer};
use serde_json::{Value, json};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "API Alternance",
        version = env!("CARGO_PKG_VERSION"),
        description = include_str!("document/conventions.md"),
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/api", description = "Base de toutes les routes : l'adresse du service suivie de /api")),
    tags(
        (name = "Emploi", description = "Offres d'alternance et sociétés qui recrutent"),
        (name = "Métiers", description = "Métiers, codes ROME, appellations et certifications"),
        (name = "Formation", description = "Formations en alternance, et métiers auxquels elles mènent"),
        (name = "Dépôt", description = "Établissements qui recrutent et leurs offres, déposés par les partenaires"),
        (name = "Candidature", description = "Candidatures : les envoyer, les suivre, y répondre"),
        (name = "Webhooks", description = "Être prévenu de ce qui se passe, par des appels signés à une adresse à vous"),
        (name = "Rendez-vous", description = "Demandes de rendez-vous aux centres de formation : les faire, les suivre, y répondre"),
        (name = "Mails", description = "Pages des liens reçus par mail, arrêt des mails, événements du fournisseur"),
        (name = "Service", description = "État et version, sans clé"),
    ),
    paths(
        search_jobs::handle,
        search_jobs_and_trainings::handle,
        search_trainings::handle,
        list_trainings_of_area::handle,
        get_training::handle,
        get_company::handle,
        get_matcha_offer::handle,
        get_partner_offer::handle,
        count_offer_view::handle,
        search_metiers::handle,
        list_metiers::handle,
        match_appellation::handle,
        search_rome::handle,
        search_jobs_and_diplomas::handle,
        get_rome::handle,
        get_jobs_export::handle,
        list_multi_published::handle,
        link_trainings::handle,
        create_rdv_context::handle,
        generate_appointment_link::handle,
        list_appointment_formations::handle,
        set_appointment_contact::handle,
        list_metiers_of_training::handle,
        list_metiers_of_establishment::handle,
        list_waiting_accounts::handle,
        settle_account::handle,
        find_establishment::handle,
        create_establishment::handle,
        archive_establishment::handle,
        list_recruiters::handle,
        deposit_offers::handle,
        put_offer::handle,
        get_offer_publication::handle,
        deposit_offer::handle,
        edit_offer::handle,
        close_offer::handle,
        extend_offer::handle,
        list_delegations::handle,
        delegate_offer::handle,
        apply::handle,
        apply_by_id::handle,
        prepare_upload::handle,
        list_applications::handle,
        get_application::handle,
        answer_application::handle,
        ask_for_data::handle,
        create_webhook::handle,
        list_webhooks::handle,
        change_webhook::handle,
        delete_webhook::handle,
        test_webhook::handle,
        show_appointment_form::handle,
        request_appointment::handle,
        recall_appointment::handle,
        answer_appointment::handle,
        list_appointments::handle,
        get_appointment::handle,
        show_link::handle,
        follow_link::handle,
        unsubscribe::handle,
        receive_mail_event::handle,
        health::handle,
        version::handle,
    ),
    components(schemas(
        JobsAnswer<'_>, JobsAndTrainingsAnswer<'_>, TrainingsAnswer<'_>, CompanyAnswer<'_>, MatchaAnswer<'_>,
        PartnerOfferAnswer<'_>, Counted, ExportAnswer<'_>, PublishedAnswer<'_>, PublishedOffer, TrainingLinks,
        TrainingLinksBody,
        MetiersAnswer, MetierLabelsAnswer, AppellationsAnswer, JobsAndDiplomasAnswer, RomeSheet,
        OffersBody, OfferOfMany, NamedOfferBody, OffersAnswer, DepositedOffer, RefusedOffer, ShortOffer,
        RecruitersAnswer<'_>, PublicationAnswer<'_>,
        EstablishmentBody, OfferBody, OfferPatchBody, DelegationBody, DelegationCfa<'_>, Recruiter, Job,
        UnsubscribeBody, MailEventBody,
        ApplicationBody, ApplicationByIdBody, AnswerBody, PersonalDataBody, FollowedApplication, Taken, Id, ApplicationError,
        UploadBody, UploadAnswer<'_>,
        AppointmentRequestBody, ReplyBody, FollowedAppointment,
        AccountsAnswer<'_>, WaitingAccount<'_>,
        WebhookBody, ChangedWebhookBody, WebhookAnswer<'_>, CreatedWebhook<'_>, WebhooksAnswer<'_>, TestedWebhook,
        AppointmentContextBody, AppointmentContext<'_>, AppointmentLinkBody, AppointmentLink<'_>, NotOpen, OpenTrainings<'_>,
        TrainingContactBody, TrainingContact<'_>,
        HealthAnswer<'_>, VersionAnswer<'_>, ZApiError, ZLbacError, ZLbarError, ZResError, BareNotFound,
        DepositRefusal,
    )),
)]
struct Handlers;

/// The document. The template gives the answers that the gateway makes by itself.
pub(crate) fn generate(template: &Value) -> Value {
    let mut document = serde_json::to_value(Handlers::openapi()).unwrap();
    document["components"]["securitySchemes"]["apiKey"] = json!({
        "type": "apiKey", "in": "header", "name": api::request::API_KEY_HEADER,
        "description": "La clé de votre organisation. Elle ne doit jamais être lisible dans un navigateur.",
    });
    also_at(&mut document, "/healthcheck", "/", "healthAtRoot");
    also_at(&mut document, "/rome", "/romelabels", "searchRomeLabels");
    also_at(&mut document, "/v1/jobs/provided/{id}", "/v1/jobs/canceled/{id}", "closeOfferAsCanceled");
    also_at(
        &mut document,
        "/application/intentionComment/{id}",
        "/application/intention/{id}",
        "answerApplicationByIntention",
    );
    also_at(
        &mut document,
        "/appointment-request/context/recap",
        "/appointment-request/context/short-recap",
        "recallAppointmentShortly",
    );
    add_form(&mut document);
    also_at(
        &mut document,
        "/v1/accounts/{id}/validation",
        "/v1/accounts/{id}/refusal",
        "settleAccountByRefusal",
    );
    also_at(
        &mut document,
        "/appointment-request/context/create",
        "/v1/appointment-request/context/create",
        "createRdvContextUnderV1",
    );
    also_at(&mut document, "/traininglinks", "/v1/traininglinks", "linkTrainingsUnderV1");
    list_keyless(&mut document);
    gateway::add_answers(&mut document, template);
    for (name, schema) in document["components"]["schemas"].as_object_mut().unwrap() {
        if let Some(item) = name.strip_prefix("Outcome_") {
            refer(schema, item);
        }
        close(schema);
        words::describe(name, schema);
    }
    document
}

/// Where the conventions name the routes that ask for no key.
const KEYLESS: &str = "{SANS_CLE}";

/// Names them as the document has them, so that none is forgotten.
fn list_keyless(document: &mut Value) {
    let keyless = document["paths"].as_object().unwrap().iter().filter(|(_, item)| {
        item.as_object().unwrap().values().any(|operation| operation["security"].is_null())
    });
    let named = keyless.map(|(path, _)| format!("`{path}`")).collect::<Vec<_>>().join(", ");
    let text = document["info"]["description"].as_str().unwrap();
    assert!(text.contains(KEYLESS), "the conventions name no route without a key");
    document["info"]["description"] = text.replace(KEYLESS, &named).into();
}

/// The form is sent to the function that takes the same request as JSON, and answers with pages.
fn add_form(document: &mut Value) {
    let mut operation = document["paths"]["/espace-pro/form"]["get"].clone();
    operation["operationId"] = json!("requestAppointmentByForm");
    operation["summary"] = json!("Envoyer le formulaire de demande de rendez-vous");
    operation["requestBody"] = json!({
        "required": true,
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}},
    });
    let shown = operation["responses"]["200"].clone();
    for status in ["400", "409"] {
        operation["responses"][status] = shown.clone();
    }
    document["paths"]["/espace-pro/form"]["post"] = operation;
}

/// Some routes have two addresses, and an attribute says one. An id is unique in the document.
fn also_at(document: &mut Value, one: &str, other: &str, id: &str) {
    let mut item = document["paths"][one].clone();
    for (_, operation) in item.as_object_mut().unwrap() {
        operation["operationId"] = json!(id);
    }
    document["paths"][other] = item;
}

/// The derive writes the items of a generic type out, where the document has them under their name.
fn refer(outcome: &mut Value, item: &str) {
    let items = outcome.pointer_mut("/oneOf/0/properties/results/items").unwrap();
    *items = json!({"$ref": format!("#/components/schemas/{item}")});
}

/// Every object is closed but those without named fields, which are the source's own, and those that say otherwise.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("type") == Some(&json!("object")) && fields.contains_key("properties") {
                fields.entry("additionalProperties").or_insert(json!(false));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

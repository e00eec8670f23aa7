//! What the routes say of themselves in the OpenAPI document: parameters, answers, and the few schemas that no
//! derive can write.
//!
//! Handlers name these types in their `#[utoipa::path]` attribute. Nothing here is called by a handler, so a
//! release binary holds none of it. Texts are in French, since partners read them; values come from the code
//! that serves (labels of diplomas, bodies of errors), so that the document cannot promise something else.

mod accounts;
mod answers;
mod applications;
mod asking;
mod changes;
mod conditional;
mod delegations;
mod deposit;
mod fields;
mod links;
mod mails;
mod metiers;
mod own;
mod parameters;
mod publication;
mod published;
mod put;
mod rdv;
mod recruiter;
mod responses;
mod trainings;
mod webhooks;

pub use accounts::{AccountParameters, SettledResponses, WaitingParameters, WaitingResponses};
pub use applications::{
    AnswerBody, AnswerParameters, AnswerResponses, ApplicationBody, ApplicationByIdBody,
    ApplicationByIdResponses, ApplicationKeyHeader, ApplicationParameters, ApplicationResponses,
    ApplicationsParameters, ApplicationsResponses, FollowedApplication, FollowedResponses, PersonalDataBody,
    PersonalDataResponses, UploadBody, UploadResponses,
};
pub use asking::{
    AppointmentFormParameters, AppointmentFormResponses, AppointmentParameters, AppointmentRequestBody,
    AppointmentRequestResponses, AppointmentsParameters, AppointmentsResponses, FollowedAppointment,
    FollowedAppointmentResponses, RecallParameters, RecallResponses, ReplyBody, ReplyParameters,
    ReplyResponses,
};
pub use changes::{
    ChangeKeyHeader, CloseResponses, DelegateResponses, DelegationBody, EditResponses, ExtendResponses,
    IfMatchHeader, OfferIdParameter, OfferPatchBody,
};
pub use conditional::IfNoneMatchHeader;
pub use delegations::DelegationsResponses;
pub use deposit::{
    EstablishmentBody, EstablishmentIdParameter, EstablishmentResponses, IdempotencyKeyHeader, OfferBody,
    OfferResponses, ViewKeyHeader,
};
use domain::recruiter::JobStatus;
pub use links::{
    MetiersOfEstablishmentResponses, MetiersOfTrainingResponses, TrainingLinksBody, TrainingLinksResponses,
};
pub use mails::{
    LinkPageResponses, LinkTokenParameter, MailEventBody, MailEventResponses, MailWebhookKeyParameter,
    UnsubscribeBody, UnsubscribeResponses,
};
pub use metiers::{
    AppellationParameters, AppellationsResponses, JobsAndDiplomasParameters, JobsAndDiplomasResponses,
    MetierLabelsResponses, MetiersParameters, MetiersResponses, RomeParameter, RomeParameters,
    RomeSheetResponses,
};
pub use own::{
    ArchiveParameters, ArchiveResponses, FindEstablishmentParameters, FoundEstablishmentResponses,
    RecruitersParameters, RecruitersResponses,
};
pub use parameters::{
    AreaParameters, CallerParameter, CfdParameter, JobsAndTrainingsParameters, JobsParameters,
    MatchaIdParameter, PartnerOfferIdParameter, SiretParameter, TrainingIdParameter, TrainingsParameters,
};
pub use publication::{PublicationParameters, PublicationResponses};
pub use published::{PublishedOffer, PublishedParameters, PublishedResponses};
pub use put::{
    DepositedOffer, NamedOfferBody, NamedOfferParameters, NamedOfferResponses, OfferOfMany, OffersBody,
    OffersResponses, RefusedOffer, ShortOffer,
};
pub use rdv::{
    AppointmentContextBody, AppointmentContextResponses, AppointmentLinkBody, AppointmentLinkResponses,
    OpenTrainingsParameters, OpenTrainingsResponses, RdvTrainingParameter, TrainingContactBody,
    TrainingContactResponses,
};
pub use recruiter::{Job, Recruiter};
pub use responses::{
    CompanyResponses, CountedResponses, ExportResponses, HealthResponses, JobsAndTrainingsResponses,
    JobsResponses, MatchaResponses, PartnerOfferResponses, VersionResponses,
};
pub use trainings::{TrainingResponses, TrainingsResponses};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};
pub use webhooks::{
    ChangedWebhookBody, ChangedWebhookResponses, CreatedWebhookResponses, DeletedWebhookResponses,
    TestedWebhookResponses, WebhookBody, WebhookParameters, WebhooksParameters, WebhooksResponses,
};

/// A text that has one of these values.
pub(crate) fn one_of<'a>(values: impl IntoIterator<Item = &'a str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(values)).build()
}

/// `ideaType` of an offer deposited here.
pub(crate) fn matcha() -> Object {
    one_of(["matcha"])
}

/// `ideaType` of a company.
pub(crate) fn lba() -> Object {
    one_of(["lba"])
}

/// `ideaType` of an offer of France Travail.
pub(crate) fn pe_job() -> Object {
    one_of(["peJob"])
}

/// `ideaType` of a training.
pub(crate) fn formation() -> Object {
    one_of(["formation"])
}

/// `type` of what a title finds.
pub(crate) fn job_or_diploma() -> Object {
    one_of(["job", "diploma"])
}

/// `job.status`.
pub(crate) fn job_status() -> Object {
    use JobStatus::{Active, Annulee, EnAttente, Pourvue};
    one_of([Active, Pourvue, Annulee, EnAttente].map(JobStatus::as_str))
}

/// `format` of an export.
pub(crate) fn export_format() -> Object {
    one_of([crate::export_answer::FORMAT])
}

/// `env` of the health route.
pub(crate) fn stage() -> Object {
    one_of(["local", "preview", "recette", "production"])
}

/// A number that may be null.
pub(crate) fn number_or_null() -> Object {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Number, Type::Null])).build()
}

/// A field that is always null.
pub(crate) fn null() -> Object {
    ObjectBuilder::new().schema_type(Type::Null).build()
}

//! What use cases ask of the outside. One trait per capability, named after what it does, one method each.

mod accounts;
mod applications;
mod appointments;
mod asked;
mod barred;
mod bounces;
mod cfas;
mod clock;
mod deposits;
mod derived;
mod ended;
mod entropy;
mod error;
mod export;
mod feed_ledger;
mod feeds;
mod health;
mod items;
mod lease;
mod links;
mod mail;
mod once;
mod outbox;
mod partners;
mod publication;
mod recruiters;
mod reference;
mod registry;
mod reports;
mod rows;
mod sketches;
mod standing;
mod views;
mod webhooks;

pub use accounts::{
    FindOpcoContact, FindOwnEstablishment, FindWaitingAccount, ListOwnRecruiters, ListWaitingAccounts,
    OwnRecruiters, PutOpcoContact, RecruiterFilter, WaitingAccount, WriteConsequences,
};
pub use applications::{
    Barrier, ChangeApplication, Counted, DeleteCv, DeleteUpload, FindApplication, FindBarriers,
    FindOfferOnRecord, FindPerson, ForgetPerson, GetCv, GetUpload, InTheWay, ListApplications, ListPersonal,
    NewApplication, NewUpload, OfferOnRecord, Personal, PrepareUpload, PutCv, QueueScan, ScanFile, Scanned,
    StoredApplication, SubmitApplication, SubmitError, UploadForm,
};
pub use appointments::{
    ChangeConsent, ESTABLISHMENT_SHARDS, FindByCatalogueId, FindConsent, FindConsents, FindDecisions,
    FindEligibility, ListRdvEstablishments, PutDecision, SeenConsent,
};
pub use asked::{
    ChangeAppointment, FindAppointment, ListAppointments, NewAppointment, RequestAppointment, RequestError,
    StoredAppointment,
};
pub use barred::{Barred, FindBarred, FindManyBarred};
pub use bounces::{Bounce, RecordBounce};
pub use cfas::FindCfa;
pub use clock::Clock;
pub use deposits::{
    CatchUpPostings, ChangeRecruiter, CommitError, CreateRecruiter, FindOwnHead, FindOwnRecruiter,
    FindOwnReference, Lists, LocateOffer, LocateOwnOffer, OfferChange, RecruiterChange, ReferenceHash,
    SeenHead, SeenOffer, SeenRecruiter,
};
pub use derived::{
    Derived, DerivedKey, DerivedKeyError, FindTrades, FindTrainings, MAX_TRAININGS_JSON, MAX_TRAININGS_OF_ID,
    SchoolRole, TradesOf, TrainingsOf,
};
pub use ended::{AnonymiseEnded, ENDING_SHELVES, FindEnded, ListEnding, ReleaseCount, ReleasePerson};
pub use entropy::Entropy;
pub use error::PortError;
pub use export::{
    ExportItems, ExportManifest, GetExportManifest, Pieces, PutExport, PutExportManifest, SignExport,
};
pub use feed_ledger::{Family, FeedRef, Filed, Held, LEDGER_SHARDS, ListHeld, Listing};
pub use feeds::{Bytes, FeedObject, OpenError, OpenFeed};
pub use health::CheckHealth;
pub use items::{FindItem, Item};
pub use lease::{Lease, LeaseError, ReleaseLease, TakeLease};
pub use links::{FindLink, FollowLink, KnownLink, StopMails};
pub use mail::{
    ComposeMail, ComposedMail, ConfirmSent, CountSent, FindMail, HandOverError, HandOverMail, MailEntry,
    MailState, ReadReputation, Reputation, Settle, SettleMail, StartSending, Started, TakeMail,
};
pub use once::{
    Claim, ClaimRequest, Completion, Consequences, FindRequest, Guard, Known, ReleaseRequest, RequestKey,
    StoredAnswer,
};
pub use outbox::{
    FindEvent, ListOverdue, OUTBOX_SHARDS, Overdue, Owed, PostponeOwed, PublishEvent, QueueMail,
    STREAM_SECONDS, SettleEvent,
};
pub use partners::{FindPartner, FindSite, PutPartner};
pub use publication::{MakeCurrent, PublicationManifest, PutPublication, PutPublicationManifest};
pub use recruiters::{DepositRecruiter, Deposited, FindRecruiter};
pub use reference::LoadNafRomes;
pub use registry::{
    FindCompany, FindKeptCompany, FindOpco, Funding, KeptCompany, KnowAddress, PutCompany, PutKnownAddresses,
};
pub use reports::{PutRejects, PutReport};
pub use rows::{Content, RowWrite, WithdrawRow, WriteError, WriteRow};
pub use sketches::{GetSketch, GetSketchParts, PutSketch, PutSketchPart};
pub use standing::Standing;
pub use views::{CountView, CountViewOnce};
pub use webhooks::{
    DeliveryEntry, DeliveryState, DisableWebhook, Disabling, FileDelivery, FindDelivery, FindWebhook,
    ListWebhooks, NewDelivery, NoteCall, Noted, OpenedWebhook, OwnWebhooks, PostWebhook, Posted,
    QueueWebhook, SettleDelivery, SettledDelivery, SignedMessage, TakeDelivery, TakenDelivery, Trouble,
    WebhookChange, WriteWebhook,
};

//! What the functions share that take applications, hand them on, and tell of them.

use std::sync::Arc;

use api::errors::ApiError;
use api::request::Request;
use domain::link::LinkKey;
use domain::partner::{Partner, Right};
use domain::person::PersonSecret;
use store::{
    Applications, Appointments, Barriers, CvBucket, Items, People, PersonalIndex, Recruiters, Submissions,
    UploadForms,
};
use usecases::applications::{
    AnswerApplication, Apply, Deliver, FollowApplications, HandOn, PrepareCv, Privacy, UploadedCvs,
};
use usecases::asking::{AnswerAppointment, AppointmentActs, OwnAppointment, UndeliverAppointment};
use usecases::deposit::Desk;
use usecases::ports::{Clock, DeleteCv, DeleteUpload, Entropy, GetCv, GetUpload, PrepareUpload, PutCv};

use crate::Error;
use crate::callers::Callers;
use crate::clients::Clients;
use crate::delivering::Depositing;
use crate::entropy::SystemEntropy;
use crate::environment::Environment;
use crate::feeds::contact_cipher;

/// Where CVs lie until they have left.
#[derive(Clone)]
pub struct Cvs {
    /// Keeps them.
    pub put: Arc<dyn PutCv>,
    /// Reads them.
    pub get: Arc<dyn GetCv>,
    /// Forgets them.
    pub delete: Arc<dyn DeleteCv>,
    /// Reads those that were uploaded beforehand.
    pub get_upload: Arc<dyn GetUpload>,
    /// Forgets those that were uploaded beforehand.
    pub delete_upload: Arc<dyn DeleteUpload>,
}

impl Cvs {
    /// In the bucket of `CV_BUCKET`.
    pub fn load(clients: &Clients, environment: Environment) -> Result<Self, Error> {
        Ok(Self::of(Arc::new(CvBucket::new(clients.s3(), environment.get("CV_BUCKET")?))))
    }

    /// In one place.
    pub fn of(place: Arc<impl PutCv + GetCv + DeleteCv + GetUpload + DeleteUpload + 'static>) -> Self {
        Self {
            put: place.clone(),
            get: place.clone(),
            delete: place.clone(),
            get_upload: place.clone(),
            delete_upload: place,
        }
    }

    fn uploaded(&self) -> UploadedCvs<'_> {
        UploadedCvs { get: &*self.get_upload, delete: &*self.delete_upload }
    }
}

/// Applications and appointments, and the people who made them.
#[derive(Clone)]
pub struct Stored {
    /// People.
    pub people: People,
    /// What is whose.
    pub personal: PersonalIndex,
    /// Applications.
    pub applications: Applications,
    /// Appointments.
    pub appointments: Appointments,
}

impl Stored {
    /// Over the tables that `RECORDS_TABLE` and `LEDGER_TABLE` name, with the secret of `PERSON_SECRET_ARN`.
    pub async fn load(clients: &Clients, environment: Environment) -> Result<Self, Error> {
        let secret = clients.secret(&environment.get("PERSON_SECRET_ARN")?).await?;
        let (client, tables) = (clients.dynamodb(), environment.tables());
        let people = People::new(client.clone(), &tables, PersonSecret::new(&secret)?);
        Ok(Self::over(client, tables, people))
    }

    /// Over these tables; `people` keeps the keys that letters are sealed under.
    pub fn over(client: aws_sdk_dynamodb::Client, tables: store::Tables, people: People) -> Self {
        Self {
            personal: PersonalIndex::new(client.clone(), &tables),
            applications: Applications::new(client.clone(), tables.clone()),
            appointments: Appointments::new(client, tables),
            people,
        }
    }

    /// What the links of appointments do.
    pub fn appointment_acts<'a>(
        &'a self,
        links: &'a LinkKey,
        clock: &'a dyn Clock,
        entropy: &'a dyn Entropy,
    ) -> AppointmentActs<'a> {
        let (people, appointments) = (&self.people, &self.appointments);
        AppointmentActs {
            answer: AnswerAppointment {
                find: appointments,
                people,
                change: appointments,
                links,
                clock,
                entropy,
            },
            own: OwnAppointment { find: appointments, people, change: appointments, links, clock, entropy },
        }
    }

    /// Notes what became of the mails that hand applications on, and of those that ask for appointments.
    pub fn deliver<'a>(&'a self, cvs: &'a Cvs, clock: &'a dyn Clock) -> Deliver<'a> {
        Deliver {
            find: &self.applications,
            people: &self.people,
            change: &self.applications,
            cvs: &*cvs.delete,
            appointments: UndeliverAppointment {
                find: &self.appointments,
                people: &self.people,
                change: &self.appointments,
                clock,
            },
            clock,
        }
    }

    /// What whoever sends mails needs of them.
    pub fn hand_on<'a>(&'a self, cvs: &'a Cvs, clock: &'a dyn Clock) -> HandOn<'a> {
        HandOn { cvs: &*cvs.get, deliver: self.deliver(cvs, clock) }
    }

    /// Answers them.
    pub fn answer<'a>(&'a self, clock: &'a dyn Clock) -> AnswerApplication<'a> {
        AnswerApplication {
            find: &self.applications,
            people: &self.people,
            change: &self.applications,
            clock,
        }
    }

    /// Gives and forgets what is known of a person.
    pub fn privacy<'a>(&'a self, cvs: &'a Cvs, own: OwnAppointment<'a>, clock: &'a dyn Clock) -> Privacy<'a> {
        Privacy {
            people: &self.people,
            list: &self.personal,
            find: &self.applications,
            appointments: &self.appointments,
            own,
            forget: &self.people,
            cvs: &*cvs.delete,
            clock,
        }
    }
}

/// What the routes share by which partners follow their applications.
pub struct Following {
    /// Knows who calls.
    pub callers: Callers,
    /// Applications.
    pub applications: Applications,
}

impl Following {
    /// Over the table that `RECORDS_TABLE` names.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let (client, tables) = (Clients::load().await.dynamodb(), environment.tables());
        Ok(Self {
            callers: Callers::over(client.clone(), &tables).await,
            applications: Applications::new(client, tables),
        })
    }

    /// The partner that calls, which must be one that applies.
    pub async fn partner(&self, request: &Request) -> Result<Arc<Partner>, ApiError> {
        self.callers.partner(request, Right::SubmitApplications).await
    }

    /// Follows them.
    pub fn follow(&self) -> FollowApplications<'_> {
        FollowApplications { find: &self.applications, list: &self.applications, clock: &*self.callers.clock }
    }
}

/// What every request shares by which a CV is uploaded.
pub struct Uploading {
    /// Knows who calls.
    pub callers: Callers,
    /// Makes forms.
    pub prepare: Box<dyn PrepareUpload>,
    /// Makes ids.
    pub entropy: Box<dyn Entropy>,
}

impl Uploading {
    /// Over the table that `RECORDS_TABLE` names, for the bucket of `CV_BUCKET`.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let clients = Clients::load().await;
        let credentials = clients.config().credentials_provider().ok_or("there are no credentials")?;
        let forms = UploadForms::new(clients.s3(), environment.get("CV_BUCKET")?, credentials);
        Ok(Self {
            callers: Callers::over(clients.dynamodb(), &environment.tables()).await,
            prepare: Box::new(forms),
            entropy: Box::new(SystemEntropy),
        })
    }

    /// Prepares uploads.
    pub fn prepare(&self) -> PrepareCv<'_> {
        PrepareCv { prepare: &*self.prepare, clock: &*self.callers.clock, entropy: &*self.entropy }
    }
}

/// What every request shares by which somebody applies.
pub struct Applying {
    /// Who calls, and what makes a write happen once.
    pub depositing: Depositing,
    /// Applications.
    pub stored: Stored,
    /// CVs.
    pub cvs: Cvs,
    /// Offers.
    pub recruiters: Recruiters,
    /// Companies.
    pub items: Items,
    /// Stores applications.
    pub submissions: Submissions,
    /// What stands in the way.
    pub barriers: Barriers,
    /// Opens recruiters' addresses.
    pub cipher: domain::seal::ContactCipher,
    /// The secret by which a partner tests, where there is one.
    pub test_secret: Option<String>,
}

impl Applying {
    /// What [`Stored::load`] and [`Cvs::load`] read, with `POSTINGS_TABLE` and the secret of `CONTACT_SECRET_ARN`.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        Self::over(&Clients::load().await, environment).await
    }

    /// The same, where partners may test with the secret of `APPLY_TEST_SECRET_ARN`.
    pub async fn load_with_tests(environment: Environment) -> Result<Self, Error> {
        let clients = Clients::load().await;
        let arn = environment.get("APPLY_TEST_SECRET_ARN")?;
        let secret = clients.secret(&arn).await?;
        Ok(Self { test_secret: Some(secret.trim().to_owned()), ..Self::over(&clients, environment).await? })
    }

    async fn over(clients: &Clients, environment: Environment) -> Result<Self, Error> {
        let (client, tables) = (clients.dynamodb(), environment.tables());
        let (depositing, stored, cipher) = tokio::join!(
            Depositing::load(client.clone(), environment),
            Stored::load(clients, environment),
            contact_cipher(clients, environment),
        );
        let stored = stored?;
        Ok(Self {
            depositing,
            submissions: Submissions::new(client.clone(), tables.clone(), stored.people.clone()),
            stored,
            cvs: Cvs::load(clients, environment)?,
            recruiters: Recruiters::new(client.clone(), tables.clone()),
            items: Items::new(client.clone(), &tables),
            barriers: Barriers::new(client, &tables),
            cipher: cipher?,
            test_secret: None,
        })
    }

    /// Takes applications.
    pub fn apply(&self) -> Apply<'_> {
        Apply {
            once: self.depositing.once(),
            offers: &self.recruiters,
            companies: &self.items,
            people: &self.stored.people,
            barriers: &self.barriers,
            cvs: &*self.cvs.put,
            uploads: self.cvs.uploaded(),
            submit: &self.submissions,
            desk: Desk {
                find: &self.recruiters,
                change: &self.recruiters,
                cipher: &self.cipher,
                links: None,
                clock: &*self.depositing.clock,
                entropy: &*self.depositing.entropy,
            },
        }
    }
}

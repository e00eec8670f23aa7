//! The routes by which somebody applies and recruiters answer: their contexts, and what is done in them.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::config::{BehaviorVersion, Region};
use domain::application::ApplicationId;
use domain::person::PersonSecret;
use runtime::applications::{Applying, Cvs, Following, Stored, Uploading};
use runtime::delivering::Depositing;
use serde_json::{Value, json};
use testkit::{data_url, pdf};
use usecases::applications::{ScanCv, ScanOutcome};
use usecases::ports::{Owed, PortError, ScanFile, Scanned};

use crate::asking::event;
use crate::depositing::link_key;
use crate::world::{Answer, World, cipher, clock};

/// What stands in a file for something bad: no scanner but this one knows it.
pub(crate) const POISON: &str = "POISON OF AN INVENTED SCANNER";

/// A scanner that knows one thing, and may be down.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scanner(pub(crate) Arc<Mutex<bool>>);

impl Scanner {
    pub(crate) fn down(&self, is_down: bool) {
        *self.0.lock().unwrap() = is_down;
    }
}

#[async_trait]
impl ScanFile for Scanner {
    async fn scan_file(&self, bytes: &[u8]) -> Result<Scanned, PortError> {
        if *self.0.lock().unwrap() {
            return Err(PortError::new("scan a file", "down on purpose"));
        }
        let is_bad = bytes.windows(POISON.len()).any(|window| window == POISON.as_bytes());
        Ok(if is_bad { Scanned::Infected } else { Scanned::Clean })
    }
}

impl World {
    pub(crate) fn stored_applications(&self) -> Stored {
        let (client, tables) = (self.import.store.client.clone(), self.import.store.tables.clone());
        let secret = PersonSecret::new("fake secret of the keys of persons, long enough").unwrap();
        let people = store::People::new(client.clone(), &tables, secret);
        Stored::over(client, tables, people)
    }

    pub(crate) fn cvs(&self) -> Cvs {
        Cvs::of(self.cv_bucket.clone())
    }

    pub(crate) fn applying(&self) -> Applying {
        let (client, tables) = (self.import.store.client.clone(), self.import.store.tables.clone());
        let stored = self.stored_applications();
        Applying {
            depositing: Depositing {
                partners: self.partners(),
                requests: store::Requests::new(client.clone(), &tables),
                clock: Box::new(clock()),
                entropy: Box::new(self.entropy.clone()),
            },
            submissions: store::Submissions::new(client.clone(), tables.clone(), stored.people.clone()),
            stored,
            cvs: self.cvs(),
            recruiters: self.recruiters(),
            items: self.items(),
            barriers: store::Barriers::new(client, &tables),
            cipher: cipher(),
            test_secret: Some("fake-secret-of-tests".to_owned()),
        }
    }

    pub(crate) fn uploading(&self) -> Uploading {
        // Nobody's. A form is signed without a call.
        let credentials = Credentials::new("FAKEKEY", "fake secret", None, None, "tests");
        let credentials = SharedCredentialsProvider::new(credentials);
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-3"))
            .credentials_provider(credentials.clone())
            .build();
        let client = aws_sdk_s3::Client::from_conf(config);
        Uploading {
            callers: self.callers(),
            prepare: Box::new(store::UploadForms::new(client, "cvs", credentials)),
            entropy: Box::new(self.entropy.clone()),
        }
    }

    pub(crate) fn following(&self) -> Following {
        Following { callers: self.callers(), applications: self.stored_applications().applications }
    }

    pub(crate) fn answer_application(&self) -> answer_application::Context {
        answer_application::Context {
            find: Box::new(self.mail_links()),
            applications: self.stored_applications(),
            clock: Box::new(clock()),
        }
    }

    pub(crate) fn ask_for_data(&self) -> ask_for_data::Context {
        ask_for_data::Context {
            list: Box::new(self.stored_applications().personal),
            write: Box::new(self.outbox()),
            links: link_key(),
            clock: Box::new(clock()),
            entropy: Box::new(self.entropy.clone()),
        }
    }

    /// Sends an application of version 1, with these changes.
    pub(crate) async fn apply(&self, change: impl FnOnce(&mut Value)) -> Answer {
        let sent = self.offer_to_apply_for().await;
        self.apply_as(&sent, None, change).await
    }

    /// The same, of what was found before, under a key.
    pub(crate) async fn apply_as(
        &self,
        found: &Value,
        key: Option<&str>,
        change: impl FnOnce(&mut Value),
    ) -> Answer {
        let mut body = json!({
            "applicant_email": "Aucune.Personne@exemple.invalid",
            "applicant_first_name": "Aucune",
            "applicant_last_name": "PERSONNE",
            "applicant_phone": "01 99 00 00 00",
            "applicant_file_name": "mon cv.pdf",
            "applicant_file_content": data_url("application/pdf", &pdf("CV de personne")),
            "message": "Bonjour,\n<b>je</b> cherche une alternance.",
            "company_siret": found["company"]["siret"],
            "company_email": found["contact"]["email"],
            "iv": found["contact"]["iv"],
            "company_name": found["company"]["name"],
            "company_naf": "",
            "company_type": found["ideaType"],
            "job_title": found["title"],
            "job_id": found["job"]["id"],
            "caller": "contact@exemple.invalid tests",
        });
        change(&mut body);
        let sent = event("apply/nominal", |event| {
            event["body"] = json!(body.to_string());
            if let Some(key) = key {
                event["headers"]["Idempotency-Key"] = json!(key);
                event["multiValueHeaders"]["Idempotency-Key"] = json!([key]);
            }
        });
        self.answer("apply", &sent).await
    }

    /// An offer as a search shows it to whoever applies.
    pub(crate) async fn offer_to_apply_for(&self) -> Value {
        self.searched("matchas").await
    }

    /// A company likely to hire, the same.
    pub(crate) async fn company_to_apply_to(&self) -> Value {
        self.searched("lbaCompanies").await
    }

    async fn searched(&self, source: &str) -> Value {
        let answer = self.answer("search-jobs", &tests::events::load("search-jobs/nominal")).await.json();
        let results = answer[source]["results"].as_array().unwrap();
        results.iter().find(|item| item["contact"]["email"].is_string()).unwrap().clone()
    }

    /// Looks at every CV that is owed a look.
    pub(crate) async fn scan(&self, scanner: &Scanner) -> Vec<Result<ScanOutcome, PortError>> {
        let mut outcomes = Vec::new();
        for owed in self.stream().await {
            if let Owed::Scan(id) = owed {
                outcomes.push(self.scan_one(&id, scanner).await);
            }
        }
        outcomes
    }

    pub(crate) async fn scan_one(
        &self,
        id: &ApplicationId,
        scanner: &Scanner,
    ) -> Result<ScanOutcome, PortError> {
        let (stored, cvs, links, clock) = (self.stored_applications(), self.cvs(), link_key(), clock());
        let scan = ScanCv {
            find: &stored.applications,
            people: &stored.people,
            cvs: &*cvs.get,
            scanner,
            change: &stored.applications,
            links: &links,
            clock: &clock,
            entropy: &self.entropy,
        };
        scan.run(id).await
    }
}

/// The id of an application that was taken.
pub(crate) fn id_of(answer: &Answer) -> ApplicationId {
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.headers["x-application-id"].as_str().unwrap().parse().unwrap()
}

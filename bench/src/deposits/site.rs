//! What partners deposit into: the use cases and adapters of the functions, over an embedded store of its own process.

use std::path::Path;

use anyhow::Context as _;
use aws_sdk_dynamodb::Client;
use domain::link::LinkKey;
use domain::recruiter::Recruiter;
use domain::registry::{Activity, RegisteredCompany};
use domain::seal::ContactCipher;
use runtime::clock::SystemClock;
use runtime::delivering::Depositing;
use runtime::entropy::SystemEntropy;
use runtime::offers::Offers;
use store::{Companies, KnownAddresses, Recruiters, Requests, Tables};
use usecases::deposit::{CreateEstablishment, DepositMany, NewEstablishment, PutOffer};
use usecases::once::{Asked, Unkeyed};
use usecases::partners::Partners;
use usecases::ports::{Clock as _, PutCompany as _};

use super::meter::Meter;
use crate::data::Place;
use crate::embedded::Served;
use crate::surroundings::Surroundings;

/// The file that is none.
pub(crate) const MEMORY: &str = ":memory:";
const SECRET: &str = "a secret of the bench that is long enough for every key that is made of it";

/// The store, and what the functions share over it.
pub(crate) struct Site {
    /// As `deposit-offer` has it.
    pub(crate) offers: Offers,
    /// What its calls cost.
    pub(crate) meter: Meter,
    /// A client that is not counted.
    pub(crate) plain: Client,
    pub(crate) tables: Tables,
    companies: Companies,
    addresses: KnownAddresses,
    _served: Served,
}

impl Site {
    /// Over an empty store in memory: what a disk takes to keep each transaction is no figure of `DynamoDB`.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        Self::over(Served::start(Path::new(MEMORY))?).await
    }

    /// Over this empty store.
    pub(crate) async fn over(served: Served) -> anyhow::Result<Self> {
        let meter = Meter::default();
        let plain = Client::from_conf(served.config().build());
        let client = Client::from_conf(served.config().interceptor(meter.clone()).build());
        let tables = testkit::create_tables(&plain).await;
        let depositing = Depositing {
            partners: Partners::new(Box::new(Surroundings)),
            requests: Requests::new(client.clone(), &tables),
            clock: Box::new(SystemClock),
            entropy: Box::new(SystemEntropy),
        };
        Ok(Self {
            offers: Offers {
                depositing,
                recruiters: Recruiters::new(client.clone(), tables.clone()),
                cipher: ContactCipher::new(SECRET)?,
                links: Some(LinkKey::new(SECRET).map_err(|error| anyhow::anyhow!("{error}"))?),
            },
            meter,
            plain,
            companies: Companies::new(client.clone(), &tables),
            addresses: KnownAddresses::new(client, &tables),
            tables,
            _served: served,
        })
    }

    /// What is behind `POST /v1/jobs/bulk`.
    pub(crate) fn many(&self) -> DepositMany<'_> {
        let recruiters = &self.offers.recruiters;
        let once = self.offers.depositing.once();
        DepositMany { put: PutOffer { once, names: recruiters, head: recruiters, desk: self.offers.desk() } }
    }

    /// Creates the establishment of this number, at this place, for a partner that vouches for it: the register is told
    /// of it first. Returns its id.
    pub(crate) async fn establish(
        &self,
        partner: &str,
        number: u32,
        place: &Place,
    ) -> anyhow::Result<String> {
        let siret: domain::siret::Siret = testkit::siret(number).parse()?;
        let company = RegisteredCompany {
            raison_sociale: format!("Entreprise inventée {number}"),
            enseigne: Some(format!("Enseigne {number}")),
            address: Some(format!("{} rue des Exemples {}", number % 90 + 1, place.name)),
            geo_coordinates: Some(place.point()),
            size: Some("10-19".to_owned()),
            diffusible: true,
            ..RegisteredCompany::hidden(siret.clone(), Activity::Open)
        };
        let now = u32::try_from(SystemClock.now().as_second())?;
        self.companies.put_company(&company, now).await?;
        let new = NewEstablishment {
            siret,
            first_name: "Prénom".to_owned(),
            last_name: format!("Inventé {number}"),
            phone: Some("0199000000".to_owned()),
            email: format!("recruteur{number}@exemple.invalid").parse()?,
            idcc: None,
            origin: None,
            cfa: None,
        };
        let create = CreateEstablishment {
            once: self.offers.depositing.once(),
            companies: &self.companies,
            addresses: &self.addresses,
            partner_vouches: true,
            create: &self.offers.recruiters,
        };
        let key = format!("establishment-{number}");
        let asked = Asked {
            partner,
            operation: "create-establishment",
            key: Some(&key),
            body: key.as_bytes(),
            unkeyed: Unkeyed::SameBody,
        };
        let answered = create.run(asked, &new).await.context("an establishment was not created")?;
        let recruiter: Recruiter = serde_json::from_str(&answered.answer.body)?;
        Ok(recruiter.establishment_id)
    }
}

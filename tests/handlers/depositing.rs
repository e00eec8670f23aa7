//! The routes by which partners deposit and recruiters follow links: their contexts, and what is there before.

use domain::link::{LinkAction, LinkId, LinkKey, StoredLink};
use domain::mail::address_hash;
use domain::opco::Opco;
use domain::recruiter::{Recruiter, RecruiterStatus};
use domain::registry::{Activity, RegisteredCompany};
use jiff::SignedDuration;
use runtime::calendar::Calendar;
use runtime::delivering::Depositing;
use runtime::offers::Offers;
use runtime::schools::Schools;
use serde_json::json;
use testkit::{FixedClock, siret};
use usecases::partners::key_hash;
use usecases::ports::{Clock, Consequences, CreateRecruiter, FollowLink, PutCompany};

use crate::world::{World, cipher, clock};

/// An establishment of partner one.
pub(crate) const OWN: &str = "00000000-0000-4000-8000-000000000050";
/// One of partner two.
pub(crate) const OTHERS: &str = "00000000-0000-4000-8000-000000000051";
/// What the mail provider must show.
const MAIL_WEBHOOK_SECRET: &str = "fake-secret-of-the-webhook";

/// Makes the links of mails, with a secret that nobody would use.
pub(crate) fn link_key() -> LinkKey {
    LinkKey::new("fake secret of the links of mails, long enough").unwrap()
}

/// The token of a link of [`links`], by its number.
fn token(number: u8) -> String {
    link_key().token(&LinkId::from_random([number; 16])).as_str().to_owned()
}

/// What the events hold of persons, and what nobody but its receiver may know: no log line may.
pub(crate) fn told_in_confidence() -> Vec<String> {
    let mut all = ["PERSONNE", "Aucune", "0199000000", "exemple.invalid", MAIL_WEBHOOK_SECRET]
        .map(str::to_owned)
        .to_vec();
    all.extend((1..=6).map(token));
    all
}

/// The register: one establishment that may recruit and three that may not.
fn register() -> Vec<RegisteredCompany> {
    let company = |number: u32, naf: &str, activity: Activity, diffusible: bool| {
        let company = json!({
            "siret": siret(number),
            "raison_sociale": format!("FOURNIL INVENTE {number}"),
            "enseigne": format!("Fournil Inventé {number}"),
            "naf_code": naf,
            "naf_label": "Boulangerie et boulangerie-pâtisserie",
            "address_detail": {"libelle_commune": "PARIS", "code_postal": "75001"},
            "address": "1 RUE DES EXEMPLES 75001 PARIS",
            "geo_coordinates": "48.86,2.35",
            "size": "3-5",
            "creation_date": "2020-01-01T00:00:00.000Z",
            "opco": "Opco entreprises de proximité",
            "idcc": "843",
            "activity": activity,
            "diffusible": diffusible,
        });
        serde_json::from_value(company).unwrap()
    };
    vec![
        company(901, "1071C", Activity::Open, true),
        company(902, "1071C", Activity::Closed, true),
        company(903, "1071C", Activity::Open, false),
        company(904, "8559A", Activity::Open, true),
    ]
}

/// An establishment in Paris without offers.
fn establishment(number: u32) -> Recruiter {
    Recruiter { geo_coordinates: "48.86,2.35".parse().ok(), ..testkit::recruiter(number, 0) }
}

/// An account that has waited for so many days, of this OPCO.
fn waiting(number: u32, opco: Option<Opco>, days: i64) -> Recruiter {
    let since = clock().now() - SignedDuration::from_hours(24 * days);
    Recruiter {
        status: RecruiterStatus::EnAttente,
        opco: opco.map(|opco| opco.label().to_owned()),
        created_at: Some(since),
        ..establishment(number)
    }
}

/// Links in every state. The sixth is followed before anything else happens.
fn links() -> Vec<StoredLink> {
    let confirm =
        || LinkAction::ConfirmAddress { partner: "partner-one".to_owned(), establishment_id: OWN.to_owned() };
    let stop = || LinkAction::Unsubscribe { address_hash: address_hash(&establishment(50).email) };
    let now = clock().seconds();
    let link =
        |number: u8, action: LinkAction| link_key().stored(&LinkId::from_random([number; 16]), action, now);
    vec![
        link(1, confirm()),
        link(2, stop()),
        link(3, confirm()),
        link(4, stop()),
        StoredLink { expires_at: now, ..link(5, confirm()) },
        link(6, confirm()),
    ]
}

/// Nothing follows but these links.
pub(crate) fn told_to_nobody(links: Vec<StoredLink>) -> Consequences {
    Consequences { links, ..Consequences::none(clock().seconds()) }
}

/// The clock of the data, so many seconds later.
pub(crate) fn clock_later(seconds: i64) -> FixedClock {
    let clock = clock();
    clock.advance(seconds);
    clock
}

impl World {
    /// Puts the register, two establishments, five accounts that wait and the links in the store.
    pub(crate) async fn prepare_deposits(&self) {
        let companies = self.companies();
        for company in register() {
            companies.put_company(&company, 0).await.unwrap();
        }
        self.establish("partner-one", &establishment(50), links()).await;
        self.establish("partner-two", &establishment(51), Vec::new()).await;
        for (number, opco, days) in [
            (70, Some(Opco::Ep), 3),
            (71, Some(Opco::Ep), 5),
            (72, Some(Opco::Ep), 1),
            (73, Some(Opco::Akto), 1),
            (74, None, 1),
        ] {
            self.establish("partner-two", &waiting(number, opco, days), Vec::new()).await;
        }
        let used = links().pop().unwrap();
        assert!(self.mail_links().follow_link(&used, used.expires_at - 1).await.unwrap());
    }

    /// Creates an establishment without asking the register, with links beside it.
    pub(crate) async fn establish(&self, partner: &str, recruiter: &Recruiter, links: Vec<StoredLink>) {
        self.recruiters().create_recruiter(partner, recruiter, &told_to_nobody(links)).await.unwrap();
    }

    pub(crate) fn recruiters(&self) -> store::Recruiters {
        store::Recruiters::new(self.import.store.client.clone(), self.import.store.tables.clone())
    }

    fn companies(&self) -> store::Companies {
        store::Companies::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    /// What OPCOs know of companies' addresses.
    pub(crate) fn known_addresses(&self) -> store::KnownAddresses {
        store::KnownAddresses::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    pub(crate) fn mail_links(&self) -> store::Links {
        store::Links::new(self.import.store.client.clone(), self.import.store.tables.clone())
    }

    pub(crate) fn mails(&self) -> store::Mails {
        store::Mails::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    pub(crate) fn bounces(&self) -> store::Bounces {
        store::Bounces::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    pub(crate) fn depositing(&self) -> Depositing {
        let store = &self.import.store;
        Depositing {
            partners: self.partners(),
            requests: store::Requests::new(store.client.clone(), &store.tables),
            clock: Box::new(clock()),
            entropy: Box::new(self.entropy.clone()),
        }
    }

    pub(crate) fn create_establishment(&self) -> create_establishment::Context {
        create_establishment::Context {
            depositing: self.depositing(),
            companies: Box::new(self.companies()),
            addresses: Box::new(self.known_addresses()),
            recruiters: Box::new(self.recruiters()),
        }
    }

    pub(crate) fn offers_desk(&self) -> Offers {
        Offers {
            depositing: self.depositing(),
            recruiters: self.recruiters(),
            cipher: cipher(),
            links: Some(link_key()),
        }
    }

    fn schools(&self) -> Schools {
        Schools::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    pub(crate) fn list_delegations(&self) -> list_delegations::Context {
        list_delegations::Context {
            callers: self.callers(),
            recruiters: self.recruiters(),
            schools: self.schools(),
        }
    }

    pub(crate) fn delegate_offer(&self) -> delegate_offer::Context {
        delegate_offer::Context { offers: self.offers_desk(), schools: self.schools() }
    }

    /// The context of `expire-offers` and `remind-recruiters`, so many seconds later.
    pub(crate) fn calendar(&self, later: i64) -> Calendar {
        Calendar {
            postings: self.postings(),
            recruiters: self.recruiters(),
            cipher: cipher(),
            links: link_key(),
            clock: Box::new(clock_later(later)),
            entropy: Box::new(self.entropy.clone()),
        }
    }

    /// What [`Self::offers_desk`] gives, so many seconds later.
    pub(crate) fn offers_desk_later(&self, later: i64) -> Offers {
        let mut offers = self.offers_desk();
        offers.depositing.clock = Box::new(clock_later(later));
        offers
    }

    pub(crate) fn list_waiting_accounts(&self) -> list_waiting_accounts::Context {
        list_waiting_accounts::Context { callers: self.callers(), recruiters: self.recruiters() }
    }

    pub(crate) fn opco_contacts(&self) -> store::OpcoContacts {
        store::OpcoContacts::new(self.import.store.client.clone(), &self.import.store.tables)
    }

    pub(crate) fn show_link(&self) -> show_link::Context {
        let appointments = Box::new(self.stored_applications().appointments);
        show_link::Context { find: Box::new(self.mail_links()), appointments, clock: Box::new(clock()) }
    }

    pub(crate) fn follow_link(&self) -> follow_link::Context {
        follow_link::Context {
            links: self.mail_links(),
            offers: self.offers_desk(),
            applications: self.stored_applications(),
            cvs: self.cvs(),
            consents: self.consents(),
            link_key: link_key(),
        }
    }

    pub(crate) fn receive_mail_event(&self) -> receive_mail_event::Context {
        receive_mail_event::Context {
            secret_hash: key_hash(MAIL_WEBHOOK_SECRET),
            find: Box::new(self.mails()),
            confirm: Box::new(self.mails()),
            applications: self.stored_applications(),
            cvs: self.cvs(),
            bounce: Box::new(self.bounces()),
            clock: Box::new(clock()),
        }
    }

    pub(crate) fn unsubscribe(&self) -> unsubscribe::Context {
        unsubscribe::Context {
            partners: self.partners(),
            stop: Box::new(self.mail_links()),
            clock: Box::new(clock()),
        }
    }
}

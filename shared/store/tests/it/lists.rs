//! The lists that recruiters stand in: their partner's, and that of the accounts that wait.

use domain::opco::Opco;
use domain::recruiter::{Recruiter, RecruiterStatus};
use store::Recruiters;
use testkit::EmbeddedStore;
use usecases::ports::{
    ChangeRecruiter, CommitError, Consequences, CreateRecruiter, FindOwnEstablishment, FindOwnRecruiter,
    FindWaitingAccount, Guard, ListOwnRecruiters, ListWaitingAccounts, Lists, RecruiterChange,
    RecruiterFilter,
};

use crate::deposits::{OWNER, consequences};

struct Office {
    _store: EmbeddedStore,
    recruiters: Recruiters,
}

/// The `number`-th recruiter: those of an even number are of AKTO, and the others of no OPCO.
fn recruiter(number: u32, status: RecruiterStatus) -> Recruiter {
    let opco = number.is_multiple_of(2).then(|| Opco::Akto.label().to_owned());
    let created = format!("2026-08-{:02}T08:00:00Z", 1 + number);
    let origin = Some(format!("{OWNER}-{}", if number < 3 { "site" } else { "salon" }));
    Recruiter { status, opco, origin, created_at: created.parse().ok(), ..testkit::recruiter(number, 0) }
}

fn id(number: u32) -> String {
    testkit::recruiter(number, 0).establishment_id
}

fn nothing() -> Consequences {
    Consequences { completion: None, ..consequences("none", Guard::Unanswered, Vec::new()) }
}

impl Office {
    async fn with(numbers: impl IntoIterator<Item = u32>, status: RecruiterStatus) -> Self {
        let store = EmbeddedStore::start().await;
        let recruiters = Recruiters::new(store.client.clone(), store.tables.clone());
        let office = Self { _store: store, recruiters };
        for number in numbers {
            office.create(&recruiter(number, status)).await.unwrap();
        }
        office
    }

    async fn create(&self, recruiter: &Recruiter) -> Result<(), CommitError> {
        self.recruiters.create_recruiter(OWNER, recruiter, &nothing()).await
    }

    async fn becomes(&self, number: u32, status: RecruiterStatus, lists: Lists) {
        let seen = self.recruiters.find_own_recruiter(OWNER, &id(number)).await.unwrap().unwrap();
        let recruiter = Recruiter { status, ..seen.recruiter };
        let change = RecruiterChange { recruiter, offers: 0, seen: seen.hash, lists, changes: Vec::new() };
        self.recruiters.change_recruiter(OWNER, &change, &nothing()).await.unwrap();
    }

    async fn listed(&self, filter: RecruiterFilter) -> Vec<String> {
        let found = self.recruiters.list_own_recruiters(OWNER, &filter, 0, 100).await.unwrap();
        assert_eq!(found.total, found.ids.len());
        found.ids
    }

    async fn in_state(&self, status: RecruiterStatus) -> Vec<String> {
        self.listed(RecruiterFilter { status: Some(status), ..RecruiterFilter::default() }).await
    }

    async fn waits(&self, number: u32) -> bool {
        let opco = number.is_multiple_of(2).then_some(Opco::Akto);
        self.recruiters.find_waiting_account(opco, &id(number)).await.unwrap().is_some()
    }

    async fn own(&self, number: u32) -> Option<String> {
        let recruiter = testkit::recruiter(number, 0);
        let (siret, email) = (&recruiter.establishment_siret, &recruiter.email);
        self.recruiters.find_own_establishment(OWNER, siret, email).await.unwrap()
    }

    /// Whether another recruiter may have the address of the first.
    async fn gives_back(&self) -> bool {
        let same =
            Recruiter { email: recruiter(1, RecruiterStatus::Actif).email, ..testkit::recruiter(9, 0) };
        match self.create(&same).await {
            Ok(()) => true,
            Err(CommitError::Taken) => false,
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[tokio::test]
async fn a_new_recruiter_is_entered_in_the_list_of_its_partner_and_waits_only_if_it_must() {
    for (status, waits) in [(RecruiterStatus::EnAttente, true), (RecruiterStatus::Actif, false)] {
        let office = Office::with([1], status).await;
        assert_eq!(office.in_state(status).await, [id(1)]);
        assert_eq!((office.waits(1).await, office.own(1).await), (waits, Some(id(1))));
        let siret = &testkit::recruiter(1, 0).establishment_siret;
        let email = &testkit::recruiter(1, 0).email;
        let other = office.recruiters.find_own_establishment("partner-two", siret, email).await.unwrap();
        assert_eq!(other, None);
        let none = RecruiterFilter::default();
        let others = office.recruiters.list_own_recruiters("partner-two", &none, 0, 10).await.unwrap();
        assert_eq!((others.total, others.ids.len()), (0, 0));
    }
}

#[tokio::test]
async fn an_account_whose_state_changes_is_listed_in_it_and_waits_until_it_is_settled() {
    let office = Office::with([1], RecruiterStatus::EnAttente).await;
    office.becomes(1, RecruiterStatus::Actif, Lists::State).await;
    assert_eq!(office.in_state(RecruiterStatus::Actif).await, [id(1)]);
    assert_eq!(office.listed(RecruiterFilter::default()).await.len(), 1);
    assert!(office.waits(1).await);
    office.becomes(1, RecruiterStatus::Actif, Lists::Settled).await;
    assert!(!office.waits(1).await);
    assert_eq!((office.own(1).await, office.gives_back().await), (Some(id(1)), false));
}

#[tokio::test]
async fn an_account_that_is_archived_for_good_gives_its_address_back_and_no_other_does() {
    for (status, lists) in [
        (RecruiterStatus::Archive, Lists::AsTheyWere),
        (RecruiterStatus::Archive, Lists::State),
        (RecruiterStatus::Actif, Lists::Settled),
    ] {
        let office = Office::with([1], RecruiterStatus::EnAttente).await;
        office.becomes(1, status, lists).await;
        assert_eq!((office.own(1).await, office.gives_back().await), (Some(id(1)), false), "{lists:?}");
    }
    let office = Office::with([1], RecruiterStatus::EnAttente).await;
    office.becomes(1, RecruiterStatus::Archive, Lists::Settled).await;
    assert_eq!((office.own(1).await, office.waits(1).await), (None, false));
    assert_eq!(office.in_state(RecruiterStatus::Archive).await, [id(1)]);
    assert!(office.gives_back().await);
}

#[tokio::test]
async fn accounts_wait_for_their_own_opco_and_are_listed_page_by_page() {
    let office = Office::with(1..=7, RecruiterStatus::EnAttente).await;
    for (opco, numbers) in [(Some(Opco::Akto), vec![2, 4, 6]), (None, vec![1, 3, 5, 7])] {
        let (mut found, mut after) = (Vec::new(), None::<String>);
        for _ in 0..3 {
            let page = office.recruiters.list_waiting_accounts(opco, after.as_deref(), 2).await.unwrap();
            assert!(page.len() <= 2);
            after = page.last().map(|last| last.establishment_id.clone()).or(after);
            found.extend(page);
        }
        let ids: Vec<_> = found.iter().map(|account| account.establishment_id.clone()).collect();
        assert_eq!(ids, numbers.iter().map(|number| id(*number)).collect::<Vec<_>>());
        assert!(found.iter().all(|account| account.owner == OWNER));
        let since = recruiter(numbers[0], RecruiterStatus::EnAttente).created_at.unwrap();
        assert_eq!(found[0].since, since);
    }
    assert!(office.recruiters.list_waiting_accounts(Some(Opco::Ep), None, 2).await.unwrap().is_empty());
    assert!(office.recruiters.find_waiting_account(Some(Opco::Ep), &id(2)).await.unwrap().is_none());
    assert!(office.recruiters.find_waiting_account(None, &id(2)).await.unwrap().is_none());
}

#[tokio::test]
async fn the_recruiters_of_a_partner_are_filtered_and_paged_and_counted_whole() {
    let office = Office::with((1..=6).rev(), RecruiterStatus::Actif).await;
    office.becomes(3, RecruiterStatus::Archive, Lists::State).await;
    let all = RecruiterFilter::default;
    let first = testkit::recruiter(5, 0);
    for (filter, numbers) in [
        (all(), vec![1, 2, 3, 4, 5, 6]),
        (RecruiterFilter { siret: Some(first.establishment_siret), ..all() }, vec![5]),
        (RecruiterFilter { email: Some(first.email), ..all() }, vec![5]),
        (RecruiterFilter { status: Some(RecruiterStatus::Actif), ..all() }, vec![1, 2, 4, 5, 6]),
        (RecruiterFilter { opco: Some(Opco::Akto), ..all() }, vec![2, 4, 6]),
        (RecruiterFilter { origin: Some("site".to_owned()), ..all() }, vec![1, 2]),
        (RecruiterFilter { opco: Some(Opco::Akto), origin: Some("salon".to_owned()), ..all() }, vec![4, 6]),
    ] {
        let expected: Vec<String> = numbers.into_iter().map(id).collect();
        assert_eq!(office.listed(filter.clone()).await, expected);
        let page = office.recruiters.list_own_recruiters(OWNER, &filter, 1, 2).await.unwrap();
        assert_eq!(page.total, expected.len());
        assert_eq!(page.ids, expected.into_iter().skip(1).take(2).collect::<Vec<_>>());
    }
}

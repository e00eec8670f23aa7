//! What the routes share by which a site leads candidates to the form of a training.

use api::request::Request;
use domain::appointment::Referrer;
use store::{BarredAddresses, RdvTrainings};
use usecases::appointments::{FindOpen, Named, Opening};
use usecases::ports::PortError;

use crate::Error;
use crate::callers::Callers;
use crate::clients::Clients;
use crate::environment::Environment;

/// What every request shares that leads somebody to a form.
pub struct Leading {
    /// Who calls.
    pub callers: Callers,
    /// Trainings that one may ask about.
    pub trainings: RdvTrainings,
    /// Who is written to no more.
    pub barred: BarredAddresses,
    /// Where our pages are.
    pub pages: PagesUrl,
}

impl Leading {
    /// Over the tables that `RECORDS_TABLE` and `LEDGER_TABLE` name, to the pages of `PAGES_URL`.
    pub async fn load(environment: Environment) -> Result<Self, Error> {
        let (client, tables) = (Clients::load().await.dynamodb(), environment.tables());
        Ok(Self {
            callers: Callers::over(client.clone(), &tables).await,
            trainings: RdvTrainings::new(client.clone(), &tables),
            barred: BarredAddresses::new(client, &tables),
            pages: PagesUrl::load(environment)?,
        })
    }

    /// The training that is named, as far as it is open to those who come from there.
    pub async fn find(&self, named: Named, referrer: Option<Referrer>) -> Result<Opening, PortError> {
        let open = FindOpen { trainings: &self.trainings, barred: &self.barred };
        open.named(&self.trainings, named, referrer).await
    }
}

/// Where our pages are: what links in mails begin with.
///
/// `{api}` in it stands for the id of this API, which each request tells: a function of the API cannot be told it by the
/// template, where the API stands on its functions.
#[derive(Debug, Clone)]
pub struct PagesUrl(String);

impl PagesUrl {
    /// That of `PAGES_URL`.
    pub fn load(environment: Environment) -> Result<Self, Error> {
        Ok(Self::new(&environment.get("PAGES_URL")?))
    }

    /// This one.
    pub fn new(url: &str) -> Self {
        Self(url.trim_end_matches('/').to_owned())
    }

    /// For a request, without a slash at its end.
    pub fn of(&self, request: &Request) -> String {
        self.0.replace("{api}", &request.api_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_the_api_is_the_requests() {
        let request = Request { api_id: "a1b2".to_owned(), ..Request::default() };
        assert_eq!(
            PagesUrl::new("https://{api}.exemple.invalid/api/").of(&request),
            "https://a1b2.exemple.invalid/api"
        );
        assert_eq!(
            PagesUrl::new("https://pages.exemple.invalid").of(&request),
            "https://pages.exemple.invalid"
        );
    }
}

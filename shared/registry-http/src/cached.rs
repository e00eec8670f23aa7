//! The register, asked as seldom as it may be.

use std::sync::Arc;

use async_trait::async_trait;
use domain::geo::Point;
use domain::registry::{Activity, RegisteredCompany};
use domain::siret::Siret;
use usecases::ports::{
    Clock, FindCompany, FindKeptCompany, FindOpco, Funding, KeptCompany, PortError, PutCompany,
};

/// How long the register need not be asked again, in seconds: a company that closes deposits for a day at most.
const FRESH: u32 = 24 * 60 * 60;
/// How old what we keep may be where the register does not answer, in seconds.
const USABLE: u32 = 30 * 24 * 60 * 60;

/// What we keep of the register, and behind it the register itself and who knows OPCOs, each where there is one.
pub struct CachedRegister {
    /// What we keep.
    pub kept: Box<dyn FindKeptCompany>,
    /// Keeps it.
    pub put: Box<dyn PutCompany>,
    /// The register. Without one, what was loaded from a file stays true.
    pub register: Option<Box<dyn FindCompany>>,
    /// Who knows the OPCO of companies of which nothing else told it.
    pub opco: Option<Box<dyn FindOpco>>,
    /// Tells how old what we keep is.
    pub clock: Arc<dyn Clock>,
}

#[async_trait]
impl FindCompany for CachedRegister {
    async fn find_company(&self, siret: &Siret) -> Result<Option<RegisteredCompany>, PortError> {
        let kept = self.kept.find_kept_company(siret).await?;
        let Some(mut found) = self.current(siret, kept.as_ref()).await? else { return Ok(None) };
        self.fund(&mut found.company, siret).await;
        if kept.as_ref() != Some(&found) {
            self.keep(&found).await;
        }
        Ok(Some(found.company))
    }
}

impl CachedRegister {
    /// What we keep where it is fresh, else what the register says, else what we keep where that is usable.
    async fn current(
        &self,
        siret: &Siret,
        kept: Option<&KeptCompany>,
    ) -> Result<Option<KeptCompany>, PortError> {
        let now = self.clock.seconds();
        let age = kept.map(|kept| now.saturating_sub(kept.fetched_at));
        let register = match &self.register {
            Some(register) if age.is_none_or(|age| age >= FRESH) => register,
            _ => return Ok(kept.cloned()),
        };
        match register.find_company(siret).await {
            Ok(said) => Ok(said.map(|company| KeptCompany {
                company: completed(company, kept.map(|kept| &kept.company)),
                fetched_at: now,
            })),
            Err(error) if age.is_some_and(|age| age < USABLE) => {
                tracing::warn!(error.causes = error.causes(), register.age_s = age, "register not asked");
                Ok(kept.cloned())
            }
            Err(error) => Err(error),
        }
    }

    /// Adds the OPCO. Who does not know it, or does not answer, holds no deposit up.
    async fn fund(&self, company: &mut RegisteredCompany, siret: &Siret) {
        let Some(opco) = &self.opco else { return };
        // Nothing more may be kept of whoever is not diffusible; and whoever is closed needs none.
        if company.opco.is_some() || !company.diffusible || company.activity == Activity::Closed {
            return;
        }
        match opco.find_opco(siret).await {
            Ok(Some(Funding { opco, idcc })) => {
                company.opco = Some(opco.to_owned());
                company.idcc = company.idcc.take().or(idcc);
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(error.causes = error.causes(), "no OPCO"),
        }
    }

    /// What is not kept is asked again the next time, which is no reason to refuse this one.
    async fn keep(&self, found: &KeptCompany) {
        if let Err(error) = self.put.put_company(&found.company, found.fetched_at).await {
            tracing::warn!(error.causes = error.causes(), "establishment not kept");
        }
    }
}

/// The register knows no OPCO, no convention, no wording of activities and no coordinates in degrees: those that a file
/// told stay while they may still be true, and a place is at least that of its commune.
fn completed(mut company: RegisteredCompany, known: Option<&RegisteredCompany>) -> RegisteredCompany {
    if !company.diffusible {
        return company;
    }
    if let Some(known) = known {
        company.opco = company.opco.or_else(|| known.opco.clone());
        company.idcc = company.idcc.or_else(|| known.idcc.clone());
        if company.naf_code == known.naf_code {
            company.naf_label = company.naf_label.or_else(|| known.naf_label.clone());
        }
        if company.address == known.address {
            company.geo_coordinates = company.geo_coordinates.or(known.geo_coordinates);
        }
    }
    company.geo_coordinates = company.geo_coordinates.or_else(|| commune_of(&company));
    company
}

fn commune_of(company: &RegisteredCompany) -> Option<Point> {
    let part = |name: &str| company.address_detail.as_ref()?.get(name)?.as_str();
    let insee = part("code_commune").and_then(|code| code.parse().ok());
    communes::locate(insee.as_ref(), part("code_postal"))
}

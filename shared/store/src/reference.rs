//! Tables of reference.

use async_trait::async_trait;
use domain::naf_romes::NafRomes;
use usecases::ports::{LoadNafRomes, PortError};

use crate::bucket::DataBucket;

const LOAD: &str = "load reference/rome_naf.csv";

#[async_trait]
impl LoadNafRomes for DataBucket {
    async fn load_naf_romes(&self) -> Result<Option<NafRomes>, PortError> {
        let Some(csv) = self.get_whole(LOAD, "reference/rome_naf.csv").await? else { return Ok(None) };
        NafRomes::from_csv(csv.as_slice()).map(Some).map_err(|error| PortError::new(LOAD, error))
    }
}

//! For each event, notes which webhooks of its partner are to be told.

use domain::event::EventMessage;
use domain::webhook::{DeliveryId, body_of};

use crate::ports::{Clock, FileDelivery, ListWebhooks, NewDelivery, PortError};

/// Files what is to be told.
#[derive(Clone, Copy)]
pub struct FileWebhooks<'a> {
    /// Lists webhooks.
    pub list: &'a dyn ListWebhooks,
    /// Files deliveries.
    pub file: &'a dyn FileDelivery,
    /// Tells the time.
    pub clock: &'a dyn Clock,
}

impl FileWebhooks<'_> {
    /// Of how many webhooks something was filed that had not been. An event that comes again is no second one; an error
    /// means that it must come again.
    pub async fn run(&self, message: &EventMessage) -> Result<usize, PortError> {
        let Some(partner) = &message.partner else { return Ok(0) };
        let own = self.list.list_webhooks(partner).await?;
        let wanting = own.webhooks.iter().filter(|webhook| webhook.wants(message.event.kind()));
        let body = body_of(message).map_err(|error| PortError::new("write a message of a webhook", error))?;
        let mut filed = 0;
        for webhook in wanting {
            let new = NewDelivery {
                id: DeliveryId { webhook: webhook.id.clone(), event: message.id.clone() },
                partner: partner.clone(),
                kind: message.event.kind().to_owned(),
                body: body.clone(),
                now: self.clock.seconds(),
            };
            filed += usize::from(self.file.file_delivery(&new).await?);
        }
        Ok(filed)
    }
}

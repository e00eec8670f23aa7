//! Which handler answers the events of which function.

use runtime::environment::Stage;

use crate::world::{Answer, World, clock, run};

/// Answers the event with a handler over its context.
macro_rules! answer {
    ($event:expr, $function:ident, $context:expr) => {{
        let context = $context;
        run($event, |request| $function::handle(&context, request)).await
    }};
}

impl World {
    /// Answers an event with the handler of this function, in the local stage.
    pub(crate) async fn answer(&self, function: &str, event: &str) -> Answer {
        match function {
            "answer-application" => answer!(event, answer_application, self.answer_application()),
            "answer-appointment" => answer!(event, answer_appointment, self.holding(0)),
            "get-appointment" => answer!(event, get_appointment, self.following_appointments()),
            "list-appointments" => answer!(event, list_appointments, self.following_appointments()),
            "recall-appointment" => answer!(event, recall_appointment, self.holding(0)),
            "request-appointment" => answer!(event, request_appointment, self.asking(0)),
            "show-appointment-form" => answer!(event, show_appointment_form, self.asking(0).catalogue),
            "apply" => answer!(event, apply, self.applying()),
            "apply-by-id" => answer!(event, apply_by_id, self.applying()),
            "ask-for-data" => answer!(event, ask_for_data, self.ask_for_data()),
            "get-application" => answer!(event, get_application, self.following()),
            "list-applications" => answer!(event, list_applications, self.following()),
            "create-webhook" => answer!(event, create_webhook, self.create_webhook()),
            "list-webhooks" => answer!(event, list_webhooks, self.managing()),
            "change-webhook" => answer!(event, change_webhook, self.change_webhook()),
            "delete-webhook" => answer!(event, delete_webhook, self.managing()),
            "test-webhook" => answer!(event, test_webhook, self.test_webhook()),
            "close-offer" => answer!(event, close_offer, self.offers_desk()),
            "archive-establishment" => answer!(event, archive_establishment, self.offers_desk()),
            "count-offer-view" => answer!(event, count_offer_view, self.views()),
            "create-establishment" => answer!(event, create_establishment, self.create_establishment()),
            "create-rdv-context" => answer!(event, create_rdv_context, self.leading()),
            "generate-appointment-link" => answer!(event, generate_appointment_link, self.leading()),
            "list-appointment-formations" => {
                answer!(event, list_appointment_formations, self.open_trainings())
            }
            "set-appointment-contact" => answer!(event, set_appointment_contact, self.set_contact()),
            "delegate-offer" => answer!(event, delegate_offer, self.delegate_offer()),
            "deposit-offer" => answer!(event, deposit_offer, self.offers_desk()),
            "edit-offer" => answer!(event, edit_offer, self.offers_desk()),
            "extend-offer" => answer!(event, extend_offer, self.offers_desk()),
            "deposit-offers" => answer!(event, deposit_offers, self.offers_desk()),
            "find-establishment" => answer!(event, find_establishment, self.own_recruiters()),
            "follow-link" => answer!(event, follow_link, self.follow_link()),
            "get-company" => answer!(event, get_company, self.details()),
            "get-jobs-export" => {
                answer!(event, get_jobs_export, self.export(crate::export::exported().await))
            }
            "get-matcha-offer" => answer!(event, get_matcha_offer, self.details()),
            "get-offer-publication" => answer!(event, get_offer_publication, self.own_recruiters()),
            "get-partner-offer" => answer!(event, get_partner_offer, self.details()),
            "get-rome" => answer!(event, get_rome, self.callers()),
            "get-training" => answer!(event, get_training, self.details()),
            "health" => answer!(event, health, self.health()),
            "link-trainings" => answer!(event, link_trainings, self.links()),
            "list-delegations" => answer!(event, list_delegations, self.list_delegations()),
            "list-metiers" => answer!(event, list_metiers, self.callers()),
            "list-metiers-of-establishment" => answer!(event, list_metiers_of_establishment, self.metiers()),
            "list-metiers-of-training" => answer!(event, list_metiers_of_training, self.metiers()),
            "list-multi-published" => answer!(event, list_multi_published, self.multi_published()),
            "list-waiting-accounts" => answer!(event, list_waiting_accounts, self.list_waiting_accounts()),
            "list-recruiters" => answer!(event, list_recruiters, self.own_recruiters()),
            "list-trainings-of-area" => answer!(event, list_trainings_of_area, self.searching().await),
            "match-appellation" => answer!(event, match_appellation, self.callers()),
            "prepare-upload" => answer!(event, prepare_upload, self.uploading()),
            "put-offer" => answer!(event, put_offer, self.offers_desk()),
            "receive-mail-event" => answer!(event, receive_mail_event, self.receive_mail_event()),
            "search-jobs" => answer!(event, search_jobs, self.searching().await),
            "search-jobs-and-diplomas" => answer!(event, search_jobs_and_diplomas, self.callers()),
            "search-jobs-and-trainings" => answer!(event, search_jobs_and_trainings, self.searching().await),
            "search-metiers" => answer!(event, search_metiers, self.callers()),
            "search-rome" => answer!(event, search_rome, self.callers()),
            "search-trainings" => answer!(event, search_trainings, self.searching().await),
            "settle-account" => answer!(event, settle_account, self.offers_desk()),
            "show-link" => answer!(event, show_link, self.show_link()),
            "unsubscribe" => answer!(event, unsubscribe, self.unsubscribe()),
            "version" => answer!(event, version, version::Context { version: "0123abc".to_owned() }),
            _ => panic!("{function} answers no request"),
        }
    }

    async fn searching(&self) -> runtime::searching::Searching {
        self.search(Stage::Local, self.postings()).await
    }

    fn views(&self) -> count_offer_view::Context {
        let store = &self.import.store;
        let views = store::Views::new(store.client.clone(), store.tables.clone());
        count_offer_view::Context { depositing: self.depositing(), views }
    }

    fn health(&self) -> health::Context {
        let store = &self.import.store;
        let store = Box::new(store::Health::new(store.client.clone(), &store.tables));
        health::Context { stage: Stage::Local, store }
    }

    fn links(&self) -> link_trainings::Context {
        let store = &self.import.store;
        link_trainings::Context {
            partners: self.partners(),
            items: Box::new(self.items()),
            trainings: Box::new(store::Trainings::new(store.client.clone(), &store.tables)),
            trades: Box::new(self.trades()),
            open: Box::new(self.rdv_trainings()),
            barred: Box::new(self.barred()),
            clock: Box::new(clock()),
            public_url: "https://site.exemple.invalid".to_owned(),
            pages: crate::appointments::pages(),
        }
    }
}

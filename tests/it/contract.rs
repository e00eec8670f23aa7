//! The parts that must agree: the crates of `functions/`, `template.yaml`, the folders of `events/`, and
//! `infra/openapi.json`, which is generated from the handlers; the messages of the topic `events` and
//! `infra/asyncapi.json`, which is generated from their types. None of it needs the local cloud.
//!
//! `make openapi` and `make asyncapi` write the documents anew.

mod checks;
mod document;
pub(crate) mod examples;
mod messages;
mod project;
mod template;
mod yaml;

use std::fs;

use checks::problems;
use domain::event::{Event, EventMessage};
use project::Project;
use serde_json::{Value, json};

#[test]
fn functions_template_events_and_document_agree() {
    let problems = problems(&Project::load());
    assert!(problems.is_empty(), "\n- {}\n", problems.join("\n- "));
}

/// Compared as JSON: two builds may order the keys of an object differently.
#[test]
fn the_committed_document_is_what_the_handlers_say() {
    let said = document::generate(&Project::load().template);
    let changed = changed("infra/openapi.json", "OPENAPI", &said);
    assert!(changed.is_empty(), "infra/openapi.json is out of date at {changed:#?}: run `make openapi`");
}

#[test]
fn the_committed_message_catalogue_is_what_the_types_say() {
    let changed = changed("infra/asyncapi.json", "ASYNCAPI", &messages::generate(&Project::load().template));
    assert!(changed.is_empty(), "infra/asyncapi.json is out of date at {changed:#?}: run `make asyncapi`");
}

/// Where a committed document differs from what is said now; it is written first where the variable is `write`.
fn changed(file: &str, variable: &str, said: &Value) -> Vec<String> {
    let path = tests::root().join(file);
    if tests::variable(variable).as_deref() == Some("write") {
        fs::write(&path, format!("{said:#}\n")).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    checks::differences(&serde_json::from_str(&committed).unwrap(), said)
}

#[test]
fn every_type_of_message_has_a_file_that_is_read_and_written_back_the_same() {
    let files = tests::events::messages();
    let mut kinds = Event::KINDS;
    kinds.sort_unstable();
    assert_eq!(files.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), kinds);
    for (kind, text) in files {
        let message: EventMessage = serde_json::from_str(&text).unwrap();
        assert_eq!(message.event.kind(), kind);
        assert_eq!(serde_json::to_value(&message).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
    }
}

#[test]
fn every_type_of_message_is_in_the_catalogue_and_its_file_fits() {
    let catalogue = messages::generate(&Project::load().template);
    let described = catalogue["components"]["messages"].as_object().unwrap();
    let mut kinds = Event::KINDS;
    kinds.sort_unstable();
    assert_eq!(described.keys().collect::<Vec<_>>(), kinds);
    for (kind, text) in tests::events::messages() {
        let file: Value = serde_json::from_str(&text).unwrap();
        let errors = |message| examples::errors(&catalogue, &described[&kind]["payload"], message, &kind);
        assert_eq!(errors(&file), Vec::<String>::new());
        let mut damaged = file.clone();
        damaged["data"] = json!({});
        damaged["occurred_at"] = json!("yesterday");
        damaged["version"] = json!(2);
        let misfits = errors(&damaged).join("\n");
        for wanted in ["/data: ", "/occurred_at: ", "/version: "] {
            assert!(misfits.contains(&format!("{kind}{wanted}")), "{misfits}");
        }
    }
}

#[test]
fn every_reference_of_the_catalogue_leads_somewhere() {
    let catalogue = messages::generate(&Project::load().template);
    let references = messages::references(&catalogue);
    assert!(references.len() > Event::KINDS.len(), "{references:?}");
    let lost = references.iter().filter(|reference| {
        reference.strip_prefix('#').and_then(|pointer| catalogue.pointer(pointer)).is_none()
    });
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_example_of_the_document_fits_its_schema() {
    assert_eq!(examples::misfits(&document::generate(&Project::load().template)), Vec::<String>::new());
}

#[test]
fn every_golden_answer_fits_the_document() {
    let (misfits, answers) = examples::answer_misfits(&document::generate(&Project::load().template));
    assert_eq!(misfits, Vec::<String>::new());
    assert!(answers > 0, "no golden answers");
}

#[test]
fn a_closed_object_takes_no_field_that_it_does_not_name() {
    let mut document = document::generate(&Project::load().template);
    let answer = &mut document["paths"]["/version"]["get"]["responses"]["200"];
    answer["content"]["application/json"]["examples"]["version"]["value"]["more"] = json!(1);
    let misfits = examples::misfits(&document);
    assert!(misfits.iter().any(|misfit| misfit.ends_with("/version/more: is not named")), "{misfits:?}");
}

/// Breaks agreements one by one; a check that let one pass would guard nothing.
struct Breaking(Project);

impl Breaking {
    fn is_told(&self, what: &str, wanted: &str, change: &dyn Fn(&mut Project)) {
        let mut project = self.0.clone();
        change(&mut project);
        let problems = problems(&project);
        assert!(problems.iter().any(|problem| problem.contains(wanted)), "{what}: {problems:#?}");
    }
}

fn function(name: &str, rest: &str) -> String {
    format!("/Resources/{name}/Properties{rest}")
}

#[test]
fn every_disagreement_is_reported() {
    let whole = Breaking(Project::load());
    let broken =
        |what: &str, wanted: &str, change: &dyn Fn(&mut Project)| whole.is_told(what, wanted, change);

    broken("a function is not deployed", "get-company: no function GetCompany in the template", &|project| {
        project.remove("/Resources/GetCompany");
    });
    broken("a crate is missing", "health: no crate functions/health", &|project| {
        project.crates.remove("health");
    });
    broken("an event is missing", "version: no file in events/version", &|project| {
        project.events.remove("version");
    });
    broken("an event is nobody's", "paint-offer: no crate", &|project| {
        project.events.insert("paint-offer".to_owned());
    });
    broken("another crate is deployed", "health: its code is Some(\"version\")", &|project| {
        project.set(&function("Health", "/CodeUri"), json!("functions/version"));
    });
    let reader = function("ConsumerQueuePolicy", "/PolicyDocument/Statement/1/Fn::If/1");
    broken("everybody may read a queue", "ConsumerQueuePolicy: {\"AWS\":\"*\"} is let in", &|project| {
        project.set(&format!("{reader}/Principal"), json!({"AWS": "*"}));
    });
    broken("a reader may do all", "ConsumerQueuePolicy: a statement is not exact", &|project| {
        project.set(&format!("{reader}/Action"), json!("sqs:*"));
    });
    broken("a variable is not read", "health: LEDGER_TABLE is given and not read", &|project| {
        project.set(&function("Health", "/Environment/Variables/LEDGER_TABLE"), json!("x"));
    });
    broken("a variable is not given", "search-jobs: DATA_BUCKET is read and not given", &|project| {
        project.remove(&function("SearchJobs", "/Environment/Variables/DATA_BUCKET"));
    });
    broken("a stage is new", "the stages of the document are", &|project| {
        project.set("/Parameters/Stage/AllowedValues", json!(["local", "production"]));
    });
    broken("logs are kept for ever", "health: its log group HealthLogs has no retention", &|project| {
        project.remove("/Resources/HealthLogs/Properties/RetentionInDays");
    });
    broken("any action is allowed", "health: the action dynamodb:* is not exact", &|project| {
        project.set(&function("Health", "/Policies/0/Statement/0/Action"), json!("dynamodb:*"));
    });
    broken("any resource is allowed", "health: the resource \"*\" is not exact", &|project| {
        project.set(&function("Health", "/Policies/0/Statement/0/Resource"), json!("*"));
    });
    broken("a request may scan", "health: may Scan", &|project| {
        project.set(&function("Health", "/Policies/0/Statement/0/Action"), json!(["dynamodb:Scan"]));
    });
    broken("a file that is gone is a failure", "search-trainings: may not list what it reads", &|project| {
        project.remove(&function("SearchTrainings", "/Policies/0/Statement/4"));
    });
    broken("a sender outlives its lease", "send-mail: a lease of", &|project| {
        project.set(&function("SendMail", "/Timeout"), json!(60));
    });
    broken("a caller of webhooks outlives its lease", "send-webhook: a lease of", &|project| {
        project.set(&function("SendWebhook", "/Timeout"), json!(60));
    });
    broken("a request outlives its claim", "deposit-offer: a claim of", &|project| {
        project.set(&function("DepositOffer", "/Timeout"), json!(20));
    });
    broken("a request outlives the gateway", "deposit-offers: the gateway does not wait", &|project| {
        project.set(&function("DepositOffers", "/Timeout"), json!(29));
    });
    broken("messages come again too soon", "MailQueue: its messages come again", &|project| {
        project.set("/Resources/MailQueue/Properties/VisibilityTimeout", json!(60));
    });
    broken("the stream tells too much", "LedgerTable: its stream bears more", &|project| {
        let view = function("LedgerTable", "/StreamSpecification/StreamViewType");
        project.set(&view, json!("NEW_IMAGE"));
    });
    broken("the sweeper has no index", "LedgerTable: no index overdue", &|project| {
        project.set(&function("LedgerTable", "/GlobalSecondaryIndexes"), json!([]));
    });
    broken("the relay hears nothing", "relay-outbox: the filter of its stream", &|project| {
        project.set(&function("RelayOutbox", "/Events"), json!({}));
    });
}

#[test]
fn every_disagreement_about_a_route_is_reported() {
    let whole = Breaking(Project::load());
    let broken =
        |what: &str, wanted: &str, change: &dyn Fn(&mut Project)| whole.is_told(what, wanted, change);

    broken("a route is not documented", "GET /version is not in the document", &|project| {
        project.document["paths"].as_object_mut().unwrap().remove("/version");
    });
    broken("an operation has another name", "version: no operation version", &|project| {
        project.document["paths"]["/version"]["get"]["operationId"] = json!("readVersion");
    });
    let route = |path: &str| function("Api", &format!("/DefinitionBody/paths/{}", path.replace('/', "~1")));
    broken("a route is not deployed", "GET /version is no route of the template", &|project| {
        project.remove(&route("/version"));
    });
    broken("the other spelling is missing", "GET /V1/jobs is missing beside /v1/jobs", &|project| {
        project.remove(&route("/V1/jobs"));
    });
    broken("a route lost its key", "GET /v1/jobs: the template asks for no key", &|project| {
        project.remove(&format!("{}/get/security", route("/v1/jobs")));
    });
    let integration = format!("{}/get/x-amazon-apigateway-integration", route("/v1/jobs"));
    broken("a route is called as nobody", "GET /v1/jobs calls no function as it should", &|project| {
        project.remove(&format!("{integration}/credentials"));
    });
    let callable = function("GatewayRole", "/Policies/0/PolicyDocument/Statement/0/Resource");
    broken("the gateway may not call a route", "GatewayRole may not call SearchJobs", &|project| {
        project.set(&callable, json!([]));
    });
    broken("the gateway may call all", "GatewayRole may call \"*\", which has no route", &|project| {
        project.set(&callable, json!("*"));
    });
    broken("a limit is missing", "GET /V1/jobs has no limit in PartnerPlan", &|project| {
        project.remove(&function("PartnerPlan", "/ApiStages/0/Throttle/~1V1~1jobs~1GET"));
    });
    broken("a limit is another", "GET /v1/jobs: 5 in the document, 7 in PartnerPlan", &|project| {
        project.set(&function("PartnerPlan", "/ApiStages/0/Throttle/~1v1~1jobs~1GET/RateLimit"), json!(7));
    });
    broken("a limit limits nothing", "/v1/job/GET of PartnerPlan is no route", &|project| {
        project
            .set(&function("PartnerPlan", "/ApiStages/0/Throttle/~1v1~1job~1GET"), json!({"RateLimit": 5}));
    });
    broken("the stage lost a limit", "GET /version: 3 in the document, none of the stage", &|project| {
        project.remove("/Resources/Api/Properties/MethodSettings/1");
    });
}

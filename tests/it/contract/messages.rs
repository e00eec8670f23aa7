//! Puts the `AsyncAPI` document together: the messages of the topic `events`, as their types describe themselves, each
//! with its golden file as the example.

mod words;

use domain::event::{EVENT_VERSION, EventMessage};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The document. The template gives the topic, and what each consumer has.
pub(crate) fn generate(template: &Value) -> Value {
    let (messages, schemas) = described();
    let listed: Map<String, Value> = messages.keys().map(|kind| (kind.clone(), message_ref(kind))).collect();
    let resources = &template["Resources"];
    let properties = |name: &str| &resources[name]["Properties"];
    let (queue, dead) = (properties("ConsumerQueue"), properties("ConsumerDeadQueue"));
    let topic = name(&properties("EventsTopic")["TopicName"], "{stack}");
    let [queue_name, dead_name] =
        [queue, dead].map(|one| name(&one["QueueName"], "{stack}-consumer-{consumer}"));
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "API Alternance : événements",
            "version": env!("CARGO_PKG_VERSION"),
            "description": include_str!("messages/delivery.md"),
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {"aws": {
            "host": "sns.eu-west-3.amazonaws.com", "protocol": "sns",
            "description": "AWS, région de Paris. Les messages ne la quittent pas.",
        }},
        "channels": {"events": {
            "address": topic,
            "parameters": {
                "stack": {"description": "La pile CloudFormation du service."},
                "stage": {"description": "L'étape.", "enum": template["Parameters"]["Stage"]["AllowedValues"]},
            },
            "title": "Événements",
            "description": "Un sujet SNS, et une file SQS par consommateur.",
            "servers": [{"$ref": "#/servers/aws"}],
            "messages": listed,
            "bindings": {
                "sns": {"name": topic, "ordering": {"type": "standard"}, "bindingVersion": "0.1.0"},
                "sqs": {
                    "queue": {
                        "name": queue_name, "fifoQueue": false,
                        "visibilityTimeout": queue["VisibilityTimeout"],
                        "messageRetentionPeriod": queue["MessageRetentionPeriod"],
                        "redrivePolicy": {
                            "deadLetterQueue": {"name": dead_name},
                            "maxReceiveCount": queue["RedrivePolicy"]["maxReceiveCount"],
                        },
                    },
                    "deadLetterQueue": {
                        "name": dead_name, "fifoQueue": false,
                        "messageRetentionPeriod": dead["MessageRetentionPeriod"],
                    },
                    "bindingVersion": "0.2.0",
                },
            },
        }},
        "operations": {"publishEvents": {
            "action": "send",
            "channel": {"$ref": "#/channels/events"},
            "title": "Publier un événement",
            "description": "Chaque message va à chaque file dont le filtre le laisse passer.",
            "bindings": {"sns": {
                "consumers": [{
                    "protocol": "sqs", "endpoint": {"name": queue_name},
                    "rawMessageDelivery":
                        properties("ConsumerSubscription")["RawMessageDelivery"],
                }],
                "bindingVersion": "0.1.0",
            }},
        }},
        "components": {"messages": messages, "schemas": schemas},
    })
}

/// A name that a template puts together, as `AsyncAPI` writes what it does not know.
fn name(joined: &Value, stack: &str) -> String {
    let joined = joined["Fn::Sub"].as_str().unwrap();
    joined.replace("${AWS::StackName}", stack).replace("${Stage}", "{stage}")
}

fn message_ref(kind: &str) -> Value {
    json!({"$ref": format!("#/components/messages/{kind}")})
}

/// The messages by their type, and the schemas they refer to. `AsyncAPI` reads schemas as those of draft 7.
fn described() -> (Map<String, Value>, Map<String, Value>) {
    let mut settings = SchemaSettings::draft07();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let whole = Value::from(settings.into_generator().into_root_schema_for::<EventMessage>());
    let mut schemas = whole["components"]["schemas"].as_object().unwrap().clone();
    schemas.iter_mut().for_each(|(name, schema)| words::describe(name, schema));
    let kinds = whole["oneOf"].as_array().unwrap().iter();
    (kinds.map(|kind| message(&whole, kind)).collect(), schemas)
}

/// The derive writes what all messages have apart from what each has; here each is whole.
fn message(whole: &Value, of_kind: &Value) -> (String, Value) {
    let kind = of_kind["properties"]["type"]["const"].as_str().unwrap();
    let merged = |part: &str, add: fn(&mut Value, &Value)| {
        let mut both = whole[part].clone();
        add(&mut both, &of_kind[part]);
        both
    };
    let mut payload = json!({
        "type": "object",
        "properties": merged("properties", |all, more| {
            all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        }),
        "required": merged("required", |all, more| {
            all.as_array_mut().unwrap().extend(more.as_array().unwrap().iter().cloned());
        }),
    });
    words::describe("EventMessage", &mut payload);
    let example: Value = serde_json::from_str(&tests::events::load(&format!("messages/{kind}"))).unwrap();
    let message = json!({
        "name": kind,
        "title": words::of(kind),
        "contentType": "application/json",
        "headers": headers(kind),
        "examples": [{"name": kind, "headers": attributes(kind, &example), "payload": example}],
        "payload": payload,
    });
    (kind.to_owned(), message)
}

/// The attributes beside a message, which filters read.
fn headers(kind: &str) -> Value {
    let mut schema = json!({
        "type": "object",
        "properties": {
            "type": {"type": "string", "const": kind},
            "version": {"type": "string", "const": EVENT_VERSION.to_string()},
            "partner": {"type": "string"},
        },
        "required": ["type", "version"],
    });
    words::describe("Attributes", &mut schema);
    schema
}

fn attributes(kind: &str, message: &Value) -> Value {
    let mut attributes = json!({"type": kind, "version": message["version"].to_string()});
    if let Some(partner) = message.get("partner") {
        attributes["partner"] = partner.clone();
    }
    attributes
}

/// Every reference.
pub(crate) fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str).map(str::to_owned);
            own.into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

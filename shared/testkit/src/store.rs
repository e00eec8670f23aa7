//! An embedded store: the real tables, in memory, behind the real client.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::thread;

use ::store::Tables;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType,
};
use dynoxide::Database;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Every item of a table, by its key; each item as sorted text, so that two stores can be compared.
pub type Dump = BTreeMap<(String, String), String>;

/// An embedded store with the three tables. It ends when it is dropped.
pub struct EmbeddedStore {
    /// A client of it.
    pub client: Client,
    /// The names of its tables.
    pub tables: Tables,
    /// Where it answers.
    pub endpoint: String,
    stop: Option<oneshot::Sender<()>>,
}

impl EmbeddedStore {
    /// Starts one, on a port of its own.
    pub async fn start() -> Self {
        let (stop, stopped) = oneshot::channel();
        let address = serve(stopped).await;
        let endpoint = format!("http://{address}");
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-3"))
            .credentials_provider(Credentials::new("test", "test", None, None, "testkit"))
            .endpoint_url(&endpoint)
            .build();
        let client = Client::from_conf(config);
        let tables = Tables {
            postings: "postings".to_owned(),
            records: "records".to_owned(),
            ledger: "ledger".to_owned(),
        };
        for table in [&tables.postings, &tables.records, &tables.ledger] {
            create(&client, table).await;
        }
        Self { client, tables, endpoint, stop: Some(stop) }
    }

    /// Every item of a table.
    pub async fn dump(&self, table: &str) -> Dump {
        let mut dump = Dump::new();
        let mut pages =
            self.client.scan().table_name(table).consistent_read(true).into_paginator().items().send();
        while let Some(item) = pages.next().await {
            let item: BTreeMap<_, _> = item.expect("the embedded store scans").into_iter().collect();
            let key = |name: &str| match item.get(name) {
                Some(AttributeValue::S(text)) => text.clone(),
                other => panic!("a key that is no text: {other:?}"),
            };
            dump.insert((key("pk"), key("sk")), format!("{item:?}"));
        }
        dump
    }

    /// Every posting and record, which is all that an import leaves.
    pub async fn dumps(&self) -> (Dump, Dump) {
        (self.dump(&self.tables.postings).await, self.dump(&self.tables.records).await)
    }
}

impl Drop for EmbeddedStore {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

/// Serves on a thread of its own, so that a test that is busy does not hold it up.
async fn serve(stopped: oneshot::Receiver<()>) -> SocketAddr {
    let (bound, address) = oneshot::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let database = Database::memory().expect("a database in memory");
            let _ = bound.send(listener.local_addr().expect("the address of a listener"));
            tokio::select! {
                () = dynoxide::server::serve_on(listener, database) => {}
                _ = stopped => {}
            }
        });
    });
    address.await.expect("the embedded store starts")
}

async fn create(client: &Client, table: &str) {
    let mut request = client.create_table().table_name(table).billing_mode(BillingMode::PayPerRequest);
    for (name, kind) in [("pk", KeyType::Hash), ("sk", KeyType::Range)] {
        let key = KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
        let attribute = AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(ScalarAttributeType::S)
            .build();
        request = request
            .key_schema(key.expect("a whole key"))
            .attribute_definitions(attribute.expect("a whole attribute"));
    }
    request.send().await.expect("the embedded store makes tables");
}

//! An embedded store: the real tables, in memory, behind the real client.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::thread;

use ::store::{OVERDUE_INDEX, Tables};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    Projection, ProjectionType, ScalarAttributeType,
};
use dynoxide::Database;
use search::rank::Rank;
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
        let tables = create_tables(&client).await;
        Self { client, tables, endpoint, stop: Some(stop) }
    }

    /// Every item of a table.
    pub async fn dump(&self, table: &str) -> Dump {
        self.items(table).await.into_iter().map(entry).collect()
    }

    /// Every posting and record that an import leaves, without what depends on when it ran: times of writing, and
    /// word of withdrawals.
    pub async fn dumps(&self) -> (Dump, Dump) {
        (self.timeless(&self.tables.postings).await, self.timeless(&self.tables.records).await)
    }

    /// Ids whose withdrawal is told to those who mirror the stock.
    pub async fn withdrawn(&self) -> Vec<String> {
        let items = self.items(&self.tables.postings).await;
        let words = items.iter().filter(|item| is_word(item));
        words.filter_map(|item| search::keys::id_of(text(item, "sk")).map(str::to_owned)).collect()
    }

    async fn timeless(&self, table: &str) -> Dump {
        let items = self.items(table).await;
        items.into_iter().filter(|item| !is_word(item)).map(|item| entry(without_times(item))).collect()
    }

    /// Every item of a table, with all its attributes.
    pub async fn items(&self, table: &str) -> Vec<HashMap<String, AttributeValue>> {
        let pages =
            self.client.scan().table_name(table).consistent_read(true).into_paginator().items().send();
        pages.collect::<Result<_, _>>().await.expect("the embedded store scans")
    }
}

type Item = HashMap<String, AttributeValue>;

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    match item.get(name) {
        Some(AttributeValue::S(text)) => text,
        other => panic!("a key that is no text: {other:?}"),
    }
}

fn entry(item: Item) -> ((String, String), String) {
    let key = (text(&item, "pk").to_owned(), text(&item, "sk").to_owned());
    (key, format!("{:?}", item.into_iter().collect::<BTreeMap<_, _>>()))
}

/// Whether a row of the stock is word of a withdrawal: it has no card.
fn is_word(item: &Item) -> bool {
    let partition = text(item, "pk");
    let is_stock = partition.contains("#stock#") && !partition.ends_with('x');
    is_stock && matches!(item.get("card"), Some(AttributeValue::B(card)) if card.as_ref().is_empty())
}

fn without_times(mut item: Item) -> Item {
    item.remove("changed_at");
    if text(&item, "pk").contains("#stock#") && !text(&item, "pk").ends_with('x') {
        let position = text(&item, "sk").split_once('#').expect("a time, then an id").1.to_owned();
        item.insert("sk".to_owned(), AttributeValue::S(position));
    }
    if let Some(AttributeValue::B(rank)) = item.get("rank") {
        let rank = Rank::unpack(rank.as_ref()).expect("a rank");
        let timeless = Rank { filed_at: 0, ..rank }.pack();
        item.insert("rank".to_owned(), AttributeValue::B(Blob::new(timeless)));
    }
    item
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

/// Makes the three tables in a store that has none.
pub async fn create_tables(client: &Client) -> Tables {
    let tables = Tables {
        postings: "postings".to_owned(),
        records: "records".to_owned(),
        ledger: "ledger".to_owned(),
    };
    for table in [&tables.postings, &tables.records] {
        create(client, table, None).await;
    }
    create(client, &tables.ledger, Some(overdue())).await;
    tables
}

/// The index of what is owed: the same as in the template.
fn overdue() -> GlobalSecondaryIndex {
    let keys = [("due_shard", KeyType::Hash), ("due_at", KeyType::Range)].map(|(name, kind)| key(name, kind));
    let projection = Projection::builder().projection_type(ProjectionType::KeysOnly).build();
    let index = GlobalSecondaryIndex::builder()
        .index_name(OVERDUE_INDEX)
        .set_key_schema(Some(keys.to_vec()))
        .projection(projection);
    index.build().expect("a whole index")
}

fn key(name: &str, kind: KeyType) -> KeySchemaElement {
    KeySchemaElement::builder().attribute_name(name).key_type(kind).build().expect("a whole key")
}

fn attribute(name: &str, kind: ScalarAttributeType) -> AttributeDefinition {
    let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(kind);
    attribute.build().expect("a whole attribute")
}

async fn create(client: &Client, table: &str, index: Option<GlobalSecondaryIndex>) {
    let mut request = client.create_table().table_name(table).billing_mode(BillingMode::PayPerRequest);
    for (name, kind) in [("pk", KeyType::Hash), ("sk", KeyType::Range)] {
        request = request
            .key_schema(key(name, kind))
            .attribute_definitions(attribute(name, ScalarAttributeType::S));
    }
    if let Some(index) = index {
        request = request
            .global_secondary_indexes(index)
            .attribute_definitions(attribute("due_shard", ScalarAttributeType::S))
            .attribute_definitions(attribute("due_at", ScalarAttributeType::N));
    }
    request.send().await.expect("the embedded store makes tables");
}

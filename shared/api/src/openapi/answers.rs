//! A builder of the answers of one route.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema as JsonSchema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::conditional;
use crate::errors::shapes::{ZLbacError, ZLbarError, ZResError};
use crate::errors::{ApiError, Context, DepositRefusal, Issue, Schema};
use crate::request::BadRequest;

/// What a route answers, by status.
pub(super) type Responses = BTreeMap<String, RefOr<Response>>;

/// One example: its name, when it happens, the body.
pub(super) type Example = (&'static str, &'static str, Value);

/// The answers of a route, in the making. Those that the gateway makes by itself are added from the template
/// when the document is put together.
pub(super) struct Answers(Responses);

impl Answers {
    /// What every route may answer: a request that cannot be read, and our own failure.
    pub(super) fn new() -> Self {
        let late = error::<ZResError>(TIMED_OUT_TEXT, vec![TIMED_OUT.example()]);
        Self(BTreeMap::new())
            .with("500", error::<ZResError>(FAILED_TEXT, vec![FAILED.example()]))
            .with("503", late.header("retry-after", retry_after()))
    }

    /// None yet, to add to those of another route.
    pub(super) fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// The same for a route that needs a key.
    pub(super) fn keyed() -> Self {
        let refusals = vec![UNKNOWN_KEY.example(), SUSPENDED.example()];
        Self::new().with("403", error::<ZResError>("Clé refusée.", refusals))
    }

    /// The same for a route that needs the right to deposit.
    pub(super) fn depositing() -> Self {
        Self::with_right("Clé refusée, ou sans le droit de déposer.")
    }

    /// The same for a route that needs another right, with what a 403 means there.
    pub(super) fn with_right(text: &str) -> Self {
        let refusals = vec![UNKNOWN_KEY.example(), SUSPENDED.example(), NO_RIGHT.example()];
        Self::new().with("403", error::<ZResError>(text, refusals))
    }

    pub(super) fn with(mut self, status: &str, response: ResponseBuilder) -> Self {
        self.0.insert(status.to_owned(), response.header("x-request-id", request_id()).build().into());
        self
    }

    /// 200 of a `GET`, with a body of this type.
    pub(super) fn found<T: ToSchema>(self, description: &str, examples: Vec<Example>) -> Self {
        self.kept(error::<T>(description, examples))
    }

    /// 200 of a `GET`, which its caller may keep and ask for again; 304 where it still holds.
    pub(super) fn kept(self, found: ResponseBuilder) -> Self {
        self.with("200", conditional::tagged(found)).with("304", conditional::same())
    }

    /// 400 where only the frame refuses.
    pub(super) fn unreadable(self) -> Self {
        self.with("400", error::<ZResError>("Requête illisible.", vec![UNREADABLE.example()]))
    }

    pub(super) fn build(self) -> Responses {
        self.0
    }
}

/// A response with a JSON body.
pub(super) fn error<T: ToSchema>(description: &str, examples: Vec<Example>) -> ResponseBuilder {
    response(description, Ref::from_schema_name(T::name()), examples)
}

/// The same response in the words of schema.org too, which define its shape.
pub(super) fn or_linked_data(response: ResponseBuilder, kind: &str, example: Example) -> ResponseBuilder {
    let schema = ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some(format!("JSON-LD : <https://schema.org/{kind}>.")))
        .build();
    let (name, summary, value) = example;
    let example = ExampleBuilder::new().summary(summary).value(Some(value)).build();
    let schema = RefOr::T(JsonSchema::Object(schema));
    let content = ContentBuilder::new().schema(Some(schema)).examples_from_iter([(name, example)]).build();
    response.content("application/ld+json", content)
}

/// A response whose body is a list, which has no name of its own.
pub(super) fn list(description: &str, schema: JsonSchema, examples: Vec<Example>) -> ResponseBuilder {
    response(description, RefOr::T(schema), examples)
}

/// 400 of `GET /v1/jobs`: either family, never both.
pub(super) fn two_families(description: &str, examples: Vec<Example>) -> ResponseBuilder {
    beside_the_frame::<ZLbacError>(description, examples)
}

/// 400 of the routes that deposit: either family, never both.
pub(super) fn families_of_deposits(description: &str, examples: Vec<Example>) -> ResponseBuilder {
    beside_the_frame::<ZLbarError>(description, examples).header("x-error-code", error_code())
}

fn beside_the_frame<T: ToSchema>(description: &str, examples: Vec<Example>) -> ResponseBuilder {
    let families = OneOfBuilder::new()
        .item(Ref::from_schema_name(T::name()))
        .item(Ref::from_schema_name(ZResError::name()))
        .build();
    response(description, RefOr::T(families.into()), examples)
}

fn response(
    description: &str,
    schema: impl Into<RefOr<JsonSchema>>,
    examples: Vec<Example>,
) -> ResponseBuilder {
    let examples = examples.into_iter().map(|(name, summary, value)| {
        (name, ExampleBuilder::new().summary(summary).value(Some(value)).build())
    });
    let content = ContentBuilder::new().schema(Some(schema)).examples_from_iter(examples).build();
    ResponseBuilder::new().description(description).content("application/json", content)
}

/// A refusal to show, made by the very code that answers it.
pub(super) struct Shown {
    name: &'static str,
    summary: &'static str,
    error: fn() -> ApiError,
}

impl Shown {
    pub(super) fn example(&self) -> Example {
        let body = (self.error)().response("6f9a1c1e-8f0e-4a0f-9a35-3f0a2e7a2c11").body;
        (self.name, self.summary, serde_json::from_str(&body.text()).unwrap_or(Value::Null))
    }

    pub(super) const fn new(name: &'static str, summary: &'static str, error: fn() -> ApiError) -> Self {
        Self { name, summary, error }
    }
}

const FAILED_TEXT: &str = "Défaillance de notre côté, sans détail : réessayez, puis écrivez à l'équipe avec \
     `data.request_id`.";
const FAILED: Shown =
    Shown::new("failed", "Erreur du service", || ApiError::internal("an example, never shown"));
const TIMED_OUT_TEXT: &str =
    "Le service n'a pas répondu à temps : réessayez après le délai de `Retry-After`.";
pub(super) const TIMED_OUT: Shown = Shown::new("timedOut", "Délai dépassé", || ApiError::TimedOut);
const UNKNOWN_KEY: Shown =
    Shown::new("unknownKey", "Clé connue de la passerelle, d'aucun partenaire", || ApiError::UnknownKey);
const SUSPENDED: Shown = Shown::new("suspended", "Partenaire suspendu", || ApiError::Suspended);
const NO_RIGHT: Shown = Shown::new("noRight", "Partenaire sans ce droit", || ApiError::NoRight);
pub(super) const UNREADABLE: Shown =
    Shown::new("malformedEscape", "Caractère mal encodé", || BadRequest::MalformedEscape.into());
pub(super) const NOT_A_NUMBER: Shown =
    Shown::new("notANumber", "Erreur de type : évaluée d'abord, et seule", || {
        let issues = vec![Issue::not_a_number("latitude")];
        Schema { context: Context::Querystring, issues }.into()
    });

fn request_id() -> Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .description(Some("Identifiant de la requête, à donner à l'équipe en cas de problème."))
        .build()
}

fn error_code() -> Header {
    HeaderBuilder::new()
        .schema(Some(RefOr::from(Ref::from_schema_name(DepositRefusal::name()))))
        .description(Some("Code stable du refus, pour vos programmes. Présent quand `error` est `true`."))
        .build()
}

impl ToSchema for DepositRefusal {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("RefusalCode")
    }
}

/// What `x-error-code` may say: the codes of the very refusals.
impl PartialSchema for DepositRefusal {
    fn schema() -> RefOr<JsonSchema> {
        let text = "Pourquoi un dépôt, ou un changement de ce qui est déposé, est refusé.";
        let codes = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Self::codes()));
        codes.description(Some(text)).into()
    }
}

pub(super) fn retry_after() -> Header {
    let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).build();
    HeaderBuilder::new().schema(Some(seconds)).description(Some("Secondes à attendre.")).build()
}

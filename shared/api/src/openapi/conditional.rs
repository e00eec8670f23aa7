//! What a `GET` says of an answer that its caller may keep.

use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};

/// `If-None-Match`, which every `GET` reads.
#[derive(Debug)]
pub struct IfNoneMatchHeader;

impl IntoParams for IfNoneMatchHeader {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![if_none_match()]
    }
}

pub(super) fn if_none_match() -> Parameter {
    ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "L'`ETag` d'une réponse que vous avez gardée (ou plusieurs, séparées par des virgules) : 304 sans corps si \
             elle vaut encore.",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .build()
}

/// A response that its caller may keep.
pub(super) fn tagged(response: ResponseBuilder) -> ResponseBuilder {
    response.header("etag", etag()).header("cache-control", cache_control())
}

/// What is answered to who holds the response already.
pub(super) fn same() -> ResponseBuilder {
    tagged(ResponseBuilder::new().description(
        "Rien n'a changé depuis la réponse dont `If-None-Match` donne l'`ETag` : gardez-la. Sans corps.",
    ))
}

fn etag() -> Header {
    HeaderBuilder::new()
        .schema(Some(
            ObjectBuilder::new().schema_type(Type::String).pattern(Some("^W/\"[0-9a-f]{32}\"$")).build(),
        ))
        .description(Some("Empreinte du corps, à renvoyer dans `If-None-Match`."))
        .build()
}

fn cache_control() -> Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .description(Some(
            "`private, no-cache` : gardez la réponse pour vous, et redemandez-la avant chaque usage.",
        ))
        .build()
}

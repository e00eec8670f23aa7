//! What a `GET` says of an answer that its caller may keep, and the headers that make requests conditional.

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
    let text = "L'`ETag` d'une réponse que vous avez gardée (ou plusieurs, séparées par des virgules) : 304 sans corps si \
         elle vaut encore.";
    condition("If-None-Match", text)
}

/// `If-Match`, with what it means on a route that writes.
pub(super) fn if_match(text: &str) -> Parameter {
    condition("If-Match", text)
}

fn condition(name: &str, text: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use utoipa::IntoResponses;

    use crate::openapi::{
        CountedResponses, HealthResponses, JobsAndTrainingsResponses, JobsResponses, MatchaResponses,
        PartnerOfferResponses, TrainingResponses,
    };

    fn said<T: IntoResponses>() -> Value {
        serde_json::to_value(T::responses()).unwrap()
    }

    #[test]
    fn a_get_tells_its_tag_and_its_304_and_a_post_neither() {
        for said in [said::<JobsResponses>(), said::<TrainingResponses>(), said::<HealthResponses>()] {
            assert!(said["200"]["headers"]["etag"].is_object(), "{said}");
            assert!(said["304"]["headers"]["etag"].is_object(), "{said}");
            assert_eq!(said["304"].get("content"), None);
        }
        let counted = said::<CountedResponses>();
        assert_eq!((counted.get("304"), counted["200"]["headers"].get("etag")), (None, None));
    }

    #[test]
    fn routes_of_offers_have_two_forms_and_a_whole_example_of_each() {
        for (said, kind) in [
            (said::<JobsResponses>(), "ItemList"),
            (said::<JobsAndTrainingsResponses>(), "ItemList"),
            (said::<MatchaResponses>(), "JobPosting"),
            (said::<PartnerOfferResponses>(), "JobPosting"),
        ] {
            let content = &said["200"]["content"];
            assert!(content["application/json"].is_object(), "{said}");
            let examples = content["application/ld+json"]["examples"].as_object().unwrap();
            for example in examples.values() {
                assert_eq!(example["value"]["@type"], json!(kind));
            }
            assert_eq!(examples.len(), 1);
        }
    }
}

//! Objects as tables: each field with what it takes and what it is, in French.

use serde_json::Value;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, SchemaType,
    Type,
};
use utoipa::openapi::{Ref, RefOr};

/// The name of a field, what it takes, what it is.
pub(super) type Field = (&'static str, fn() -> Schema, &'static str);

/// An object of these fields and no others. `required` are those that are always there.
pub(super) fn closed(text: &str, required: &[&str], fields: &[Field]) -> ObjectBuilder {
    object(text, required, fields)
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
}

/// An object of these fields, and whatever else its sender likes.
pub(super) fn open(text: &str, required: &[&str], fields: &[Field]) -> ObjectBuilder {
    object(text, required, fields).additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(true)))
}

/// The names of all of these fields: where an answer always has each.
pub(super) fn names(fields: &[Field]) -> Vec<&'static str> {
    fields.iter().map(|(name, ..)| *name).collect()
}

fn object(text: &str, required: &[&str], fields: &[Field]) -> ObjectBuilder {
    let object = ObjectBuilder::new().schema_type(Type::Object).description(Some(text));
    let object = fields
        .iter()
        .fold(object, |object, (name, takes, text)| object.property(*name, described(takes(), text)));
    required.iter().fold(object, |object, name| object.required(*name))
}

fn described(mut schema: Schema, text: &str) -> RefOr<Schema> {
    match &mut schema {
        Schema::Object(object) => object.description = Some(text.to_owned()),
        Schema::Array(array) => array.description = Some(text.to_owned()),
        _ => {}
    }
    RefOr::T(schema)
}

fn of(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind)
}

fn or_null(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null]))
}

fn date(builder: ObjectBuilder) -> Schema {
    builder.format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).build().into()
}

pub(super) fn text() -> Schema {
    of(Type::String).build().into()
}

pub(super) fn text_or_null() -> Schema {
    or_null(Type::String).build().into()
}

pub(super) fn date_or_null() -> Schema {
    date(or_null(Type::String))
}

pub(super) fn count() -> Schema {
    of(Type::Integer).minimum(Some(0)).build().into()
}

pub(super) fn count_or_null() -> Schema {
    or_null(Type::Integer).minimum(Some(0)).build().into()
}

pub(super) fn flag() -> Schema {
    of(Type::Boolean).build().into()
}

pub(super) fn flag_or_null() -> Schema {
    or_null(Type::Boolean).build().into()
}

/// An object whose fields are the source's own.
pub(super) fn any_object_or_null() -> Schema {
    or_null(Type::Object).build().into()
}

pub(super) fn siret() -> Schema {
    pattern("^[0-9]{14}$")
}

pub(super) fn email() -> Schema {
    of(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Email))).build().into()
}

/// A text of this form.
pub(super) fn pattern(pattern: &str) -> Schema {
    of(Type::String).pattern(Some(pattern)).build().into()
}

/// The same, or nothing: null, or the empty text, which the pattern must take.
pub(super) fn pattern_or_null(pattern: &str) -> Schema {
    or_null(Type::String).pattern(Some(pattern)).build().into()
}

/// A text of at most so many characters, and at least one.
pub(super) fn short(max_chars: usize) -> Schema {
    of(Type::String).min_length(Some(1)).max_length(Some(max_chars)).build().into()
}

/// The same, or nothing.
pub(super) fn short_or_null(max_chars: usize) -> Schema {
    or_null(Type::String).max_length(Some(max_chars)).build().into()
}

/// A whole number between two others.
pub(super) fn between(least: u32, most: u32) -> Object {
    of(Type::Integer).minimum(Some(least)).maximum(Some(most)).build()
}

/// One of these texts, or nothing.
pub(super) fn one_of_or_null<'a>(values: impl IntoIterator<Item = &'a str>) -> Schema {
    let values = values.into_iter().map(Value::from).chain([Value::Null]);
    or_null(Type::String).enum_values(Some(values)).build().into()
}

/// A list of these.
pub(super) fn list(items: impl Into<RefOr<Schema>>) -> ArrayBuilder {
    ArrayBuilder::new().items(items.into())
}

/// A list of the objects that the document has under this name.
pub(super) fn list_of(name: &str) -> Schema {
    list(Ref::from_schema_name(name)).build().into()
}

/// A SIRET that nobody has, and whose key is right.
pub(super) const NO_SIRET: &str = "00004154100012";

#[cfg(test)]
mod tests {
    use domain::siret::Siret;

    use super::*;

    #[test]
    fn the_siret_of_examples_is_one() {
        assert!(NO_SIRET.parse::<Siret>().is_ok());
    }
}

//! The JSON Schema of the summary, generated from the types so that it cannot drift from them.

use super::Summary;

impl Summary {
    /// The JSON Schema (draft 2020-12) of the summary, for editors and other languages.
    ///
    /// It accepts unknown fields, as [`Summary::from_json`] does. What a schema cannot say (dates
    /// inside the period, coverage against the length of the month) only `from_json` checks.
    pub fn json_schema() -> serde_json::Value {
        let mut schema = schemars::schema_for!(Summary);
        // An identifier and not an address: nothing is fetched from it.
        schema.insert("$id".to_owned(), "urn:wrapped:summary:1".into());
        schema.insert("title".to_owned(), "Listening summary, version 1".into());
        schema.to_value()
    }
}

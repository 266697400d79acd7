//! The shapes of what pages hold as JSON, read from `shapes.txt` into JSON Schema.

use entente_account::ConflictKind;
use entente_base::record::{EventType, Status};
use serde_json::{Map, Value, json};

const SHAPES: &str = include_str!("shapes.txt");

/// All shapes by name, and the values that have a name.
pub(crate) fn all() -> Map<String, Value> {
    let of = |names: &[&str]| json!({"type": "string", "enum": names});
    let mut shapes: Map<String, Value> = [
        ("EventType", of(&EventType::NAMES)),
        ("Status", of(&Status::NAMES)),
        ("ConflictKind", of(&ConflictKind::ALL.map(ConflictKind::name))),
        ("PledgeStatus", of(&["done", "changed", "dropped", "overdue", "open"])),
        ("Bound", of(&["exact", "about", "at_least", "at_most", "less_than"])),
    ]
    .map(|(name, schema)| (name.to_owned(), schema))
    .into_iter()
    .collect();
    for line in SHAPES.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, fields)) = line.split_once(": ") {
            shapes.insert(name.to_owned(), object(fields));
        }
    }
    shapes
}

fn object(fields: &str) -> Value {
    let fields = fields.split(", ").filter_map(|field| field.split_once(' '));
    let needed: Vec<&str> =
        fields.clone().map(|(name, _)| name).filter(|name| !name.ends_with('?')).collect();
    let properties: Map<String, Value> =
        fields.map(|(name, kind)| (name.trim_end_matches('?').to_owned(), schema(kind))).collect();
    json!({"type": "object", "required": needed, "properties": properties, "additionalProperties": false})
}

/// The schema of a type as `shapes.txt` writes it.
fn schema(kind: &str) -> Value {
    if let Some(kind) = kind.strip_suffix('?') {
        return json!({"anyOf": [schema(kind), {"type": "null"}]});
    }
    let within = |open: char, close: char| kind.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    if let Some(items) = within('[', ']') {
        return json!({"type": "array", "items": schema(items)});
    }
    if let Some(items) = within('(', ')') {
        let items: Vec<Value> = items.split(' ').map(schema).collect();
        return json!({"type": "array", "prefixItems": items, "items": false, "minItems": items.len()});
    }
    match kind {
        "any" => json!({}),
        "integer" => json!({"type": "integer", "minimum": 0}),
        "string" | "number" | "boolean" => json!({"type": kind}),
        named if named.starts_with(char::is_uppercase) => {
            json!({"$ref": format!("#/components/schemas/{named}")})
        }
        values => json!({"type": "string", "enum": values.split('|').collect::<Vec<_>>()}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_that_is_named_is_told() {
        let shapes = all();
        let text = serde_json::to_string(&shapes).unwrap();
        let named = text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next());
        for name in named {
            assert!(shapes.contains_key(name), "{name} is told nowhere");
        }
        assert_eq!(schema("[(Status integer)]?")["anyOf"][0]["items"]["prefixItems"][1]["type"], "integer");
    }
}

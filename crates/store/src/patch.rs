//! What a correction gives for an item: fields and values as people write them, checked, as a record holds them.

use crate::correct::CorrectionError;
use crate::diff::ItemKind;
use entente_base::record::{DOMAINS, EventType, MEASURES, Status};
use entente_base::{Edtf, Lexicon};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Some of these, between commas.
    SomeOf(&'static [&'static str]),
    /// A number.
    Number,
    /// An EDTF value.
    Date,
    /// Codes of states or bodies, between commas.
    Parties,
    /// Codes of states, between commas.
    States,
    /// A code of a state or body.
    Party,
    /// A CAMEO code.
    Cameo,
    /// Names of entities, between commas.
    Names,
    /// The name of an entity.
    Name,
    /// Any words.
    Words,
}

/// A field that can be corrected.
#[derive(Debug, Clone, Copy)]
struct Field {
    name: &'static str,
    form: Form,
    /// Whether it may be unknown.
    optional: bool,
    /// Whether an item that is added needs it.
    needed: bool,
}

const fn field(name: &'static str, form: Form) -> Field {
    Field { name, form, optional: false, needed: false }
}

const fn needed(name: &'static str, form: Form) -> Field {
    Field { name, form, optional: false, needed: true }
}

const fn optional(name: &'static str, form: Form) -> Field {
    Field { name, form, optional: true, needed: false }
}

/// The CAMEO root of each of [`EventType::ALL`], for an event whose type alone is known.
const ROOTS: [&str; 16] =
    ["04", "057", "05", "06", "07", "08", "087", "10", "11", "12", "13", "14", "163", "15", "17", "19"];
const MODES: &[&str] = &["meeting", "visit", "call", "video", "multilateral", "mediation"];
const BOUNDS: &[&str] = &["exact", "about", "at_least", "at_most", "less_than"];
const KINDS: &[&str] = &["state", "person", "organization", "place"];
const ACTS: &[&str] =
    &["assert", "assess", "praise", "criticize", "call", "pledge", "deny", "warn", "explain", "thank"];
const STANCES: &[&str] = &["support", "oppose", "understanding", "neutral", "concern"];

/// The fields of an item that can be corrected.
const fn fields(kind: ItemKind) -> &'static [Field] {
    match kind {
        ItemKind::Event => {
            const {
                &[
                    needed("type", Form::OneOf(&EventType::NAMES)),
                    optional("mode", Form::OneOf(MODES)),
                    field("cameo", Form::Cameo),
                    needed("source", Form::Parties),
                    field("target", Form::Parties),
                    field("participants", Form::Names),
                    field("status", Form::OneOf(&Status::NAMES)),
                    optional("date", Form::Date),
                    optional("place", Form::Words),
                    needed("domains", Form::SomeOf(&DOMAINS)),
                    optional("attributed_to", Form::Name),
                ]
            }
        }
        ItemKind::Figure => {
            const {
                &[
                    needed("value", Form::Number),
                    optional("value_to", Form::Number),
                    needed("unit", Form::Words),
                    field("bound", Form::OneOf(BOUNDS)),
                    needed("measure", Form::OneOf(&MEASURES)),
                    field("of", Form::States),
                    optional("period", Form::Date),
                    optional("rank", Form::Words),
                ]
            }
        }
        ItemKind::Mention => {
            const {
                &[
                    needed("kind", Form::OneOf(KINDS)),
                    field("states", Form::States),
                    field("entity", Form::Words),
                ]
            }
        }
        ItemKind::Time => const { &[needed("value", Form::Date)] },
        ItemKind::Statement => {
            const {
                &[
                    needed("speaker", Form::Names),
                    needed("act", Form::OneOf(ACTS)),
                    optional("via", Form::Name),
                    optional("date", Form::Date),
                ]
            }
        }
        ItemKind::Commitment => {
            const {
                &[
                    needed("by", Form::Parties),
                    optional("due", Form::Date),
                    field("status", Form::OneOf(&["open", "done", "dropped"])),
                    optional("speaker", Form::Name),
                ]
            }
        }
        ItemKind::Position => {
            const {
                &[
                    needed("holder", Form::Party),
                    needed("issue", Form::Words),
                    needed("stance", Form::OneOf(STANCES)),
                    optional("toward", Form::Party),
                ]
            }
        }
        ItemKind::Entity | ItemKind::Term => const { &[] },
    }
}

/// The codes that values are checked against.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    states: BTreeSet<String>,
    bodies: BTreeSet<String>,
    cameo: BTreeMap<String, f64>,
}

impl Codes {
    /// Those of a lexicon.
    ///
    /// # Errors
    /// When a file of it is not of its form.
    pub fn load(lexicon: &Lexicon) -> Result<Self, entente_base::LexiconError> {
        let column = |prefix: &str| -> Result<BTreeSet<String>, entente_base::LexiconError> {
            Ok(lexicon.rows(prefix)?.iter().map(|row| row.get("code").to_owned()).collect())
        };
        let mut cameo = BTreeMap::new();
        for row in lexicon.rows("event/cameo.tsv")? {
            if let Ok(goldstein) = row.need("goldstein")?.trim_start_matches('+').parse() {
                cameo.insert(row.need("code")?.to_owned(), goldstein);
            }
        }
        Ok(Self {
            states: column("mention/actor/state.tsv")?,
            bodies: column("mention/actor/body.tsv")?,
            cameo,
        })
    }

    fn is_party(&self, code: &str) -> bool {
        self.states.contains(code) || self.bodies.contains(code)
    }
}

fn expected(form: Form) -> String {
    match form {
        Form::OneOf(known) => known.join(", "),
        Form::SomeOf(known) => format!("some of {}, between commas", known.join(", ")),
        Form::Number => "a number in base units: 240100000000".to_owned(),
        Form::Date => "a date or interval: 2024, 2024-05-16, 2025-05-07/2025-05-10".to_owned(),
        Form::Parties => "codes of states or bodies between commas: CHN,RUS,SCO".to_owned(),
        Form::States => "codes of states between commas: CHN,RUS".to_owned(),
        Form::Party => "a code of a state or body: CHN".to_owned(),
        Form::Cameo => "a CAMEO code: 042".to_owned(),
        Form::Names => "names of entities of the document, between commas".to_owned(),
        Form::Name => "the name of an entity of the document".to_owned(),
        Form::Words => "words".to_owned(),
    }
}

/// Items between commas, without those that are empty.
fn list(text: &str) -> Vec<String> {
    text.split([',', '、']).map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// A value as a record holds it; `None` where it is not of the form.
fn value(form: Form, text: &str, codes: &Codes) -> Option<Value> {
    let all = |known: &dyn Fn(&str) -> bool| {
        let mut items = list(text);
        items.sort();
        items.dedup();
        items.iter().all(|item| known(item)).then(|| json!(items))
    };
    match form {
        Form::OneOf(known) => known.contains(&text).then(|| json!(text)),
        Form::SomeOf(known) => {
            let items = list(text);
            (!items.is_empty() && items.iter().all(|item| known.contains(&item.as_str())))
                .then(|| json!(items))
        }
        Form::Number => {
            text.replace(',', "").parse::<f64>().ok().filter(|it| it.is_finite()).map(|it| json!(it))
        }
        Form::Date => text.parse::<Edtf>().ok().map(|_| json!(text)),
        Form::Parties => all(&|code| codes.is_party(code)),
        Form::States => all(&|code| codes.states.contains(code)),
        Form::Party => codes.is_party(text).then(|| json!(text)),
        Form::Cameo => codes.cameo.contains_key(text).then(|| json!(text)),
        Form::Names => Some(json!(list(text))),
        Form::Name | Form::Words => (!text.is_empty()).then(|| json!(text)),
    }
}

/// Fields as people write them, as a record holds them; entities by name. `added`: for an item that is added.
pub(crate) fn patch(
    kind: ItemKind,
    given: &[(String, String)],
    added: bool,
    codes: &Codes,
) -> Result<Map<String, Value>, CorrectionError> {
    let known = fields(kind);
    let mut patch = Map::new();
    for (name, text) in given {
        let Some(field) = known.iter().find(|field| field.name == name) else {
            let known = known.iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
            return Err(CorrectionError::Field { kind: kind.name(), field: name.clone(), known });
        };
        let text = text.trim();
        let made = if field.optional && text.is_empty() {
            Some(Value::Null)
        } else {
            value(field.form, text, codes)
        };
        let must = matches!(field.form, Form::Names) && kind == ItemKind::Statement
            || field.needed && matches!(field.form, Form::Parties);
        let empty = made.as_ref().and_then(Value::as_array).is_some_and(Vec::is_empty);
        let Some(made) = made.filter(|_| !(must && empty)) else {
            let expected = expected(field.form);
            return Err(CorrectionError::Value { field: name.clone(), value: text.to_owned(), expected });
        };
        if patch.insert(name.clone(), made).is_some() {
            return Err(CorrectionError::Twice { field: name.clone() });
        }
    }
    if added {
        if let Some(field) = known.iter().find(|field| field.needed && !patch.contains_key(field.name)) {
            return Err(CorrectionError::Missing { field: field.name });
        }
    } else if patch.is_empty() {
        return Err(CorrectionError::Nothing);
    }
    if kind == ItemKind::Event {
        // A type alone brings the CAMEO code of its root.
        let at = patch
            .get("type")
            .and_then(Value::as_str)
            .and_then(|it| EventType::NAMES.iter().position(|known| *known == it));
        if let Some(root) = at.and_then(|at| ROOTS.get(at)).filter(|_| !patch.contains_key("cameo")) {
            patch.insert("cameo".to_owned(), json!(root));
        }
        let cameo = patch.get("cameo").and_then(Value::as_str);
        if let Some(goldstein) = cameo.and_then(|code| codes.cameo.get(code)).copied() {
            patch.insert("goldstein".to_owned(), json!(goldstein));
        }
    }
    Ok(patch)
}

/// What an item that is added says where nobody said anything.
pub(crate) fn blank(kind: ItemKind) -> Map<String, Value> {
    let blank = match kind {
        ItemKind::Event => json!({
            "mode": null, "cameo": "", "goldstein": 0.0, "target": [], "participants": [], "status": "occurred",
            "date": null, "place": null, "attributed_to": null, "confidence": 1.0, "rule": RULE,
        }),
        ItemKind::Figure => json!({"bound": "exact", "of": [], "period": null, "rule": RULE}),
        ItemKind::Mention => json!({"states": [], "confidence": 1.0, "rule": RULE}),
        ItemKind::Statement => json!({"via": null, "date": null, "confidence": 1.0, "rule": RULE}),
        ItemKind::Commitment => json!({"due": null, "status": "open", "speaker": null, "rule": RULE}),
        ItemKind::Position => json!({"toward": null, "rule": RULE}),
        _ => json!({"rule": RULE}),
    };
    match blank {
        Value::Object(blank) => blank,
        _ => Map::new(),
    }
}

/// The rule of what a person made.
const RULE: &str = "correction";

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn types_have_roots_that_are_known() {
        let codes = Codes::load(&Lexicon::built_in()).unwrap();
        for root in ROOTS {
            assert!(codes.cameo.contains_key(root), "{root}");
        }
    }

    #[test]
    fn values_are_checked_by_field() {
        let codes = Codes::load(&Lexicon::built_in()).unwrap();
        for (kind, field, text, made) in [
            (ItemKind::Event, "type", "CONSULT", Some(json!("CONSULT"))),
            (ItemKind::Event, "type", "consult", None),
            (ItemKind::Event, "source", "RUS,CHN", Some(json!(["CHN", "RUS"]))),
            (ItemKind::Event, "source", "", None),
            (ItemKind::Event, "source", "CHX", None),
            (ItemKind::Event, "target", "", Some(json!([]))),
            (ItemKind::Event, "date", "2024-05-16", Some(json!("2024-05-16"))),
            (ItemKind::Event, "date", "", Some(json!(null))),
            (ItemKind::Event, "date", "16.5.2024", None),
            (ItemKind::Event, "domains", "military,energy", Some(json!(["military", "energy"]))),
            (ItemKind::Event, "domains", "", None),
            (ItemKind::Figure, "value", "2,350", Some(json!(2350.0))),
            (ItemKind::Figure, "value", "viele", None),
            (ItemKind::Figure, "of", "SCO", None),
            (ItemKind::Statement, "speaker", "", None),
            (ItemKind::Position, "stance", "support", Some(json!("support"))),
        ] {
            let got = patch(kind, &[(field.to_owned(), text.to_owned())], false, &codes).ok();
            assert_eq!(got.and_then(|patch| patch.get(field).cloned()), made, "{field}={text}");
        }
    }
}

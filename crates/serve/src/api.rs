//! The addresses of the room, told for programs: one table, from which `/openapi.json` and the help derive.

use crate::shapes;
use axum::response::{IntoResponse, Response};
use entente_account::{ConflictKind, Lang};
use entente_base::record::{DOMAINS, EventType, MEASURES, Status};
use serde_json::{Map, Value, json};

/// An address.
pub(crate) struct Address {
    pub(crate) path: &'static str,
    pub(crate) ja: &'static str,
    pub(crate) en: &'static str,
    /// Names of [`PARAMETERS`].
    parameters: &'static [&'static str],
    /// What its JSON is.
    holds: Holds,
}

/// What the JSON of a page holds.
enum Holds {
    /// Just what a shape of `shapes.txt` tells.
    Shape(&'static str),
    /// These fields at least: name and type of each.
    Fields(&'static [(&'static str, &'static str)]),
}
use Holds::{Fields, Shape};

const STATES: &[&str] = &["states", "from", "to"];
const EVENTS: &[&str] = &["states", "from", "to", "domain", "type", "status", "min_origins", "limit"];
const DOSSIER: &[&str] = &["from", "to", "domain", "type", "status", "min_origins", "limit", "as_of"];
const NETWORK: &[&str] =
    &["states", "from", "to", "domain", "type", "status", "min_origins", "limit", "who", "pair"];
const FIGURES: &[&str] = &["states", "from", "to", "measure"];

/// All pages.
pub(crate) const PAGES: &[Address] = &[
    Address {
        path: "/", ja: "はじめのページ", en: "The front page", parameters: &[], holds: Shape("Front")
    },
    Address {
        path: "/relation",
        ja: "関係を探す",
        en: "Finds a relation",
        parameters: &["states"],
        holds: Shape("Relation"),
    },
    Address {
        path: "/relation/{states}",
        ja: "国と国の調書",
        en: "The dossier on some states",
        parameters: DOSSIER,
        holds: Shape("Relation"),
    },
    Address {
        path: "/network",
        ja: "関係網",
        en: "Who meets whom",
        parameters: NETWORK,
        holds: Shape("Network"),
    },
    Address {
        path: "/figures",
        ja: "数値",
        en: "Figures in series",
        parameters: FIGURES,
        holds: Shape("Figures"),
    },
    Address {
        path: "/timeline",
        ja: "年表",
        en: "Events in the order of time",
        parameters: EVENTS,
        holds: Shape("Timeline"),
    },
    Address {
        path: "/event/{id}",
        ja: "一つの出来事",
        en: "One event",
        parameters: &[],
        holds: Shape("Event"),
    },
    Address {
        path: "/document/{id}",
        ja: "記事と、その中の項目",
        en: "An article with what was found in it",
        parameters: &["at"],
        holds: Fields(&[
            ("record", "object"),
            ("version", "integer"),
            ("coder", "string"),
            ("copies", "array"),
            ("items", "array"),
        ]),
    },
    Address {
        path: "/actor/{id}",
        ja: "国・人・機関",
        en: "A state, a person or a body",
        parameters: &[],
        holds: Fields(&[
            ("id", "string"),
            ("name", "string"),
            ("kind", "string"),
            ("states", "array"),
            ("reach", "object"),
            ("roles", "array"),
            ("events", "array"),
            ("statements", "array"),
            ("positions", "array"),
            ("pledges", "array"),
            ("documents", "array"),
        ]),
    },
    Address {
        path: "/search",
        ja: "全文の検索",
        en: "Full text search",
        parameters: &["q", "from", "to", "sort", "offset", "limit"],
        holds: Fields(&[
            ("query", "string"),
            ("sort", "string"),
            ("offset", "integer"),
            ("limit", "integer"),
            ("index", "boolean"),
            ("current", "boolean"),
            ("total", "integer"),
            ("hits", "array"),
            ("facets", "object"),
        ]),
    },
    Address {
        path: "/positions",
        ja: "争点ごとの立場",
        en: "Positions by issue and actor",
        parameters: STATES,
        holds: Fields(&[
            ("filter", "object"),
            ("reach", "object"),
            ("holders", "array"),
            ("issues", "array"),
        ]),
    },
    Address {
        path: "/pledges",
        ja: "約束と予定",
        en: "Pledges and plans",
        parameters: &["states", "from", "to", "as_of", "pledge_status"],
        holds: Fields(&[("filter", "object"), ("reach", "object"), ("pledges", "array")]),
    },
    Address {
        path: "/conflicts",
        ja: "出所の食い違い",
        en: "Where sources disagree",
        parameters: &["states", "from", "to", "kind"],
        holds: Fields(&[
            ("filter", "object"),
            ("reach", "object"),
            ("total", "integer"),
            ("conflicts", "array"),
        ]),
    },
    Address {
        path: "/sources",
        ja: "発行元・出所・転載と語り方",
        en: "Publishers, origins, reprints and framing",
        parameters: STATES,
        holds: Fields(&[("filter", "object"), ("sources", "object")]),
    },
    Address {
        path: "/corrections",
        ja: "訂正（合言葉が要る）",
        en: "Corrections, for whoever has the token",
        parameters: &["item", "correction_offset"],
        holds: Fields(&[
            ("allowed", "boolean"),
            ("entered", "boolean"),
            ("total", "integer"),
            ("offset", "integer"),
            ("corrections", "array"),
            ("queue", "array"),
        ]),
    },
    Address {
        path: "/help",
        ja: "手引き",
        en: "Help",
        parameters: &[],
        holds: Fields(&[("topic", "string"), ("title", "string"), ("sections", "array")]),
    },
    Address {
        path: "/help/{topic}",
        ja: "手引きの各章",
        en: "A chapter of the help",
        parameters: &[],
        holds: Fields(&[("topic", "string"), ("title", "string"), ("sections", "array")]),
    },
];

/// Forms that are posted.
const FORMS: [(&str, &str, &[&str]); 4] = [
    ("/corrections/enter", "Opens a session", &["token"]),
    ("/corrections/leave", "Ends a session", &["csrf"]),
    ("/corrections/change", "Makes a correction", &["csrf", "action", "item", "who", "why"]),
    ("/corrections/revert", "Takes a correction back", &["csrf", "number", "who", "why"]),
];

/// A parameter: name in the table, name in the address, what it is in Japanese and English, and its schema.
type Parameter = (&'static str, &'static str, &'static str, &'static str, Value);

fn parameters() -> Vec<Parameter> {
    let date = || json!({"type": "string", "pattern": "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?$"});
    let of = |names: &[&str]| json!({"type": "string", "enum": names});
    let number = |least: usize, most: usize| json!({"type": "integer", "minimum": least, "maximum": most});
    let text = |most: usize| json!({"type": "string", "maxLength": most});
    vec![
        (
            "states",
            "states",
            "国や機関のコードや名前を - でつないだもの",
            "States or bodies by code or name, joined by -",
            text(200),
        ),
        ("from", "from", "この日から", "First day", date()),
        ("to", "to", "この日まで", "Last day", date()),
        ("domain", "domain", "分野", "Domain", of(&DOMAINS)),
        ("type", "type", "出来事の種類", "Type of event", of(&EventType::NAMES)),
        ("status", "status", "状態", "Status", of(&Status::NAMES)),
        ("min_origins", "min_origins", "独立の出所の最少数", "Fewest independent origins", number(0, 1000)),
        ("limit", "limit", "件数の上限", "Most items", number(1, 100)),
        ("offset", "offset", "飛ばす件数", "Items passed over", number(0, 2000)),
        ("correction_offset", "offset", "飛ばす件数", "Items passed over", number(0, 1_000_000)),
        (
            "at",
            "at",
            "本文の符号位置（始-終）",
            "Code points of the text, as START-END",
            json!({"type": "string", "pattern": "^[0-9]+-[0-9]+$"}),
        ),
        ("q", "q", "検索の語句", "What is searched for", text(500)),
        ("sort", "sort", "並び", "Order", of(&["relevance", "newest", "oldest"])),
        ("as_of", "as_of", "いつの時点で期限切れとみるか", "The day on which pledges are judged", date()),
        (
            "pledge_status",
            "status",
            "約束のその後",
            "What became of it",
            of(&["overdue", "open", "changed", "done", "dropped"]),
        ),
        (
            "kind",
            "kind",
            "何についての食い違いか",
            "What they disagree about",
            of(&ConflictKind::ALL.map(ConflictKind::name)),
        ),
        ("who", "who", "国か人か", "States or people", of(&["states", "people"])),
        ("pair", "pair", "出来事を横に示す組", "The pair whose events stand beside", text(200)),
        ("measure", "measure", "指標", "Measure", of(&MEASURES)),
        ("item", "item", "項目の名", "Name of an item", text(2200)),
    ]
}

/// Names and meanings of the parameters of an address, for the help.
pub(crate) fn described(address: &Address, lang: Lang) -> Vec<(&'static str, &'static str)> {
    let all = parameters();
    let of = |name: &&str| {
        let (_, name, ja, en, _) = all.iter().find(|(known, ..)| known == name)?;
        Some((*name, if lang == Lang::Ja { *ja } else { *en }))
    };
    address.parameters.iter().filter_map(of).collect()
}

/// The description of all addresses, OpenAPI 3.1.
pub(crate) fn description() -> Value {
    let all = parameters();
    let error = |what: &str| {
        json!({"description": what, "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Error"}},
            "text/html": {"schema": {"type": "string"}}, "text/plain": {"schema": {"type": "string"}},
        }})
    };
    let mut paths = Map::new();
    let get = |address: &Address, name: String, answer: Value| {
        let mut given: Vec<Value> = Vec::new();
        for part in address.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            given.push(json!({"name": part, "in": "path", "required": true,
                "schema": {"type": "string", "minLength": 1, "maxLength": 500}}));
        }
        for wanted in address.parameters.iter().chain(&["lang"]) {
            if let Some((_, name, _, en, schema)) = all.iter().find(|(known, ..)| known == wanted) {
                given.push(json!({"name": name, "in": "query", "required": false, "description": en, "schema": schema}));
            }
        }
        given.push(json!({"name": "lang", "in": "query", "required": false, "description": "Language",
            "schema": {"type": "string", "enum": ["ja", "en"]}}));
        json!({"get": {"operationId": name, "summary": address.en, "parameters": given, "responses": {
            "200": {"description": address.en, "content": answer},
            "303": {"description": "What is asked for is at another address"},
            "304": {"description": "As the reader has it"},
            "308": {"description": "It stands at another address"},
            "400": error("A parameter is wrong"), "404": error("There is no such thing"),
            "414": error("The address is too long"), "503": error("It took too long"),
        }}})
    };
    for address in PAGES {
        let mut name =
            address.path.replace(['/', '{', '}'], " ").trim().replace([' '], "_").replace("__", "_");
        if name.is_empty() {
            name.push_str("front");
        }
        let schema = match address.holds {
            Shape(name) => json!({"$ref": format!("#/components/schemas/{name}")}),
            Fields(fields) => {
                let needed: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
                let fields: Map<String, Value> =
                    fields.iter().map(|(name, kind)| ((*name).to_owned(), json!({"type": kind}))).collect();
                json!({"type": "object", "required": needed, "properties": fields})
            }
        };
        let path = if address.path == "/" { "/index" } else { address.path };
        let html = json!({"text/html": {"schema": {"type": "string"}}});
        paths.insert(address.path.to_owned(), get(address, format!("{name}_page"), html));
        let data = json!({"application/json": {"schema": schema}});
        paths.insert(format!("{path}.json"), get(address, format!("{name}_json"), data));
        let list = json!({"text/csv": {"schema": {"type": "string"}}});
        paths.insert(format!("{path}.csv"), get(address, format!("{name}_csv"), list));
    }
    let feed = PAGES.iter().find(|address| address.path == "/pledges");
    if let Some(address) = feed {
        let kind = json!({"text/calendar": {"schema": {"type": "string"}}});
        paths.insert("/pledges.ics".to_owned(), get(address, "pledges_calendar".to_owned(), kind));
    }
    for (path, what, fields) in FORMS {
        let properties: Map<String, Value> =
            fields.iter().map(|name| ((*name).to_owned(), json!({"type": "string"}))).collect();
        let schema = json!({"type": "object", "required": fields, "properties": properties});
        paths.insert(path.to_owned(), json!({"post": {
            "operationId": path.trim_start_matches('/').replace('/', "_"), "summary": what,
            "requestBody": {"required": true, "content": {"application/x-www-form-urlencoded": {"schema": schema}}},
            "responses": {"303": {"description": "Done"}, "400": error("A field is wrong"),
                "403": error("Not allowed"), "404": error("There is no such thing"), "413": {"description": "Too long"}},
        }}));
    }
    paths.insert("/openapi.json".to_owned(), json!({"get": {"operationId": "openapi", "summary": "This description",
        "responses": {"200": {"description": "OpenAPI 3.1", "content": {"application/json": {"schema": {"type": "object"}}}}}}}));
    let mut schemas = shapes::all();
    schemas.insert(
        "Error".to_owned(),
        json!({"type": "object", "required": ["error"], "properties": {
        "error": {"type": "object", "required": ["message", "help"],
            "properties": {"message": {"type": "string"}, "help": {"type": "string"}}}}}),
    );
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Entente", "version": env!("CARGO_PKG_VERSION"),
            "description": "Every page is its own data: the same address with .json or .csv gives what the page shows."},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// Sends the description.
pub(crate) async fn send() -> Response {
    let kind = [(axum::http::header::CONTENT_TYPE, "application/json")];
    (kind, format!("{:#}\n", description())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let source = include_str!("router.rs");
        let routes: std::collections::BTreeSet<&str> =
            source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let described = description();
        let paths = described["paths"].as_object().unwrap();
        for route in &routes {
            assert!(*route == "/assets/{name}" || paths.contains_key(*route), "{route} is not described");
        }
        for path in paths.keys() {
            let known = path.trim_end_matches(".json").trim_end_matches(".csv");
            let known = if known == "/index" { "/" } else { known };
            assert!(routes.contains(known) || routes.contains(path.as_str()), "{path} has no route");
        }
    }
}

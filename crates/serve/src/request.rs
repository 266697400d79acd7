//! What a request asks for.

use crate::fault::Fault;
use crate::lang;
use crate::room::Room;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::{HeaderMap, Request, Uri, header, request::Parts};
use entente_account::Lang;
use std::convert::Infallible;
use std::sync::Arc;

/// Longest address that is read, in bytes.
const LONGEST: usize = 4096;

/// The form in which a page is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    /// A page to read.
    #[default]
    Html,
    /// What it shows, as JSON.
    Json,
    /// Its list, as CSV.
    Csv,
}

impl Format {
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Format::Html => "text/html; charset=utf-8",
            Format::Json => "application/json",
            Format::Csv => "text/csv; charset=utf-8; header=present",
        }
    }
}

/// The ending of an address that says in which form the page is wanted, taken off it. An identifier that ends so by
/// itself is written with `%2E` in an address, and is left alone.
pub(crate) fn unsuffixed<B>(mut request: Request<B>) -> Request<B> {
    let path = request.uri().path();
    let known = ["/assets/", "/openapi.json"];
    let ending = [(".json", Format::Json), (".csv", Format::Csv)].into_iter().find_map(|(ending, format)| {
        let rest = path.strip_suffix(ending)?;
        (!known.iter().any(|known| path.starts_with(known))).then_some((rest, format))
    });
    let Some((rest, format)) = ending else { return request };
    // The front page has no name: it is `/index.json`.
    let rest = if rest == "/index" { "/" } else { rest };
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Ok(uri) = format!("{rest}{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(format);
    }
    request
}

/// What a request asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) lang: Lang,
    pub(crate) format: Format,
    /// Path without the ending of its format, as it was sent.
    pub(crate) path: String,
    /// Parameters of the query, in their order.
    pub(crate) query: Vec<(String, String)>,
    /// Parts of the path that stand for something, decoded.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) cookies: Vec<(String, String)>,
    /// The tag of the answer that the reader has.
    pub(crate) tag: Option<String>,
    /// Whether the address is longer than is read.
    pub(crate) long: bool,
}

impl Asked {
    /// A parameter of the query; `None` where it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// A part of the path.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A whole number between bounds.
    pub(crate) fn number(
        &self,
        name: &'static str,
        least: usize,
        most: usize,
    ) -> Result<Option<usize>, Fault> {
        let Some(given) = self.get(name) else { return Ok(None) };
        match given.parse() {
            Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
            _ => Err(Fault::bad(
                name,
                given,
                format!("{least} から {most} までの整数で指定してください"),
                format!("give a whole number from {least} to {most}"),
            )),
        }
    }

    /// The query without some parameters, encoded; with others added.
    pub(crate) fn query_with(&self, changes: &[(&str, &str)]) -> String {
        let kept = self
            .query
            .iter()
            .filter(|(name, value)| !value.is_empty() && !changes.iter().any(|(changed, _)| changed == name));
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let added = changes.iter().copied().filter(|(_, value)| !value.is_empty());
        crate::links::query(kept.chain(added))
    }

    /// The address of this page with other parameters.
    pub(crate) fn address_with(&self, changes: &[(&str, &str)]) -> String {
        format!("{}{}", self.path, self.query_with(changes))
    }

    /// That this page stands at another path, with the same form and parameters.
    pub(crate) fn moved(&self, path: &str) -> Fault {
        let ending = match self.format {
            Format::Html => "",
            Format::Json => ".json",
            Format::Csv => ".csv",
        };
        Fault::Moved(format!("{path}{ending}{}", self.query_with(&[])))
    }

    /// The address of this page in another form.
    pub(crate) fn address_as(&self, ending: &str) -> String {
        let path = if self.path == "/" { "/index" } else { &self.path };
        format!("{path}.{ending}{}", self.query_with(&[("lang", "")]))
    }
}

impl FromRequestParts<Arc<Room>> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, room: &Arc<Room>) -> Result<Self, Infallible> {
        let params = RawPathParams::from_request_parts(parts, room).await.ok();
        let params =
            params.iter().flatten().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let query = parts.uri.query().unwrap_or_default();
        let long = parts.uri.path().len() + query.len() > LONGEST;
        let query = if long { Vec::new() } else { crate::links::pairs(query) };
        let cookies = cookies(&parts.headers);
        let text = |name: header::HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let find = |pairs: &[(String, String)], name: &str| {
            pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        };
        let lang = lang::choose(
            find(&query, "lang").as_deref(),
            find(&cookies, "lang").as_deref(),
            text(header::ACCEPT_LANGUAGE),
        );
        Ok(Self {
            lang,
            format: parts.extensions.get().copied().unwrap_or_default(),
            path: if long { "/".to_owned() } else { parts.uri.path().to_owned() },
            query,
            params,
            cookies,
            tag: text(header::IF_NONE_MATCH).map(str::to_owned),
            long,
        })
    }
}

fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

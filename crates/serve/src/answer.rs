//! From a request to its answer: the page is made of the store and shown in the form asked for.

use crate::cache::{Kept, Key};
use crate::fault::Fault;
use crate::page::{Page, Reader, View};
use crate::readers::PATIENCE;
use crate::request::{Asked, Format};
use crate::room::Room;
use crate::{formats, layout};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// A year, in seconds.
const YEAR: u32 = 31_536_000;

/// A page at an address, made by a function.
pub(crate) fn page<P: Page + 'static>(
    make: fn(&mut Reader<'_>) -> Result<P, Fault>,
) -> MethodRouter<Arc<Room>> {
    get(async move |State(room): State<Arc<Room>>, asked: Asked| match kept(&room, &asked, make).await {
        Ok(kept) => send(&asked, kept),
        Err(fault) => failed(&room, &asked, &fault),
    })
}

/// What stands at no address.
pub(crate) async fn no_page(State(room): State<Arc<Room>>, asked: Asked) -> Response {
    failed(&room, &asked, &Fault::NoPage)
}

/// A method that a page has not got.
pub(crate) async fn no_method(State(room): State<Arc<Room>>, asked: Asked) -> Response {
    failed(&room, &asked, &Fault::Method)
}

async fn kept<P: Page + 'static>(
    room: &Arc<Room>,
    asked: &Asked,
    make: fn(&mut Reader<'_>) -> Result<P, Fault>,
) -> Result<Kept, Fault> {
    if asked.long {
        return Err(Fault::Long);
    }
    let key = Key {
        address: asked.address_with(&[("lang", "")]),
        lang: asked.lang,
        format: asked.format,
        visitor: P::visitor(asked),
    };
    if let Some(kept) = room.cache.fresh(&key) {
        return Ok(kept);
    }
    let _making = tokio::time::timeout(PATIENCE, room.cache.making(&key)).await.map_err(|_| Fault::Slow)?;
    if let Some(kept) = room.cache.fresh(&key) {
        return Ok(kept);
    }
    let (shared, asked) = (Arc::clone(room), asked.clone());
    room.readers
        .ask(move |store| {
            let room = &*shared;
            let sequence = room.cache.check(store)?;
            if let Some(kept) = room.cache.get(&key) {
                return Ok(kept);
            }
            let page = make(&mut Reader { room, asked: &asked, store, sequence })?;
            let view = View { room, asked: &asked };
            let body = match asked.format {
                Format::Html => layout::page(&view, &page, sequence).into_string(),
                Format::Json => formats::json(&page)?,
                Format::Csv => formats::csv(&page, &view)?,
            };
            let tag: String =
                Sha256::digest(&body).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
            let kept = Kept { body: body.into(), tag: format!("W/\"{tag}\""), cookies: page.cookies() };
            if page.lasting() {
                room.cache.put(key, kept.clone(), sequence);
            }
            Ok(kept)
        })
        .await
}

fn send(asked: &Asked, kept: Kept) -> Response {
    let mut response = if asked.tag.as_ref() == Some(&kept.tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        kept.body.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asked.format.media_type()));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(asked.lang.code()));
    // Kept by the reader alone, who asks each time whether it still holds.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    if let Ok(tag) = kept.tag.parse() {
        headers.insert(header::ETAG, tag);
    }
    for cookie in kept.cookies.into_iter().chain(remembered(asked)) {
        if let Ok(cookie) = cookie.parse() {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// The cookie that remembers the language, when one was asked for.
fn remembered(asked: &Asked) -> Option<String> {
    asked.get("lang")?;
    Some(format!("lang={}; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly", asked.lang.code()))
}

/// An answer that says what went wrong, in the form asked for.
pub(crate) fn failed(room: &Room, asked: &Asked, fault: &Fault) -> Response {
    let told = fault.told(asked.lang);
    let body = match asked.format {
        Format::Html => layout::fault(&View { room, asked }, &told).into_string(),
        Format::Json => {
            let error = serde_json::json!({"error": {"message": told.message, "help": told.help}});
            format!("{error:#}\n")
        }
        Format::Csv => format!("{}\n{}\n", told.message, told.help),
    };
    let kind =
        if asked.format == Format::Csv { "text/plain; charset=utf-8" } else { asked.format.media_type() };
    let mut response = (fault.status(), [(header::CONTENT_TYPE, kind)], body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(asked.lang.code()));
    if let Fault::Moved(to) | Fault::See(to) = fault
        && let Ok(to) = to.parse()
    {
        headers.insert(header::LOCATION, to);
    }
    response
}

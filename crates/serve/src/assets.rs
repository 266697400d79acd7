//! Files that pages need, compiled in. Their names hold a checksum, so that a browser may keep them for good.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

struct Asset {
    /// Name by which templates ask for it.
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    /// The same packed with gzip, where it is large.
    packed: Option<&'static [u8]>,
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

static ASSETS: [Asset; 6] = [
    Asset {
        name: "room.css",
        media_type: CSS,
        bytes: concat!(include_str!("../assets/room.css"), include_str!("../assets/shelf.css")).as_bytes(),
        packed: None,
    },
    Asset { name: "shelf.js", media_type: SCRIPT, bytes: include_bytes!("../assets/shelf.js"), packed: None },
    Asset { name: "room.js", media_type: SCRIPT, bytes: include_bytes!("../assets/room.js"), packed: None },
    Asset {
        name: "charts.js",
        media_type: SCRIPT,
        bytes: include_bytes!("../assets/charts.js"),
        packed: None,
    },
    Asset {
        name: "icon.svg",
        media_type: "image/svg+xml",
        bytes: include_bytes!("../assets/icon.svg"),
        packed: None,
    },
    Asset {
        name: "echarts.js",
        media_type: SCRIPT,
        bytes: include_bytes!(concat!(env!("OUT_DIR"), "/echarts.js")),
        packed: Some(include_bytes!(concat!(env!("OUT_DIR"), "/echarts.js.gz"))),
    },
];

/// The assets with their names in addresses.
static NAMED: LazyLock<Vec<(String, &'static Asset)>> = LazyLock::new(|| {
    let named = |asset: &'static Asset| {
        let sum: String =
            Sha256::digest(asset.bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let (stem, ending) = asset.name.rsplit_once('.').unwrap_or((asset.name, ""));
        (format!("{stem}-{sum}.{ending}"), asset)
    };
    ASSETS.iter().map(named).collect()
});

/// The address of an asset.
pub(crate) fn href(name: &str) -> String {
    let found = NAMED.iter().find(|(_, asset)| asset.name == name);
    format!("/assets/{}", found.map_or(name, |(named, _)| named))
}

/// Sends an asset.
pub(crate) async fn send(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((_, asset)) = NAMED.iter().find(|(named, asset)| *named == name || asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // By its plain name, it may be another one tomorrow.
    let lasting = if name == asset.name { "no-cache" } else { "public, max-age=31536000, immutable" };
    let known = [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, lasting)];
    let accepts =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match asset.packed {
        Some(packed) if accepts.split(',').any(|coding| coding.trim() == "gzip") => {
            let more = [(header::CONTENT_ENCODING, "gzip"), (header::VARY, "accept-encoding")];
            (known, more, Bytes::from_static(packed)).into_response()
        }
        _ => (known, Bytes::from_static(asset.bytes)).into_response(),
    }
}

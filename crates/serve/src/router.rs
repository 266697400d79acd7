//! Which page stands at which address.

use crate::answer::{no_method, no_page, page};
use crate::pages::{actor, conflicts, corrections, document, event, figures, front, help, network};
use crate::pages::{pledges, positions, relation, search, sources, timeline};
use crate::room::Room;
use crate::{api, assets, request, security};
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt as _;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// Largest body of a request, in bytes.
const MOST_BODY: usize = 64 << 10;

/// How long a request may take with its body; the store is not waited for as long.
const WHOLE: Duration = Duration::from_secs(20);

/// All addresses of a room.
pub fn router(room: Arc<Room>) -> Router {
    let pages = Router::new()
        .route("/", page(front::make))
        .route("/relation", page(relation::find))
        .route("/relation/{states}", page(relation::make))
        .route("/network", page(network::make))
        .route("/figures", page(figures::make))
        .route("/timeline", page(timeline::make))
        .route("/event/{id}", page(event::make))
        .route("/document/{id}", page(document::make))
        .route("/actor/{id}", page(actor::make))
        .route("/search", page(search::make))
        .route("/positions", page(positions::make))
        .route("/pledges", page(pledges::make))
        .route("/pledges.ics", get(pledges::feed))
        .route("/conflicts", page(conflicts::make))
        .route("/sources", page(sources::make))
        .route("/corrections", page(corrections::make))
        .route("/corrections/enter", post(corrections::enter))
        .route("/corrections/leave", post(corrections::leave))
        .route("/corrections/change", post(corrections::change))
        .route("/corrections/revert", post(corrections::revert))
        .route("/help", page(help::make))
        .route("/help/{topic}", page(help::make))
        .route("/openapi.json", get(api::send))
        .route("/assets/{name}", get(assets::send))
        .fallback(no_page)
        .method_not_allowed_fallback(no_method)
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, WHOLE))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(RequestBodyLimitLayer::new(MOST_BODY))
        .layer(from_fn_with_state(Arc::clone(&room), security::guard))
        .with_state(room);
    // Endings of formats are taken off before an address is looked up.
    Router::new().fallback_service(pages.map_request(request::unsuffixed))
}

//! The reading room: pages over a store, each of which is its own data.
//!
//! A page is a value that is made once and shown three ways: as HTML, as JSON and as CSV (`page::Page`). Requests are
//! read in `request`, answered in `answer`; `readers` hands out connections to the store, `cache` keeps what was
//! answered until the store changes.

mod answer;
mod api;
mod assets;
mod cache;
mod desk;
mod disputes;
mod fault;
mod filter;
mod formats;
mod lang;
mod layout;
mod links;
mod page;
mod pages;
mod parts;
mod periods;
mod readers;
mod request;
mod room;
mod router;
mod security;
mod shapes;
mod shelf;
mod text;

pub use room::{Options, Room};
pub use router::router;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Answers requests at an address until the process is told to stop. `ready` is called with the address once requests
/// are answered.
///
/// # Errors
/// When the address cannot be listened on.
pub fn run(
    listen: SocketAddr,
    room: Arc<Room>,
    ready: impl FnOnce(SocketAddr) -> io::Result<()>,
) -> io::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        ready(listener.local_addr()?)?;
        serve(listener, room, told_to_stop()).await
    })
}

/// How long a client may take to send the head of a request, and may stay silent between two.
const HEADERS: Duration = Duration::from_secs(10);
/// Before connections are taken again, after one could not be.
const BREATH: Duration = Duration::from_millis(200);

/// Answers requests until `stop` is done; those that are being answered then are answered first.
///
/// # Errors
/// None so far: what fails is one connection, and the others go on.
pub async fn serve(
    listener: TcpListener,
    room: Arc<Room>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = TowerToHyperService::new(router(room));
    // Browsers speak HTTP/2 over TLS alone; to wait for which of the two a client speaks would have no end.
    let mut http = Builder::new(TokioExecutor::new()).http1_only();
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = http.serve_connection(TokioIo::new(stream), service.clone()).into_owned();
                // What becomes of one connection concerns nobody else.
                tokio::spawn(open.watch(connection));
            }
            // As where too many files are open: those that are answered now will free some.
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
    drop(listener);
    open.shutdown().await;
    Ok(())
}

/// Done when the process is interrupted or asked to end.
async fn told_to_stop() {
    let interrupted = async {
        // Where nothing can tell, nothing stops it but its end.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = ended => {}
    }
}

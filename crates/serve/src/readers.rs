//! Connections to the store: a store answers one question at a time, so there are several, and no more.

use crate::fault::Fault;
use entente_store::Store;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How long a request may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Connections to the store.
pub(crate) struct Readers {
    url: String,
    free: Arc<Mutex<Vec<Store>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn new(url: String, most: usize) -> Self {
        Self { url, free: Arc::default(), permits: Arc::new(Semaphore::new(most)) }
    }

    /// Does something with the store, on a thread that may wait.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let asked = async {
            let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Fault::Broken)?;
            let (free, url) = (Arc::clone(&self.free), self.url.clone());
            let done = tokio::task::spawn_blocking(move || {
                // Held until the work is done, also when nobody waits for it any more.
                let _permit = permit;
                let kept = free.lock().ok().and_then(|mut free| free.pop());
                let mut store = match kept {
                    Some(store) => store,
                    None => Store::open_existing(&url)?,
                };
                let made = work(&mut store);
                // A connection that failed is not used again.
                if !matches!(made, Err(Fault::Store(_)))
                    && let Ok(mut free) = free.lock()
                {
                    free.push(store);
                }
                made
            });
            done.await.map_err(|_| Fault::Broken)?
        };
        tokio::time::timeout(PATIENCE, asked).await.map_err(|_| Fault::Slow)?
    }
}

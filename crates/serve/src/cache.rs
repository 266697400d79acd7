//! What was answered, and what was counted, kept until the store changes.

use crate::fault::Fault;
use crate::request::Format;
use axum::body::Bytes;
use entente_account::Lang;
use entente_store::Store;
use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Most bytes of answers kept.
const MOST: usize = 64 << 20;
/// How long the store is taken not to have changed. Whoever changes it here calls [`Cache::forget`].
const FRESH: Duration = Duration::from_secs(1);

/// Which answer is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// Path and query.
    pub(crate) address: String,
    pub(crate) lang: Lang,
    pub(crate) format: Format,
    /// What else the answer depends on.
    pub(crate) visitor: String,
}

/// An answer as it is sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    pub(crate) body: Bytes,
    pub(crate) tag: String,
    pub(crate) cookies: Vec<String>,
}

#[derive(Default)]
struct State {
    /// The sequence of the store for which all of this holds.
    sequence: i64,
    seen: Option<Instant>,
    answers: HashMap<Key, Kept>,
    order: VecDeque<Key>,
    bytes: usize,
    counts: HashMap<&'static str, Arc<dyn Any + Send + Sync>>,
}

impl State {
    fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Answers that are made at a time without waiting for each other.
const LANES: u64 = 64;

/// What was answered, and what was counted.
pub(crate) struct Cache {
    state: Mutex<State>,
    lanes: Vec<tokio::sync::Mutex<()>>,
}

impl Default for Cache {
    fn default() -> Self {
        Self { state: Mutex::default(), lanes: (0..LANES).map(|_| tokio::sync::Mutex::default()).collect() }
    }
}

impl Cache {
    /// Held while an answer is made, so that those who ask for the same wait for it and do not make it as well.
    pub(crate) async fn making(&self, key: &Key) -> Option<tokio::sync::MutexGuard<'_, ()>> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let lane = usize::try_from(hasher.finish() % LANES).ok()?;
        Some(self.lanes.get(lane)?.lock().await)
    }

    /// An answer that holds as far as known without asking the store.
    pub(crate) fn fresh(&self, key: &Key) -> Option<Kept> {
        let state = self.state.lock().ok()?;
        if state.seen?.elapsed() > FRESH { None } else { state.answers.get(key).cloned() }
    }

    /// Asks the store whether it changed, and forgets what does not hold any more.
    pub(crate) fn check(&self, store: &mut Store) -> Result<i64, Fault> {
        let sequence = store.sequence()?;
        if let Ok(mut state) = self.state.lock() {
            if state.sequence != sequence {
                state.clear();
                state.sequence = sequence;
            }
            state.seen = Some(Instant::now());
        }
        Ok(sequence)
    }

    /// An answer that was made since the store changed last.
    pub(crate) fn get(&self, key: &Key) -> Option<Kept> {
        self.state.lock().ok()?.answers.get(key).cloned()
    }

    /// Keeps an answer made of the store as it was at a sequence.
    pub(crate) fn put(&self, key: Key, kept: Kept, sequence: i64) {
        let Ok(mut state) = self.state.lock() else { return };
        if state.sequence != sequence || kept.body.len() > MOST / 8 {
            return;
        }
        state.bytes += kept.body.len();
        if let Some(old) = state.answers.insert(key.clone(), kept) {
            state.bytes -= old.body.len();
        } else {
            state.order.push_back(key);
        }
        while state.bytes > MOST {
            let Some(oldest) = state.order.pop_front() else { break };
            if let Some(gone) = state.answers.remove(&oldest) {
                state.bytes -= gone.body.len();
            }
        }
    }

    /// What was counted under a name since the store changed last, or is counted now.
    pub(crate) fn count<T: Any + Send + Sync>(
        &self,
        name: &'static str,
        sequence: i64,
        make: impl FnOnce() -> Result<T, Fault>,
    ) -> Result<Arc<T>, Fault> {
        let known = self.state.lock().ok().and_then(|state| state.counts.get(name).cloned());
        if let Some(known) = known.and_then(|known| known.downcast::<T>().ok()) {
            return Ok(known);
        }
        let made = Arc::new(make()?);
        if let Ok(mut state) = self.state.lock()
            && state.sequence == sequence
        {
            state.counts.insert(name, Arc::<T>::clone(&made));
        }
        Ok(made)
    }

    /// Forgets everything: the store was changed from here.
    #[allow(dead_code)] // The pages that edit call it.
    pub(crate) fn forget(&self) {
        if let Ok(mut state) = self.state.lock() {
            state.clear();
        }
    }
}

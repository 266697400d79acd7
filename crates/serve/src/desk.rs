//! What is made once and kept for as long as the room is open: the search index, and the secrets of those who edit.

use crate::fault::Fault;
use entente_base::Lexicon;
use entente_search::{Index, Names};
use entente_store::Codes;
use hmac::{Hmac, Mac as _};
use jiff::{Span, Timestamp};
use sha2::Sha256;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use subtle::ConstantTimeEq as _;

/// How long an index is taken not to have changed.
const FRESH: Duration = Duration::from_secs(1);
/// How long whoever gave the token may edit.
const SESSION: u64 = 8 * 3600;

/// What is kept for as long as the room is open.
pub(crate) struct Desk {
    lexicon: Lexicon,
    names: OnceLock<Option<Names>>,
    codes: OnceLock<Option<Codes>>,
    index: Mutex<Option<(Arc<Index>, Instant)>>,
    /// Secret of this run of the program; `None` where the system gives no random bytes, and then nobody edits.
    key: Option<[u8; 32]>,
}

impl Desk {
    pub(crate) fn new(lexicon: Lexicon) -> Self {
        let mut key = [0; 32];
        let key = getrandom::fill(&mut key).is_ok().then_some(key);
        Self { lexicon, names: OnceLock::new(), codes: OnceLock::new(), index: Mutex::default(), key }
    }

    /// The search index in a folder as it is now; `None` where there is none that can be read.
    pub(crate) fn index(&self, folder: Option<&Path>) -> Option<Arc<Index>> {
        let mut kept = self.index.lock().ok()?;
        if let Some((index, seen)) = kept.as_mut() {
            if seen.elapsed() < FRESH {
                return Some(Arc::clone(index));
            }
            if index.refresh().is_ok() && index.generation().is_ok() {
                *seen = Instant::now();
                return Some(Arc::clone(index));
            }
            *kept = None;
        }
        let names = self.names.get_or_init(|| Names::new(&self.lexicon).ok()).clone()?;
        let index = Arc::new(Index::open(folder?, names).ok()?);
        *kept = Some((Arc::clone(&index), Instant::now()));
        Some(index)
    }

    /// The codes that corrections may use.
    pub(crate) fn codes(&self) -> Result<&Codes, Fault> {
        self.codes.get_or_init(|| Codes::load(&self.lexicon).ok()).as_ref().ok_or(Fault::Broken)
    }

    fn sign(&self, what: &str) -> Option<String> {
        Some(hex(&mac(self.key.as_ref()?, what.as_bytes())))
    }

    /// Whether a token is the right one. How long this takes tells nothing of it.
    pub(crate) fn is_token(&self, right: &str, given: &str) -> bool {
        let Some(key) = &self.key else { return false };
        same(&mac(key, right.as_bytes()), &mac(key, given.as_bytes()))
    }

    /// A new session, as its cookie holds it.
    pub(crate) fn session(&self) -> Option<String> {
        let mut nonce = [0; 16];
        getrandom::fill(&mut nonce).ok()?;
        let body = format!("{}.{}", now() + SESSION, hex(&nonce));
        let signed = self.sign(&format!("session {body}"))?;
        Some(format!("{body}.{signed}"))
    }

    /// Whether a session is one of this run, and not over.
    pub(crate) fn is_session(&self, session: &str) -> bool {
        let Some((body, signed)) = session.rsplit_once('.') else { return false };
        let Some(right) = self.sign(&format!("session {body}")) else { return false };
        let ends = body.split('.').next().and_then(|ends| ends.parse::<u64>().ok());
        same(right.as_bytes(), signed.as_bytes()) && ends.is_some_and(|ends| ends > now())
    }

    /// What a form of a session holds, so that no other page can send it.
    pub(crate) fn form_token(&self, session: &str) -> Option<String> {
        self.sign(&format!("form {session}"))
    }

    /// Whether a form was made for a session.
    pub(crate) fn is_form_token(&self, session: &str, given: &str) -> bool {
        self.form_token(session).is_some_and(|right| same(right.as_bytes(), given.as_bytes()))
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs())
}

/// A day counted from 1970-01-01.
pub(crate) fn civil(number: i32) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(Span::new().try_days(number).ok()?).ok()
}

/// Now, ISO 8601 to the second.
pub(crate) fn timestamp() -> String {
    let now = i64::try_from(now()).unwrap_or_default();
    Timestamp::from_second(now).map_or_else(|_| String::new(), |now| now.to_string())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// HMAC-SHA256, RFC 2104.
fn mac(key: &[u8], message: &[u8]) -> Vec<u8> {
    // A key of any length will do.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

/// Whether two values are equal, in a time that depends on their lengths alone.
fn same(a: &[u8], b: &[u8]) -> bool {
    !a.is_empty() && a.ct_eq(b).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mac_is_that_of_the_standard() {
        // RFC 4231, cases 1 and 2.
        for (key, message, expected) in [
            (&[0x0b; 20][..], "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
        ] {
            assert_eq!(hex(&mac(key, message.as_bytes())), expected);
        }
    }

    #[test]
    fn a_session_is_of_one_run_and_its_forms_are_its_own() {
        let (one, other) = (Desk::new(Lexicon::default()), Desk::new(Lexicon::default()));
        let session = one.session().unwrap();
        assert!(one.is_session(&session) && !other.is_session(&session));
        let longer = format!("9{}", session.get(1..).unwrap());
        assert!(!one.is_session(&longer) && !one.is_session("") && !one.is_session("1.2.3"));
        let form = one.form_token(&session).unwrap();
        assert!(one.is_form_token(&session, &form));
        assert!(!one.is_form_token(&one.session().unwrap(), &form));
        assert!(one.is_token("right", "right") && !one.is_token("right", "wrong"));
    }
}

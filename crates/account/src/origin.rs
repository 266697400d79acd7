//! Which documents are one voice: stated origins, publishers, and texts that are nearly the same.

use crate::actor::Sets;
use crate::digest::{Digest, Facts};
use crate::traits::mix;
use crate::words::{Lang, Words};
use entente_base::chars::is_alphanumeric;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Characters of a shingle.
const SHINGLE: usize = 5;
/// Hashes of a signature.
const HASHES: usize = 96;
/// Hashes of a band: two texts that share a band are compared.
const BAND: usize = 3;
/// Share of equal hashes from which two texts are one.
const NEARLY_SAME: f64 = 0.5;
/// Fewest shingles that a text is compared by.
const FEWEST: usize = 40;
/// Letters from which a quotation is left out.
const LONG_QUOTE: usize = 30;
/// Most texts of one band that a text is compared with.
pub const LONGEST_BAND: usize = 50;
/// Opens the key of an origin that has no name.
const UNNAMED: char = '\u{1}';

/// Documents that speak with one voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Keys of the agencies, hosts or publishers that they come from; empty where none is stated.
    pub keys: Vec<String>,
    /// The same as documents spell them.
    pub spelled: Vec<String>,
    /// Indices of its documents.
    pub documents: Vec<usize>,
    /// Whether two of its documents have nearly the same text.
    pub nearly_same_text: bool,
}

impl Origin {
    /// What it is called; `None` where no document states an origin.
    pub fn name(&self, words: &Words, lang: Lang) -> Option<String> {
        let pairs = self.keys.iter().zip(&self.spelled);
        let names: Vec<String> = pairs.map(|(key, spelled)| words.origin_name(key, spelled, lang)).collect();
        (!names.is_empty()).then(|| names.join(" / "))
    }
}

/// Who speaks through each document.
#[derive(Debug, Default)]
pub(crate) struct Voices {
    pub(crate) groups: Vec<Origin>,
    /// Keys of each document, its own one where it states none.
    of: Vec<BTreeSet<String>>,
}

/// The voices of documents, given their signatures: keys of the origins of each, those of its near copies included,
/// and whether it has a near copy.
pub(crate) fn heard(
    digests: &[Digest],
    signatures: &[Option<Signature>],
    words: &Words,
) -> Vec<(BTreeSet<String>, bool)> {
    let copy_of = near_copies(signatures);
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    for &root in &copy_of {
        *sizes.entry(root).or_default() += 1;
    }
    let mut keys_of_set: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (index, digest) in digests.iter().enumerate() {
        let root = copy_of.get(index).copied().unwrap_or(index);
        keys_of_set.entry(root).or_default().extend(stated_origins(&digest.document, words));
    }
    let voice = |&root: &usize| {
        let keys = keys_of_set.get(&root).cloned().unwrap_or_default();
        let keys = match (keys.is_empty(), digests.get(root)) {
            (true, Some(first)) => BTreeSet::from([unnamed_origin(&first.document.id)]),
            _ => keys,
        };
        (keys, sizes.get(&root).is_some_and(|&size| size > 1))
    };
    copy_of.iter().map(voice).collect()
}

/// The key of the origin of documents that state none: near copies of one document.
pub fn unnamed_origin(document: &str) -> String {
    format!("{UNNAMED}{document}")
}

impl Voices {
    /// Groups documents by their voices: keys of their origins, and whether they have a near copy.
    pub(crate) fn new(digests: &[Digest], of: Vec<(BTreeSet<String>, bool)>, words: &Words) -> Self {
        let mut spelled: BTreeMap<String, String> = BTreeMap::new();
        for Digest { document, .. } in digests {
            for name in document.origins.iter().chain(&document.publisher) {
                spelled.entry(words.origin_key(name)).or_insert_with(|| name.trim().to_owned());
            }
        }
        let mut groups: BTreeMap<&BTreeSet<String>, Origin> = BTreeMap::new();
        for (index, (voice, is_copy)) in of.iter().enumerate() {
            let named = voice.iter().filter(|key| !key.starts_with(UNNAMED));
            let group = groups.entry(voice).or_insert_with(|| Origin {
                spelled: named.clone().map(|key| spelled.get(key).unwrap_or(key).clone()).collect(),
                keys: named.cloned().collect(),
                documents: Vec::new(),
                nearly_same_text: false,
            });
            group.documents.push(index);
            group.nearly_same_text |= is_copy;
        }
        let mut groups: Vec<Origin> = groups.into_values().collect();
        groups.sort_by(|a, b| a.documents.cmp(&b.documents));
        Self { groups, of: of.into_iter().map(|(voice, _)| voice).collect() }
    }

    /// Number of documents among these of which no two share an origin. `through` names the agency on
    /// whose word a document rests the matter, in place of the document's own origins.
    pub(crate) fn independent<'a>(
        &self,
        documents: impl IntoIterator<Item = (usize, Option<&'a str>)>,
    ) -> usize {
        let mut voices: Vec<BTreeSet<&str>> = documents
            .into_iter()
            .filter_map(|(document, through)| match through {
                Some(key) => Some(BTreeSet::from([key])),
                None => Some(self.of.get(document)?.iter().map(String::as_str).collect()),
            })
            .collect();
        voices.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        let mut count = 0;
        for voice in voices {
            if voice.is_disjoint(&taken) {
                count += 1;
                taken.extend(voice);
            }
        }
        count
    }
}

/// Keys of the origins that a document states; else of its publisher; else of the host of its address.
pub fn stated_origins(document: &Facts, words: &Words) -> BTreeSet<String> {
    let keys = |names: &mut dyn Iterator<Item = &String>| -> BTreeSet<String> {
        names.filter(|name| !name.trim().is_empty()).map(|name| words.origin_key(name)).collect()
    };
    let stated = keys(&mut document.origins.iter());
    if !stated.is_empty() {
        return stated;
    }
    let publisher = keys(&mut document.publisher.iter());
    if !publisher.is_empty() {
        return publisher;
    }
    keys(&mut document.url.iter().filter(|url| url.contains("://")))
}

/// The MinHash signature of a text (Broder 1997, "On the resemblance and containment of documents"): the least of each
/// of many hashes of its shingles. The share of equal hashes of two signatures estimates the share of their shingles
/// that the texts have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(Vec<u32>);

impl Signature {
    /// The signature of a text's letters without what it quotes at length, which many may quote; `None` where too
    /// little is left to tell.
    pub fn new(text: &str) -> Option<Self> {
        let letters = own_letters(text);
        if letters.len() < FEWEST + SHINGLE {
            return None;
        }
        let shingles: BTreeSet<u64> = letters
            .windows(SHINGLE)
            .map(|window| window.iter().fold(0u64, |hash, &letter| mix(hash.rotate_left(7) ^ letter)))
            .collect();
        let mut least = vec![u32::MAX; HASHES];
        for shingle in shingles {
            for (index, slot) in least.iter_mut().enumerate() {
                let hash = mix(shingle ^ (index as u64).wrapping_mul(0xd6e8_feb8_6659_fd93));
                *slot = (*slot).min((hash >> 32) as u32);
            }
        }
        Some(Self(least))
    }

    /// Its bands: two texts that are nearly the same have one of them in common.
    pub fn bands(&self) -> impl Iterator<Item = u64> {
        self.0.chunks(BAND).enumerate().map(|(band, hashes)| {
            hashes.iter().fold(mix(band as u64), |all, &hash| mix(all ^ u64::from(hash)))
        })
    }

    /// Whether two texts are nearly the same.
    pub fn is_near(&self, other: &Self) -> bool {
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        equal as f64 / HASHES as f64 >= NEARLY_SAME
    }

    /// Its bytes, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    }

    /// The signature of these bytes; `None` where they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let hashes: Vec<u32> =
            bytes.chunks_exact(4).filter_map(|four| four.try_into().ok()).map(u32::from_le_bytes).collect();
        (hashes.len() == HASHES && bytes.len() == 4 * HASHES).then_some(Self(hashes))
    }
}

/// Letters outside long quotations.
fn own_letters(text: &str) -> Vec<u64> {
    let mut letters: Vec<u64> = Vec::new();
    let mut opened: Vec<usize> = Vec::new();
    for c in text.chars() {
        match c {
            '「' | '『' => opened.push(letters.len()),
            '」' | '』' => {
                let start = opened.pop().unwrap_or(letters.len());
                if opened.is_empty() && letters.len() - start >= LONG_QUOTE {
                    letters.truncate(start);
                }
            }
            '\n' => opened.clear(),
            c if is_alphanumeric(c) => letters.push(u64::from(u32::from(fold(c)))),
            _ => {}
        }
    }
    letters
}

/// A full-width letter or digit as its half-width one.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Of each text the first that it is a near copy of, directly or by others; itself where it is none.
pub fn near_copies(signatures: &[Option<Signature>]) -> Vec<usize> {
    let mut sets = Sets::new(signatures.len());
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, signature) in signatures.iter().enumerate() {
        let Some(mine) = signature else { continue };
        for band in mine.bands() {
            let others = seen.entry(band).or_default();
            for &other in others.iter().take(LONGEST_BAND) {
                let theirs = signatures.get(other).and_then(Option::as_ref);
                if sets.find(other) != sets.find(index) && theirs.is_some_and(|theirs| mine.is_near(theirs)) {
                    sets.join(other, index);
                }
            }
            others.push(index);
        }
    }
    (0..signatures.len()).map(|index| sets.find(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(
        id: &str,
        origins: &[&str],
        publisher: Option<&str>,
        text: &str,
    ) -> (Digest, Option<Signature>) {
        let document = Facts {
            id: id.to_owned(),
            origins: origins.iter().map(|&origin| origin.to_owned()).collect(),
            publisher: publisher.map(str::to_owned),
            ..Facts::default()
        };
        (Digest { document, ..Digest::default() }, Signature::new(text))
    }

    fn voices(records: &[(Digest, Option<Signature>)]) -> Voices {
        let (digests, signatures): (Vec<_>, Vec<_>) = records.iter().cloned().unzip();
        let heard = heard(&digests, &signatures, Words::built_in());
        Voices::new(&digests, heard, Words::built_in())
    }

    fn count(voices: &Voices, documents: &[usize]) -> usize {
        voices.independent(documents.iter().map(|&document| (document, None)))
    }

    #[test]
    fn one_origin_is_one_voice() {
        let found = voices(&[
            record("a", &["新華社"], Some("甲新聞"), ""),
            record("b", &["xinhuanet.com"], Some("乙新聞"), ""),
            record("c", &[], Some("甲新聞"), ""),
            record("d", &[], None, ""),
            record("e", &[], None, ""),
        ]);
        assert_eq!(count(&found, &[0, 1]), 1);
        assert_eq!(count(&found, &[0, 1, 2, 3, 4]), 4);
        assert_eq!(found.groups.len(), 4);
    }

    #[test]
    fn a_story_of_two_agencies_does_not_make_them_one() {
        let found = voices(&[
            record("a", &["AP", "ロイター"], None, ""),
            record("b", &["AP通信"], None, ""),
            record("c", &["reuters.com"], None, ""),
        ]);
        assert_eq!(count(&found, &[0, 1, 2]), 2);
        assert_eq!(count(&found, &[0, 1]), 1);
    }

    #[test]
    fn near_copies_are_one_voice() {
        let body = "両国の外相は三日、首都で会談し、漁業と航空の二つの協定に署名した。\
                    会談のあと、外相は記者団に対し、年内に次の協議を開く考えを示した。\
                    協定は議会の承認を経て来年の春に効力をもつ見通しである。";
        let copy = format!("【速報】{body}");
        let found = voices(&[
            record("a", &[], None, body),
            record("b", &[], None, &copy),
            record("c", &[], None, &"まったく別の話題について書かれた長い記事がここに続いている。".repeat(4)),
        ]);
        assert_eq!(count(&found, &[0, 1]), 1);
        assert_eq!(count(&found, &[0, 2]), 2);
        assert!(found.groups[0].nearly_same_text);
    }
}

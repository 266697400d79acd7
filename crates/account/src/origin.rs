//! Which documents are one voice: stated origins, publishers, and texts that are nearly the same.

use crate::actor::Sets;
use crate::passage::Text;
use crate::words::{Lang, Words};
use entente_base::record::{Document, Record};
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

impl Voices {
    pub(crate) fn new(records: &[Record], texts: &[Text], words: &Words) -> Self {
        let stated: Vec<BTreeSet<String>> =
            records.iter().map(|record| stated_keys(&record.document, words)).collect();
        let mut spelled: BTreeMap<String, String> = BTreeMap::new();
        for Record { document, .. } in records {
            for name in document.origins.iter().chain(&document.publisher) {
                spelled.entry(words.origin_key(name)).or_insert_with(|| name.trim().to_owned());
            }
        }
        let mut sets = Sets::new(records.len());
        let mut same_text = BTreeSet::new();
        for (a, b) in nearly_same(texts) {
            sets.join(a, b);
            same_text.extend([a, b]);
        }
        // Near copies have all origins of their set; those with the same origins are one group.
        let mut keys_of_set: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (index, keys) in stated.iter().enumerate() {
            keys_of_set.entry(sets.find(index)).or_default().extend(keys.iter().cloned());
        }
        let mut of = Vec::with_capacity(records.len());
        let mut groups: BTreeMap<BTreeSet<String>, Origin> = BTreeMap::new();
        for index in 0..records.len() {
            let root = sets.find(index);
            let keys = keys_of_set.get(&root).cloned().unwrap_or_default();
            let named: Vec<String> = keys.iter().cloned().collect();
            let voice =
                if keys.is_empty() { BTreeSet::from([format!("\u{0}document {root}")]) } else { keys };
            let group = groups.entry(voice.clone()).or_insert_with(|| Origin {
                spelled: named.iter().map(|key| spelled.get(key).unwrap_or(key).clone()).collect(),
                keys: named,
                documents: Vec::new(),
                nearly_same_text: false,
            });
            group.documents.push(index);
            group.nearly_same_text |= same_text.contains(&index);
            of.push(voice);
        }
        let mut groups: Vec<Origin> = groups.into_values().collect();
        groups.sort_by(|a, b| a.documents.cmp(&b.documents));
        Self { groups, of }
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

/// Origins that a document states; else its publisher; else the host of its address.
fn stated_keys(document: &Document, words: &Words) -> BTreeSet<String> {
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

fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The MinHash signature of a text's letters; `None` where it is too short to tell.
fn signature(text: &Text) -> Option<Vec<u64>> {
    let letters: Vec<u64> =
        text.chars.iter().filter(|c| c.is_alphanumeric()).map(|&c| u64::from(u32::from(c))).collect();
    if letters.len() < FEWEST + SHINGLE {
        return None;
    }
    let mut least = vec![u64::MAX; HASHES];
    let shingles: BTreeSet<u64> = letters
        .windows(SHINGLE)
        .map(|window| window.iter().fold(0u64, |hash, &letter| mix(hash.rotate_left(7) ^ letter)))
        .collect();
    for shingle in shingles {
        for (index, slot) in least.iter_mut().enumerate() {
            *slot = (*slot).min(mix(shingle ^ (index as u64).wrapping_mul(0xd6e8_feb8_6659_fd93)));
        }
    }
    Some(least)
}

/// Pairs of texts that are nearly the same. Texts of a band are compared with the first that has it.
fn nearly_same(texts: &[Text]) -> Vec<(usize, usize)> {
    let signatures: Vec<Option<Vec<u64>>> = texts.iter().map(signature).collect();
    let mut first: HashMap<(usize, u64), usize> = HashMap::new();
    let mut pairs = BTreeSet::new();
    for (index, signature) in signatures.iter().enumerate() {
        let Some(mine) = signature else { continue };
        for (band, hashes) in mine.chunks(BAND).enumerate() {
            let key = hashes.iter().fold(0u64, |all, &hash| mix(all ^ hash));
            let &mut other = first.entry((band, key)).or_insert(index);
            if other == index || pairs.contains(&(other, index)) {
                continue;
            }
            if let Some(Some(theirs)) = signatures.get(other) {
                let equal = mine.iter().zip(theirs).filter(|(a, b)| a == b).count();
                if equal as f64 / HASHES as f64 >= NEARLY_SAME {
                    pairs.insert((other, index));
                }
            }
        }
    }
    pairs.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, origins: &[&str], publisher: Option<&str>, text: &str) -> Record {
        Record {
            document: Document {
                id: id.to_owned(),
                text: text.to_owned(),
                origins: origins.iter().map(|&origin| origin.to_owned()).collect(),
                publisher: publisher.map(str::to_owned),
                ..Document::default()
            },
            ..Record::default()
        }
    }

    fn voices(records: &[Record]) -> Voices {
        let texts: Vec<Text> = records.iter().map(|record| Text::new(&record.document.text)).collect();
        Voices::new(records, &texts, Words::built_in())
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

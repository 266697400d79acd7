//! The tables of `lexicon/clause/`.

use crate::types::{Aspect, Case, Link, Modality, Tense, Voice};
use entente_base::lexicon::{Lexicon, Row};
use entente_base::{CharSet, LexiconError};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// What a word or pattern adds to a predicate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Effect {
    pub modality: Option<Modality>,
    pub aspect: Option<Aspect>,
    pub voice: Option<Voice>,
    pub tense: Option<Tense>,
    pub negates: bool,
    /// Only at the end of the sentence.
    pub at_end: bool,
}

/// What a noun stands for, by its last characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NounClass {
    Person,
    Body,
    Act,
    Content,
    Quantity,
    Thing,
    Relation,
    Occasion,
}

/// What a verb takes as its content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Speech {
    /// Words.
    pub say: bool,
    /// Thoughts.
    pub think: bool,
    /// よう, and whom in に.
    pub request: bool,
    /// None: it is an act on whose occasion the next is done.
    pub occasion: bool,
}

/// Phrases of one or more words, each with a value, and the characters with which they begin: at most places none does.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    values: HashMap<String, T>,
    first: CharSet,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { values: HashMap::default(), first: CharSet::default() }
    }
}

impl<T> Phrases<T> {
    fn insert(&mut self, phrase: String, value: T) {
        self.first.extend(phrase.chars().next());
        self.values.insert(phrase, value);
    }

    /// Adds a phrase unless it is there.
    fn insert_new(&mut self, phrase: String, value: T) {
        self.first.extend(phrase.chars().next());
        self.values.entry(phrase).or_insert(value);
    }

    /// Whether a phrase begins with this character.
    pub fn begins(&self, c: Option<char>) -> bool {
        c.is_some_and(|c| self.first.contains(c))
    }

    /// The value of a phrase.
    pub fn get(&self, phrase: &str) -> Option<&T> {
        self.values.get(phrase)
    }
}

#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Particles of several words: case, and whether they link noun to noun.
    pub particle: Phrases<(Case, bool)>,
    /// Auxiliary words by dictionary form.
    pub auxiliary: HashMap<String, Effect>,
    /// Patterns after a predicate, as dictionary forms; spaces are dropped, so that it does not matter where
    /// the tokenizer parts a word (可能性).
    pub after: Phrases<Effect>,
    /// Modality that a noun gives to the clause that modifies it.
    pub noun_modality: HashMap<String, Modality>,
    /// What a verb gives to the clause it governs, by verb and particle.
    pub verb_modality: HashMap<(String, String), Effect>,
    /// Patterns that join a clause to what follows.
    pub connective: Phrases<Link>,
    /// Light verbs by verb and particle.
    pub light: HashMap<(String, String), Effect>,
    /// Verbs of saying and thinking.
    pub speech: HashMap<String, Speech>,
    /// Verbs whose て form is an adverb.
    pub adverb: HashSet<String>,
    /// Verbs that take no を.
    pub intransitive: HashSet<String>,
    /// Verbs of passing by, whose subject goes on.
    pub passing: HashSet<String>,
    /// Nouns by what they stand for.
    noun: HashMap<Box<[char]>, Vec<NounClass>>,
    /// Characters that end one of `noun`.
    noun_last: CharSet,
}

/// Longest pattern, in words.
pub(super) const PATTERN_WORDS: usize = 8;

const FORMS: &str = "write dictionary forms with one space between words";

fn named<T>(row: &Row<'_>, column: &str, names: &[(&str, T)]) -> Result<Option<T>, LexiconError>
where
    T: Copy,
{
    match row.get(column) {
        "" => Ok(None),
        cell => match names.iter().find(|(name, _)| *name == cell) {
            Some((_, value)) => Ok(Some(*value)),
            None => {
                let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
                Err(row
                    .error(format!("`{cell}` is no {column}"), format!("it is one of: {}", known.join(", "))))
            }
        },
    }
}

const CASES: &[(&str, Case)] = &[
    ("De", Case::De),
    ("To", Case::To),
    ("He", Case::He),
    ("Kara", Case::Kara),
    ("Made", Case::Made),
    ("Against", Case::Against),
    ("By", Case::By),
    ("AccordingTo", Case::AccordingTo),
    ("About", Case::About),
    ("As", Case::As),
    ("With", Case::With),
    ("Toward", Case::Toward),
    ("For", Case::For),
    ("Through", Case::Through),
];

const MODALITIES: &[(&str, Modality)] = &[
    ("Scheduled", Modality::Scheduled),
    ("Intended", Modality::Intended),
    ("Wished", Modality::Wished),
    ("Obliged", Modality::Obliged),
    ("Possible", Modality::Possible),
    ("Conditional", Modality::Conditional),
    ("Hearsay", Modality::Hearsay),
    ("Inferred", Modality::Inferred),
    ("Requested", Modality::Requested),
    ("Considered", Modality::Considered),
    ("Cancelled", Modality::Cancelled),
];

const ASPECTS: &[(&str, Aspect)] =
    &[("Ongoing", Aspect::Ongoing), ("Begun", Aspect::Begun), ("Completed", Aspect::Completed)];

const VOICES: &[(&str, Voice)] =
    &[("Passive", Voice::Passive), ("Causative", Voice::Causative), ("Benefactive", Voice::Benefactive)];

const LINKS: &[(&str, Link)] = &[
    ("And", Link::And),
    ("But", Link::But),
    ("If", Link::If),
    ("Because", Link::Because),
    ("Purpose", Link::Purpose),
    ("When", Link::When),
];

fn flag(row: &Row<'_>, column: &str) -> Result<bool, LexiconError> {
    Ok(named(row, column, &[("yes", true)])?.unwrap_or(false))
}

fn effect(row: &Row<'_>) -> Result<Effect, LexiconError> {
    Ok(Effect {
        modality: named(row, "modality", MODALITIES)?,
        aspect: named(row, "aspect", ASPECTS)?,
        voice: named(row, "voice", VOICES)?,
        tense: named(row, "tense", &[("Past", Tense::Past)])?,
        negates: flag(row, "negates")?,
        at_end: named(row, "at", &[("end", true)])?.unwrap_or(false),
    })
}

fn pattern(row: &Row<'_>, words: &str) -> Result<(), LexiconError> {
    let count = words.split(' ').count();
    if words.split(' ').any(str::is_empty) {
        return Err(row.error(format!("`{words}` has an empty word"), FORMS));
    }
    if count > PATTERN_WORDS {
        return Err(
            row.error(format!("`{words}` has {count} words"), format!("at most {PATTERN_WORDS}; {FORMS}"))
        );
    }
    Ok(())
}

impl Tables {
    pub fn read(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut tables = Tables::default();
        for row in lexicon.rows("clause/particle")? {
            let case = named(&row, "case", CASES)?
                .ok_or_else(|| row.error("column `case` is empty", "name the case it gives"))?;
            tables.particle.insert(row.need("phrase")?.to_owned(), (case, flag(&row, "adnominal")?));
        }
        for row in lexicon.rows("clause/auxiliary")? {
            tables.auxiliary.insert(row.need("word")?.to_owned(), effect(&row)?);
        }
        for row in lexicon.rows("clause/modality")? {
            tables.modality_row(&row)?;
        }
        for row in lexicon.rows("clause/connective")? {
            let words = row.need("words")?;
            pattern(&row, words)?;
            let link = named(&row, "link", LINKS)?
                .ok_or_else(|| row.error("column `link` is empty", "name the link"))?;
            tables.connective.insert(words.replace(' ', ""), link);
        }
        for row in lexicon.rows("clause/light_verb")? {
            let key = (row.need("verb")?.to_owned(), row.need("case")?.to_owned());
            tables.light.insert(key, effect(&row)?);
        }
        for row in lexicon.rows("clause/speech")? {
            let speech = tables.speech.entry(row.need("verb")?.to_owned()).or_default();
            match row.need("kind")? {
                "say" => speech.say = true,
                "think" => speech.think = true,
                "request" => speech.request = true,
                "occasion" => speech.occasion = true,
                other => {
                    return Err(row.error(
                        format!("`{other}` is no kind"),
                        "it is one of: say, think, request, occasion",
                    ));
                }
            }
        }
        for row in lexicon.rows("clause/adverb")? {
            tables.adverb.insert(row.need("verb")?.to_owned());
        }
        for row in lexicon.rows("clause/passing")? {
            tables.passing.insert(row.need("verb")?.to_owned());
        }
        for row in lexicon.rows("clause/intransitive")? {
            tables.intransitive.insert(row.need("verb")?.to_owned());
        }
        for row in lexicon.rows("clause/noun")? {
            let class = match row.need("class")? {
                "person" => NounClass::Person,
                "body" => NounClass::Body,
                "act" => NounClass::Act,
                "content" => NounClass::Content,
                "quantity" => NounClass::Quantity,
                "thing" => NounClass::Thing,
                "relation" => NounClass::Relation,
                "occasion" => NounClass::Occasion,
                other => {
                    return Err(row.error(
                        format!("`{other}` is no class"),
                        "it is one of: person, body, act, content, quantity, thing, relation, occasion",
                    ));
                }
            };
            let word: Vec<char> = row.need("word")?.chars().collect();
            tables.noun_last.extend(word.last().copied());
            tables.noun.entry(word.into()).or_default().push(class);
        }
        Ok(tables)
    }

    fn modality_row(&mut self, row: &Row<'_>) -> Result<(), LexiconError> {
        let word = row.need("word")?;
        let given = effect(row)?;
        match row.need("kind")? {
            "after" => {
                pattern(row, word)?;
                self.add_after(word.to_owned(), given);
            }
            "noun" => {
                let modality = given.modality.ok_or_else(|| {
                    row.error("column `modality` is empty", "name what the noun says of its clause")
                })?;
                self.noun_modality.entry(word.to_owned()).or_insert(modality);
                for copula in ["だ", "です"] {
                    self.add_after(format!("{word} {copula}"), given);
                }
                self.add_after(word.to_owned(), Effect { at_end: true, ..given });
                for tail in row.list("tails") {
                    let words = format!("{word} {tail}");
                    pattern(row, &words)?;
                    let negates = given.negates || tail.ends_with("ない") || tail.ends_with("低い");
                    self.add_after(words, Effect { negates, ..given });
                }
            }
            "verb" => {
                let cases = row.list("cases");
                if cases.is_empty() {
                    return Err(row.error("column `cases` is empty", "name the particles: を;で;が;と;よう"));
                }
                for case in cases {
                    self.verb_modality.entry((word.to_owned(), case.to_owned())).or_insert(given);
                }
            }
            other => {
                return Err(row.error(format!("`{other}` is no kind"), "it is one of: after, noun, verb"));
            }
        }
        Ok(())
    }

    fn add_after(&mut self, words: String, effect: Effect) {
        self.after.insert_new(words.replace(' ', ""), effect);
    }

    /// Whether a noun is listed with this class.
    pub fn is_noun(&self, word: &str, class: NounClass) -> bool {
        let word: Vec<char> = word.chars().collect();
        self.noun.get(word.as_slice()).is_some_and(|classes| classes.contains(&class))
    }

    /// The class of a noun, by the longest of its endings that is listed; endings of one character count
    /// only where `alone` says that they are a word.
    pub fn noun_classes(&self, chars: &[char], alone: bool) -> &[NounClass] {
        if !chars.last().is_some_and(|last| self.noun_last.contains(*last)) {
            return &[];
        }
        let shortest = if alone { 1 } else { 2 };
        (shortest..=chars.len().min(6))
            .rev()
            .find_map(|length| self.noun.get(&chars[chars.len() - length..]))
            .map_or(&[], Vec::as_slice)
    }
}

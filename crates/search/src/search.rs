//! A query answered: the documents in order, and how many there are of each kind.

use crate::index::{Fields, Index, IndexError, column};
use crate::query::{Asked, Clause, Days, Query};
use crate::snippet::{Snippet, matches, snippets};
use crate::unit::Phrase;
use entente_base::{Edtf, Span};
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::ops::Bound;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as Asking,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyDocument, Term};

/// Most hits of a page.
pub const LIMIT: usize = 200;

/// How much more a word weighs in the title, and in the name of an entity, than in the text.
const TITLE: Score = 2.0;
const ENTITY: Score = 0.5;

/// Steps of a score. Sums that differ by how the index is divided are equal in these.
const STEPS: Score = 256.0;

/// In which order hits come. Equal ones come in order of their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Those that say most of what is asked for first; where no words are asked for, the newest.
    #[default]
    Relevance,
    /// The newest first; those without a date last.
    Newest,
    /// The oldest first; those without a date last.
    Oldest,
}

/// Which part of the answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Only documents that may have been published in or after it.
    pub from: Option<Edtf>,
    /// Only documents that may have been published in or before it.
    pub to: Option<Edtf>,
    /// In which order.
    pub sort: Sort,
    /// Hits passed over.
    pub offset: usize,
    /// Most hits; more than [`LIMIT`] counts as that.
    pub limit: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self { from: None, to: None, sort: Sort::default(), offset: 0, limit: 20 }
    }
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// What was found in the title, in code points.
    pub title_matches: Vec<Span>,
    /// Date of publication.
    pub published: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// How well it answers; 0 where no words are asked for or the order is by date.
    pub score: f32,
    /// Passages of its text that show what was found.
    pub snippets: Vec<Snippet>,
}

/// How many of the documents found have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The value.
    pub value: String,
    /// The documents.
    pub count: u64,
}

/// The documents found by what they are about; of each the most frequent value first. A document counts for each of
/// its values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// By state.
    pub states: Vec<Count>,
    /// By type of event.
    pub types: Vec<Count>,
    /// By year of publication, the latest first.
    pub years: Vec<Count>,
    /// By publisher.
    pub publishers: Vec<Count>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Number of documents found, on all pages.
    pub total: u64,
    /// Those of this page.
    pub hits: Vec<Hit>,
    /// Of all documents found.
    pub facets: Facets,
}

impl Index {
    /// Answers a query. `text` gives the text of a document by its id, for the snippets; a document of which it
    /// gives none has none.
    ///
    /// # Errors
    /// When the folder can no longer be read.
    pub fn search(
        &self,
        query: &Query,
        request: &Request,
        text: impl Fn(&str) -> Option<String>,
    ) -> Result<Page, IndexError> {
        let limit = request.limit.min(LIMIT);
        let sort =
            if query.has_words() || request.sort != Sort::Relevance { request.sort } else { Sort::Newest };
        let days = Days::between(request.from.as_ref(), request.to.as_ref());
        let searcher = self.reader.searcher();
        let collector = Tally { sort, most: request.offset.saturating_add(limit) };
        let found = searcher
            .search(&self.fields.query(query, days), &collector)
            .map_err(|error| self.error(error))?;
        let phrases: Vec<&Phrase> = query.phrases().collect();
        let mut hits = Vec::new();
        for ranked in found.ranked.into_iter().skip(request.offset).take(limit) {
            let document: TantivyDocument =
                searcher.doc(ranked.address).map_err(|error| self.error(error))?;
            let stored = |field: Field| Some(document.get_first(field)?.as_str()?.to_owned());
            let title = stored(self.fields.title);
            hits.push(Hit {
                title_matches: title.as_deref().map(|title| matches(title, &phrases)).unwrap_or_default(),
                title,
                published: stored(self.fields.published),
                publisher: stored(self.fields.publisher),
                score: if sort == Sort::Relevance { ranked.key as Score / STEPS } else { 0.0 },
                snippets: text(&ranked.id).map(|text| snippets(&text, &phrases)).unwrap_or_default(),
                id: ranked.id,
            });
        }
        Ok(Page { total: found.total, hits, facets: found.counts.facets() })
    }
}

impl Fields {
    fn query(&self, query: &Query, days: Days) -> BooleanQuery {
        let mut parts: Vec<(Occur, Box<dyn Asking>)> = Vec::new();
        for Clause { absent, asked } in &query.clauses {
            let occur = if *absent { Occur::MustNot } else { Occur::Must };
            parts.push((occur, self.asked(asked)));
        }
        if !days.is_open() {
            parts.push((Occur::Must, unranked(self.published(days))));
        }
        if !parts.iter().any(|(occur, _)| *occur == Occur::Must) {
            parts.push((Occur::Must, unranked(Box::new(AllQuery))));
        }
        BooleanQuery::new(parts)
    }

    fn asked(&self, asked: &Asked) -> Box<dyn Asking> {
        let code = |field: Field, value: &str| -> Box<dyn Asking> {
            Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
        };
        let any = |field: Field, forms: &[Phrase]| -> Box<dyn Asking> {
            Box::new(BooleanQuery::union(forms.iter().map(|form| phrase(field, form)).collect()))
        };
        match asked {
            Asked::Words { forms, exact } => {
                let mut ways: Vec<Box<dyn Asking>> = Vec::new();
                for form in forms {
                    if let Some(c) = form.character() {
                        ways.push(code(self.character, &c.to_string()));
                        continue;
                    }
                    ways.push(phrase(self.text, form));
                    ways.push(Box::new(BoostQuery::new(phrase(self.title, form), TITLE)));
                    if !exact {
                        ways.push(Box::new(BoostQuery::new(phrase(self.entity, form), ENTITY)));
                    }
                }
                Box::new(BooleanQuery::union(ways))
            }
            Asked::States(codes) => unranked(Box::new(BooleanQuery::intersection(
                codes.iter().map(|value| code(self.state, value)).collect(),
            ))),
            Asked::Type(kind) => unranked(code(self.kind, kind.name())),
            Asked::Domain(domain) => unranked(code(self.domain, domain)),
            Asked::Speaker(forms) => unranked(any(self.speaker, forms)),
            Asked::Publisher(name) => unranked(phrase(self.publisher, name)),
            Asked::Lang(lang) => unranked(code(self.lang, lang)),
            Asked::Published(days) => unranked(self.published(*days)),
        }
    }

    /// Documents that may have been published on some of the days.
    fn published(&self, days: Days) -> Box<dyn Asking> {
        let mut parts: Vec<Box<dyn Asking>> = Vec::new();
        if let Some(first) = days.first {
            let first = Bound::Included(Term::from_field_i64(self.last, first));
            parts.push(Box::new(RangeQuery::new(first, Bound::Unbounded)));
        }
        if let Some(last) = days.last {
            let last = Bound::Included(Term::from_field_i64(self.first, last));
            parts.push(Box::new(RangeQuery::new(Bound::Unbounded, last)));
        }
        Box::new(BooleanQuery::intersection(parts))
    }
}

/// A condition that says nothing of how well a document answers.
fn unranked(query: Box<dyn Asking>) -> Box<dyn Asking> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn phrase(field: Field, phrase: &Phrase) -> Box<dyn Asking> {
    let mut tokens: Vec<(usize, Term)> =
        phrase.tokens().into_iter().map(|(at, token)| (at, Term::from_field_text(field, &token))).collect();
    match tokens.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(tokens.remove(0).1, IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new_with_offset(tokens)),
    }
}

/// What is taken down of every document found.
struct Tally {
    sort: Sort,
    /// Most documents that are ranked.
    most: usize,
}

/// A document found, within its segment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: Reverse<i64>,
    /// Ids are numbered in their order.
    id: u64,
    doc: DocId,
}

/// A document found, among those of all segments.
#[derive(PartialEq, Eq)]
struct Ranked {
    key: i64,
    id: String,
    address: DocAddress,
}

impl Ranked {
    fn order(&self, other: &Self) -> Ordering {
        other.key.cmp(&self.key).then_with(|| self.id.cmp(&other.id))
    }
}

/// Documents by value.
#[derive(Default)]
struct Counts {
    states: BTreeMap<String, u64>,
    types: BTreeMap<String, u64>,
    years: BTreeMap<i64, u64>,
    publishers: BTreeMap<String, u64>,
}

impl Counts {
    fn facets(self) -> Facets {
        fn list(counts: BTreeMap<String, u64>) -> Vec<Count> {
            let mut list: Vec<Count> =
                counts.into_iter().map(|(value, count)| Count { value, count }).collect();
            list.sort_by_key(|count| Reverse(count.count));
            list
        }
        Facets {
            states: list(self.states),
            types: list(self.types),
            years: self
                .years
                .into_iter()
                .rev()
                .map(|(year, count)| Count { value: year.to_string(), count })
                .collect(),
            publishers: list(self.publishers),
        }
    }
}

#[derive(Default)]
struct Found {
    total: u64,
    ranked: Vec<Ranked>,
    counts: Counts,
}

impl Collector for Tally {
    type Fruit = Found;
    type Child = SegmentTally;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentTally> {
        let columns = reader.fast_fields();
        Ok(SegmentTally {
            segment,
            sort: self.sort,
            most: self.most,
            total: 0,
            places: Vec::new(),
            ids: columns.str(column::ID)?,
            first: columns.i64(column::FIRST)?,
            years: BTreeMap::new(),
            states: Values::new(columns.str(column::STATE)?),
            types: Values::new(columns.str(column::TYPE)?),
            publishers: Values::new(columns.str(column::PUBLISHER)?),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, parts: Vec<tantivy::Result<Found>>) -> tantivy::Result<Found> {
        fn add<K: Ord>(all: &mut BTreeMap<K, u64>, part: BTreeMap<K, u64>) {
            for (value, count) in part {
                *all.entry(value).or_default() += count;
            }
        }
        let mut found = Found::default();
        for part in parts {
            let part = part?;
            found.total += part.total;
            found.ranked.extend(part.ranked);
            add(&mut found.counts.states, part.counts.states);
            add(&mut found.counts.types, part.counts.types);
            add(&mut found.counts.years, part.counts.years);
            add(&mut found.counts.publishers, part.counts.publishers);
        }
        found.ranked.sort_by(Ranked::order);
        found.ranked.truncate(self.most);
        Ok(found)
    }
}

/// The values of one column, counted by their number within the segment.
struct Values {
    column: Option<StrColumn>,
    counts: Vec<u64>,
}

impl Values {
    fn new(column: Option<StrColumn>) -> Self {
        let counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
        Self { column, counts }
    }

    fn count(&mut self, doc: DocId) {
        let Some(column) = &self.column else { return };
        for value in column.term_ords(doc) {
            if let Some(count) = usize::try_from(value).ok().and_then(|value| self.counts.get_mut(value)) {
                *count += 1;
            }
        }
    }

    fn named(self) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut named = BTreeMap::new();
        let Some(column) = self.column else { return Ok(named) };
        for (value, count) in (0..).zip(self.counts).filter(|(_, count)| *count > 0) {
            let mut name = String::new();
            column.ord_to_str(value, &mut name)?;
            named.insert(name, count);
        }
        Ok(named)
    }
}

struct SegmentTally {
    segment: SegmentOrdinal,
    sort: Sort,
    most: usize,
    total: u64,
    places: Vec<Place>,
    ids: Option<StrColumn>,
    first: Column<i64>,
    /// By the first day of publication, as far as its year.
    years: BTreeMap<i64, u64>,
    states: Values,
    types: Values,
    publishers: Values,
}

impl SegmentTally {
    /// Keeps the best places only.
    fn prune(&mut self) {
        if self.places.len() > self.most {
            self.places.select_nth_unstable(self.most);
            self.places.truncate(self.most);
        }
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = tantivy::Result<Found>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        let first = self.first.first(doc);
        if let Some(first) = first.filter(|first| *first > i64::MIN) {
            *self.years.entry(first / 10_000).or_default() += 1;
        }
        self.states.count(doc);
        self.types.count(doc);
        self.publishers.count(doc);
        let key = match self.sort {
            Sort::Relevance => (score * STEPS).round() as i64,
            Sort::Newest => first.unwrap_or(i64::MIN),
            Sort::Oldest => first.map_or(i64::MIN, |first| first.saturating_neg()),
        };
        let id = self.ids.as_ref().and_then(|ids| ids.term_ords(doc).next()).unwrap_or_default();
        self.places.push(Place { key: Reverse(key), id, doc });
        if self.places.len() > self.most.max(LIMIT).saturating_mul(2) {
            self.prune();
        }
    }

    fn harvest(mut self) -> tantivy::Result<Found> {
        self.prune();
        let mut ranked = Vec::with_capacity(self.places.len());
        for place in &self.places {
            let mut id = String::new();
            if let Some(ids) = &self.ids {
                ids.ord_to_str(place.id, &mut id)?;
            }
            let address = DocAddress::new(self.segment, place.doc);
            ranked.push(Ranked { key: place.key.0, id, address });
        }
        let counts = Counts {
            states: self.states.named()?,
            types: self.types.named()?,
            years: self.years,
            publishers: self.publishers.named()?,
        };
        Ok(Found { total: self.total, ranked, counts })
    }
}

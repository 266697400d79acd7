//! `entente search` and `entente db reindex`: the full-text index beside a store.

use crate::args::{ReindexArgs, SearchArgs, StoreArgs};
use crate::context::Context;
use crate::locale::pick;
use crate::stop::Stop;
use crate::{Outcome, db};
use entente_account::{Lang, lookup_key};
use entente_base::Lexicon;
use entente_base::record::{Kind, Record};
use entente_render::Listing;
use entente_search::{Document, Entity, Index, IndexError, Names, Query, Request, Sort, Writer};
use entente_store::{Selection, Store, StoreError};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;
use std::path::PathBuf;

/// Documents after which what was indexed is made sure.
const COMMIT: u64 = 20_000;

/// The folder of the index of a store: beside the file; for a server in the user's cache, by the place of the store.
pub(crate) fn folder(which: &StoreArgs, store: &Store) -> PathBuf {
    if let Some(folder) = &which.index {
        return folder.clone();
    }
    if !which.db.contains("://") {
        return PathBuf::from(format!("{}.index", which.db));
    }
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")));
    let name = format!("{:016x}.index", lookup_key(store.place()));
    cache.unwrap_or_default().join("entente").join(name)
}

/// What the index needs of a record.
fn document(record: Record) -> Document {
    let names = |ids: &mut dyn Iterator<Item = &String>| -> BTreeSet<String> {
        let known = |id: &String| record.entities.iter().find(|entity| entity.id == *id);
        ids.filter_map(known)
            .flat_map(|entity| std::iter::once(&entity.name).chain(&entity.name_en))
            .cloned()
            .collect()
    };
    let speakers = names(&mut record.statements.iter().flat_map(|said| said.speaker.ids()));
    let mentions = record.mentions.iter().filter(|mention| mention.kind != Kind::Place);
    let states: BTreeSet<&String> = mentions.flat_map(|mention| &mention.states).collect();
    let types: BTreeSet<_> = record.events.iter().map(|event| event.kind).collect();
    let domains: BTreeSet<&String> = record.events.iter().flat_map(|event| &event.domains).collect();
    Document {
        states: states.into_iter().cloned().collect(),
        types: types.into_iter().collect(),
        domains: domains.into_iter().cloned().collect(),
        speakers: speakers.into_iter().collect(),
        entities: record
            .entities
            .iter()
            .map(|entity| Entity {
                name: entity.name.clone(),
                name_en: entity.name_en.clone(),
                aliases: Vec::new(),
            })
            .collect(),
        id: record.document.id,
        title: record.document.title,
        published: record.document.published.and_then(|date| date.parse().ok()),
        publisher: record.document.publisher,
        lang: Some(record.document.lang).filter(|lang| !lang.is_empty()),
        text: record.document.text,
    }
}

/// Brings the index up to the store: what was written since it last was. Makes one where there is none, and makes it
/// anew where a program ended in the midst of that. The documents are kept already: what goes wrong here is said, and
/// nothing more.
pub(crate) fn catch_up(
    context: &Context,
    lexicon: &Lexicon,
    store: &mut Store,
    which: &StoreArgs,
) -> Result<(), Stop> {
    follow(context, lexicon, store, which, std::iter::once(()))
}

/// The same, again at each sign that something was written.
pub(crate) fn follow(
    context: &Context,
    lexicon: &Lexicon,
    store: &mut Store,
    which: &StoreArgs,
    signs: impl IntoIterator<Item = ()>,
) -> Result<(), Stop> {
    let folder = folder(which, store);
    let index = match Index::open(&folder, Names::new(lexicon)?) {
        Err(
            IndexError::Missing { .. }
            | IndexError::Foreign { .. }
            | IndexError::Format { .. }
            | IndexError::Damaged { .. },
        ) => Index::create(&folder, Names::new(lexicon)?),
        index => index,
    };
    let filled = match index {
        // Another program is making it.
        Err(IndexError::Locked { .. }) => Ok(()),
        Err(error) => Err(error.into()),
        Ok(index) => fill(context, &index, store, signs),
    };
    match filled {
        Err(stop @ Stop::Index(_)) => {
            context.say(&stop.text(context.lang));
            Ok(())
        }
        filled => filled,
    }
}

/// Puts what was written since the index was last brought up to date into it, at each sign.
fn fill(
    context: &Context,
    index: &Index,
    store: &mut Store,
    signs: impl IntoIterator<Item = ()>,
) -> Result<(), Stop> {
    // One that knows more than the store was made of another, which stood here before.
    let mut before = index.generation()?;
    if before > store.sequence()?.unsigned_abs() {
        before = 0;
        let mut writer = index.writer()?;
        writer.clear()?;
        writer.commit(0)?;
    }
    let mut writer: Option<Writer<'_>> = None;
    let (mut last, mut count) = (before, 0u64);
    for () in signs {
        store.checkpoint()?;
        let after = Some(i64::try_from(last).unwrap_or(i64::MAX));
        let mut failed: Option<IndexError> = None;
        store.each(&Selection { after, ..Selection::default() }, |stored| {
            if failed.is_some() {
                return Ok(());
            }
            last = last.max(stored.sequence.unsigned_abs());
            let put = || -> Result<(), IndexError> {
                let writer = match &mut writer {
                    Some(writer) => writer,
                    slot => slot.insert(index.writer()?),
                };
                writer.put(&document(stored.record))?;
                count += 1;
                if count.is_multiple_of(COMMIT) { writer.commit(last) } else { Ok(()) }
            };
            failed = { put }().err();
            if count.is_multiple_of(256) {
                context.progress(count as usize);
            }
            Ok(())
        })?;
        match failed {
            // Whoever is writing brings it up to date, or the next who asks does.
            Some(IndexError::Locked { .. }) => return Ok(()),
            Some(error) => return Err(error.into()),
            None => {}
        }
    }
    context.clear_progress();
    if let Some(mut writer) = writer {
        writer.commit(last)?;
        writer.finish()?;
    }
    Ok(())
}

/// Makes the index anew from the store.
pub(crate) fn reindex(context: &Context, request: &ReindexArgs) -> Result<Outcome, Stop> {
    let lexicon = context.lexicon()?;
    let mut store = db::open_existing(context, &request.store.db)?;
    let folder = folder(&request.store, &store);
    let index = Index::create(&folder, Names::new(&lexicon)?)?;
    fill(context, &index, &mut store, std::iter::once(()))?;
    index.refresh()?;
    let count = index.len();
    context.say(&match context.lang {
        Lang::Ja => format!("{}: 文書 {count} 件", folder.display()),
        Lang::En => format!("{}: {count} documents", folder.display()),
    });
    Ok(Outcome::Done)
}

/// Searches.
pub(crate) fn run(context: &Context, request: &SearchArgs) -> Result<Outcome, Stop> {
    let lexicon = context.lexicon()?;
    let mut store = db::open_existing(context, &request.store.db)?;
    let index = Index::open(&folder(&request.store, &store), Names::new(&lexicon)?)?;
    fill(context, &index, &mut store, std::iter::once(()))?;
    index.refresh()?;
    let text = request.query.join(" ");
    let query = Query::parse(&text, index.names()).map_err(|error| wrong(&text, &error, context.lang))?;
    let date = |date: &Option<String>| date.as_deref().and_then(|date| date.parse().ok());
    let wanted = Request {
        from: date(&request.from),
        to: date(&request.to),
        sort: match request.sort.as_str() {
            "newest" => Sort::Newest,
            "oldest" => Sort::Oldest,
            _ => Sort::Relevance,
        },
        offset: request.offset,
        limit: request.limit,
    };
    let mut broken: Option<StoreError> = None;
    let mut texts: HashMap<String, Option<String>> = HashMap::new();
    let page = {
        let texts = std::cell::RefCell::new((&mut store, &mut broken, &mut texts));
        index.search(&query, &wanted, |id| {
            let (store, broken, texts) = &mut *texts.borrow_mut();
            texts
                .entry(id.to_owned())
                .or_insert_with(|| {
                    store.text(id).unwrap_or_else(|error| {
                        **broken = Some(error);
                        None
                    })
                })
                .clone()
        })?
    };
    if let Some(error) = broken {
        return Err(error.into());
    }
    let on_terminal = std::io::IsTerminal::is_terminal(&std::io::stdout()) && request.format == "table";
    let rows = page
        .hits
        .iter()
        .map(|hit| {
            let snippets: Vec<String> =
                hit.snippets.iter().map(|snippet| marked(snippet, on_terminal)).collect();
            vec![
                hit.published.clone().unwrap_or_default(),
                hit.publisher.clone().unwrap_or_default(),
                hit.title.clone().unwrap_or_default(),
                snippets.join(" … "),
                hit.id.clone(),
            ]
        })
        .collect();
    let count = |counts: &[entente_search::Count]| -> Value {
        counts.iter().map(|count| json!({"value": count.value, "count": count.count})).collect()
    };
    let hits: Vec<Value> = page
        .hits
        .iter()
        .map(|hit| {
            let snippets: Vec<Value> = hit
                .snippets
                .iter()
                .map(|snippet| json!({"start": snippet.span.start, "end": snippet.span.end, "text": snippet.text, "matches": snippet.matches}))
                .collect();
            json!({
                "document": hit.id, "title": hit.title, "published": hit.published, "publisher": hit.publisher,
                "score": hit.score, "snippets": snippets,
            })
        })
        .collect();
    let head = |name: &'static str, ja: &str, en: &str| (name, pick(context.lang, ja, en).to_owned());
    let listing = Listing {
        title: text,
        heads: vec![
            head("published", "発行", "published"),
            head("publisher", "発行元", "publisher"),
            head("title", "題", "title"),
            head("text", "語句", "words"),
            head("document", "文書", "document"),
        ],
        rows,
        note: Some(match context.lang {
            Lang::Ja => format!("全 {} 件", page.total),
            Lang::En => format!("{} in all", page.total),
        }),
        data: json!({
            "total": page.total, "hits": hits,
            "facets": {
                "states": count(&page.facets.states), "types": count(&page.facets.types),
                "years": count(&page.facets.years), "publishers": count(&page.facets.publishers),
            },
        }),
    };
    let text = entente_render::listing(&request.format, &listing)?;
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// A snippet with what was found in brackets.
fn marked(snippet: &entente_search::Snippet, bold: bool) -> String {
    let (open, close) = if bold { ("\u{1b}[1m", "\u{1b}[0m") } else { ("【", "】") };
    let mut out = String::new();
    for (at, c) in snippet.text.chars().enumerate() {
        if snippet.matches.iter().any(|found| found.start == snippet.span.start + at) {
            out.push_str(open);
        }
        out.push(if c.is_whitespace() { ' ' } else { c });
        if snippet.matches.iter().any(|found| found.end == snippet.span.start + at + 1) {
            out.push_str(close);
        }
    }
    out
}

/// What is wrong with a query, and where.
fn wrong(text: &str, error: &entente_search::QueryError, lang: Lang) -> Stop {
    let rest: String = text.chars().skip(error.at).take(20).collect();
    let told = error.fault.to_string();
    let (message, help) = told.split_once("\n  help: ").unwrap_or((&told, ""));
    Stop::Usage {
        message: match lang {
            Lang::Ja => format!("検索語の {} 文字目「{rest}」: {message}", error.at + 1),
            Lang::En => format!("query, character {}, at `{rest}`: {message}", error.at + 1),
        },
        help: help.to_owned(),
    }
}

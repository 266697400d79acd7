//! `entente correct`: what people decide over what the coder made.

use crate::args::{
    AddArgs, ByArgs, CorrectArgs, CorrectCommand, ExportArgs, ListArgs, PairArgs, RejectArgs, RevertArgs,
    SetArgs,
};
use crate::context::Context;
use crate::stop::Stop;
use crate::{Outcome, db};
use entente_account::Lang;
use entente_base::Lexicon;
use entente_store::diff::ItemKind;
use entente_store::{
    By, Change, Codes, Correction, CorrectionError, ItemName, Joiner, Listed, StoreError, gold,
};
use std::io::Write as _;

/// Does what was asked.
pub(crate) fn run(context: &Context, request: &CorrectArgs) -> Result<Outcome, Stop> {
    match &request.command {
        CorrectCommand::Set(SetArgs { by, item, fields }) => {
            change(context, by, Change::Set { item: name(item)?, fields: pairs(fields)? })
        }
        CorrectCommand::Add(AddArgs { by, document, kind, words, at, fields }) => {
            let known = ItemKind::ALL.into_iter().find(|known| known.name() == kind);
            let kind = known.ok_or_else(|| CorrectionError::Name { given: kind.clone() });
            let (document, words, at) = (document.clone(), words.clone(), *at);
            let kind = kind.map_err(StoreError::from)?;
            change(context, by, Change::Add { document, kind, words, at, fields: pairs(fields)? })
        }
        CorrectCommand::Reject(RejectArgs { by, item }) => change(context, by, Change::Reject(name(item)?)),
        CorrectCommand::Join(PairArgs { by, one, other }) => {
            change(context, by, Change::Join(name(one)?, name(other)?))
        }
        CorrectCommand::Split(PairArgs { by, one, other }) => {
            change(context, by, Change::Split(name(one)?, name(other)?))
        }
        CorrectCommand::List(request) => list(context, request),
        CorrectCommand::Revert(request) => revert(context, request),
        CorrectCommand::Export(request) => export(context, request),
    }
}

fn name(given: &str) -> Result<ItemName, Stop> {
    Ok(given.parse().map_err(StoreError::Correction)?)
}

/// `field=value`, parted.
fn pairs(fields: &[String]) -> Result<Vec<(String, String)>, Stop> {
    let part = |field: &String| match field.split_once('=') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.to_owned())),
        None => Err(Stop::Store(
            CorrectionError::Value {
                field: field.clone(),
                value: String::new(),
                expected: "field=value".to_owned(),
            }
            .into(),
        )),
    };
    fields.iter().map(part).collect()
}

/// Who, when and why. Of all that this program writes, this alone reads the clock.
fn by(request: &ByArgs) -> By {
    let now = || jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    By {
        who: request.who.clone().unwrap_or_default(),
        when: request.when.clone().unwrap_or_else(now),
        why: request.why.clone(),
    }
}

fn change(context: &Context, request: &ByArgs, change: Change) -> Result<Outcome, Stop> {
    let lexicon: Lexicon = context.lexicon()?;
    let (codes, words) = (Codes::load(&lexicon)?, context.words(&lexicon)?);
    let mut store = db::open_existing(context, &request.store.db)?;
    let number = store.correct(&change, &by(request), &codes, &mut Joiner::new(&words))?;
    context.say(&match context.lang {
        Lang::Ja => format!("{}: 訂正 {number} を加えました", store.place()),
        Lang::En => format!("{}: correction {number} made", store.place()),
    });
    Ok(Outcome::Done)
}

fn revert(context: &Context, request: &RevertArgs) -> Result<Outcome, Stop> {
    let words = context.words(&context.lexicon()?)?;
    let mut store = db::open_existing(context, &request.by.store.db)?;
    store.revert(request.number, &by(&request.by), &mut Joiner::new(&words))?;
    let number = request.number;
    context.say(&match context.lang {
        Lang::Ja => format!("{}: 訂正 {number} を取り消しました", store.place()),
        Lang::En => format!("{}: correction {number} taken back", store.place()),
    });
    Ok(Outcome::Done)
}

fn list(context: &Context, request: &ListArgs) -> Result<Outcome, Stop> {
    let mut store = db::open_existing(context, &request.store.db)?;
    let mut out = std::io::stdout().lock();
    for listed in store.corrections(request.document.as_deref())? {
        if request.format == "jsonl" {
            serde_json::to_writer(&mut out, &listed).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", told(&listed, context.lang))?;
        }
    }
    Ok(Outcome::Done)
}

/// A correction on two lines.
fn told(listed: &Listed, lang: Lang) -> String {
    let Correction { number, document, kind, action, target, other, patch, by, reverted } =
        &listed.correction;
    let words: Vec<&str> = target.words.iter().map(|words| words.text.as_str()).collect();
    let words = words.first().map(|words| format!("「{}」", words.replace('\n', " "))).unwrap_or_default();
    let uid = target.uid.as_ref().map(|uid| format!(" {uid}")).unwrap_or_default();
    let second = other.as_ref().map(|(id, target)| {
        format!(" + {id}{}", target.uid.as_ref().map(|uid| format!(" {uid}")).unwrap_or_default())
    });
    let fields: Vec<String> = patch.iter().map(|(field, value)| format!("{field}={value}")).collect();
    let state = match (lang, reverted, listed.stale) {
        (Lang::Ja, Some(by), _) => format!("  取消: {} {} {}", by.who, by.when, by.why),
        (Lang::En, Some(by), _) => format!("  reverted: {} {} {}", by.who, by.when, by.why),
        (Lang::Ja, None, true) => "  失効: 対象が見つかりません".to_owned(),
        (Lang::En, None, true) => "  stale: what it means is not found".to_owned(),
        (_, None, false) => String::new(),
    };
    format!(
        "{number}  {} {} {document}{uid}{} {words} {}\n   {} {} {}{state}",
        action.name(),
        kind.name(),
        second.unwrap_or_default(),
        fields.join(" "),
        by.who,
        by.when,
        by.why
    )
}

/// The name of a file for a document: what could not stand in one everywhere is written as `%` and its code.
fn file_name(id: &str) -> String {
    use std::fmt::Write as _;
    id.chars().fold(String::new(), |mut name, c| {
        if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
            name.push(c);
        } else {
            // Writing into a string does not fail.
            let _ = write!(name, "%{:02X}", u32::from(c));
        }
        name
    })
}

fn export(context: &Context, request: &ExportArgs) -> Result<Outcome, Stop> {
    let mut store = db::open_existing(context, &request.store.db)?;
    std::fs::create_dir_all(&request.dir)?;
    let mut count = 0;
    for id in store.corrected_documents()? {
        let Some(stored) = store.get(&id)? else { continue };
        let path = request.dir.join(format!("{}.gold.json", file_name(&id)));
        let mut text = serde_json::to_string_pretty(&gold(&stored.record)).map_err(std::io::Error::from)?;
        text.push('\n');
        std::fs::write(path, text)?;
        count += 1;
    }
    context.say(&match context.lang {
        Lang::Ja => format!("{}: 正解記録 {count} 件を書きました", request.dir.display()),
        Lang::En => format!("{}: {count} gold records written", request.dir.display()),
    });
    Ok(Outcome::Done)
}

/// Why a correction cannot be made, in Japanese.
pub(crate) fn explain_ja(error: &CorrectionError) -> String {
    match error {
        CorrectionError::Document { id } => {
            format!("`{id}`: 保存庫にこの文書はありません\n  help: 記録の `document.id` で指定してください")
        }
        CorrectionError::Name { given } => format!(
            "`{given}` は項目の名になりません\n  help: 出来事の識別子か、文書#種類:始-終（例 a.txt#figure:40-49）で書いてください"
        ),
        CorrectionError::Item { given } => {
            format!(
                "`{given}`: その項目はありません\n  help: 記録で位置を確かめてください。位置は符号位置で数えます"
            )
        }
        CorrectionError::Several { given, count } => {
            format!("`{given}`: そこには項目が {count} 件あります\n  help: 出来事は識別子で指定してください")
        }
        CorrectionError::Pair { given } => {
            format!("`{given}` は二つ目の出来事になりません\n  help: 異なる二つの出来事を指定してください")
        }
        CorrectionError::Field { kind, field, known } => {
            format!("{kind} に直せる欄 `{field}` はありません\n  help: 直せる欄: {known}")
        }
        CorrectionError::Value { field, value, expected } => {
            format!("{field}={value}: `{field}` の値になりません\n  help: 書き方: {expected}")
        }
        CorrectionError::Twice { field } => {
            format!("`{field}` が二度あります\n  help: 一度だけ書いてください")
        }
        CorrectionError::Missing { field } => {
            format!("`{field}` がありません\n  help: {field}=… を書いてください")
        }
        CorrectionError::Nothing => "直すところがありません\n  help: 欄=値 を書いてください".to_owned(),
        CorrectionError::Words { words, count } => format!(
            "「{words}」は文書に {count} 回あります\n  help: 一度だけ現れる語句を引くか、--at で最初の符号位置を指定してください"
        ),
        CorrectionError::Entity { name, known } => {
            format!("`{name}`: 文書にこの名の主体はありません\n  help: あるもの: {known}")
        }
        CorrectionError::Number { number } => {
            format!("{number}: この番号の訂正はありません\n  help: `entente correct list` で見られます")
        }
        CorrectionError::Reverted { number } => {
            format!("{number}: すでに取り消されています\n  help: `entente correct list` で見られます")
        }
    }
}

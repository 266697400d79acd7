//! `entente db`: a store checked and moved; and what all commands on a store say.

use crate::args::{DbArgs, DbCheckArgs, DbCommand, DumpArgs, LoadArgs};
use crate::context::Context;
use crate::stop::Stop;
use crate::{Outcome, search};
use entente_account::{Lang, Words};
use entente_store::{Derive, Fault, Joiner, Problem, Store, StoreError};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write as _};

/// Does what was asked.
pub(crate) fn run(context: &Context, request: &DbArgs) -> Result<Outcome, Stop> {
    match &request.command {
        DbCommand::Check(request) => check(context, request),
        DbCommand::Dump(request) => dump(context, request),
        DbCommand::Load(request) => load(context, request),
        DbCommand::Reindex(request) => search::reindex(context, request),
    }
}

/// Opens a store, makes it where there is none, and says when it was upgraded.
pub(crate) fn open(context: &Context, url: &str) -> Result<Store, Stop> {
    told(context, Store::open(url)?)
}

/// Opens a store that is there, and says when it was upgraded.
pub(crate) fn open_existing(context: &Context, url: &str) -> Result<Store, Stop> {
    told(context, Store::open_existing(url)?)
}

fn told(context: &Context, mut store: Store) -> Result<Store, Stop> {
    if let Some(upgrade) = store.upgrade() {
        let (place, from, to, backup) = (store.place(), upgrade.from, upgrade.to, &upgrade.backup);
        context.say(&match context.lang {
            Lang::Ja => {
                format!(
                    "{place}: 形式 {from} から形式 {to} に改めました。改める前のものは {backup} にあります"
                )
            }
            Lang::En => {
                format!(
                    "{place}: upgraded from format {from} to format {to}; as it was it is kept in {backup}"
                )
            }
        });
    }
    if store.is_stale()? {
        let place = store.place().to_owned();
        context.say(&match context.lang {
            Lang::Ja => format!("{place}: 文書の記録から全体の記述を作り直しています"),
            Lang::En => format!("{place}: making the account anew from the records of its documents"),
        });
        let words = context.words(&context.lexicon()?)?;
        let mut done = 0;
        store.derive_anew(&mut derived(&words), |count| {
            done += count;
            context.progress(done);
        })?;
        context.clear_progress();
    }
    Ok(store)
}

/// What is kept in step with the records.
pub(crate) fn derived(words: &Words) -> impl Derive {
    Joiner::new(words)
}

fn check(context: &Context, request: &DbCheckArgs) -> Result<Outcome, Stop> {
    let mut store = open_existing(context, &request.store.db)?;
    let checked = store.check(|problem| context.report(&told_problem(problem, context.lang)))?;
    let (documents, versions, problems) = (checked.documents, checked.versions, checked.problems);
    let mut out = std::io::stdout().lock();
    match context.lang {
        Lang::Ja => writeln!(out, "文書 {documents} 件、版 {versions} 件、問題 {problems} 件"),
        Lang::En => writeln!(out, "{documents} documents, {versions} versions, {problems} problems"),
    }?;
    Ok(if problems == 0 { Outcome::Done } else { Outcome::Partial })
}

fn dump(context: &Context, request: &DumpArgs) -> Result<Outcome, Stop> {
    let mut store = open_existing(context, &request.store.db)?;
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    match store.dump(&mut out) {
        Ok(_) => Ok(Outcome::Done),
        Err(StoreError::DumpIo(error)) => Err(Stop::from(error)),
        Err(error) => Err(error.into()),
    }
}

fn load(context: &Context, request: &LoadArgs) -> Result<Outcome, Stop> {
    let mut input: Box<dyn BufRead> = if request.file.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(&request.file).map_err(StoreError::DumpIo)?))
    };
    let mut store = open(context, &request.store.db)?;
    let loaded = {
        let words = context.words(&context.lexicon()?)?;
        store.load(&mut input, &mut derived(&words))?
    };
    for id in &loaded.conflicts {
        context.report(&match context.lang {
            Lang::Ja => format!(
                "{id}: 保存庫にはこの文書の別の版があり、そのままにしました\n  help: どちらかを別の保存庫に移してください"
            ),
            Lang::En => format!(
                "{id}: the store has other versions of this document, and they stay\n  help: keep one of both in another store"
            ),
        });
    }
    let conflicts = loaded.conflicts.len();
    context.say(&match context.lang {
        Lang::Ja => format!(
            "{}: 新規 {} 件、版を追加 {} 件、変わらず {} 件、食い違い {conflicts} 件",
            store.place(),
            loaded.new,
            loaded.changed,
            loaded.unchanged
        ),
        Lang::En => format!(
            "{}: {} new, {} with further versions, {} unchanged, {conflicts} in conflict",
            store.place(),
            loaded.new,
            loaded.changed,
            loaded.unchanged
        ),
    });
    Ok(if conflicts == 0 { Outcome::Done } else { Outcome::Partial })
}

fn told_problem(problem: &Problem, lang: Lang) -> String {
    let Lang::Ja = lang else { return problem.to_string() };
    let fault = match &problem.fault {
        Fault::Database(said) => format!("データベースの報告: {said}"),
        Fault::Keys { documents, last } => {
            format!("文書は {documents} 件ですが、最後の文書の番号は {last} です")
        }
        Fault::Versions { current, found } => format!("現在の版は {current} ですが、版は {found} 件あります"),
        Fault::Hash => "本文・書誌・ページのいずれかが書き込んだものと違います".to_owned(),
        Fault::Unreadable(why) => format!("読めません: {why}"),
        Fault::Place(words) => format!("記録の示す位置に「{words}」がありません"),
        Fault::Correction { number, why } => {
            format!("訂正 {number} を読めないか、その文書がありません: {why}")
        }
        Fault::Column(name) => format!("列 `{name}` が記録と合いません"),
    };
    match (problem.document.as_str(), problem.version) {
        ("", _) => fault,
        (id, 0) => format!("{id}: {fault}"),
        (id, version) => format!("{id}（版 {version}）: {fault}"),
    }
}

/// What to tell the user of a store that failed.
pub(crate) fn explain(error: &StoreError, lang: Lang) -> String {
    let Lang::Ja = lang else { return error.to_string() };
    match error {
        StoreError::Locked { place } => format!(
            "{place}: ほかのプログラムが書き込み中で、終わりません\n  help: 終わるのを待つか、止めてから、もう一度試してください"
        ),
        StoreError::Full { place } => format!(
            "{place}: 書き込む空きがありません。確定した文書は残っています\n  help: 空きをつくって同じ命令をもう一度実行すると、続きから始まります"
        ),
        StoreError::ReadOnly { place } => {
            format!(
                "{place}: 書き込めません\n  help: ファイルとフォルダー、またはデータベースの権限を確かめてください"
            )
        }
        StoreError::Corrupt { place, why } => format!(
            "{place}: データベースが壊れているか、データベースではありません: {why}\n  help: `entente db check` で壊れた箇所がわかります。書き出したもの（`entente db load`）か控えを新しい保存庫に入れてください"
        ),
        StoreError::Unopened { place, why } => {
            format!(
                "{place}: 開けません: {why}\n  help: 書き込めるフォルダーにあるファイルを指定してください"
            )
        }
        StoreError::Missing { place } => format!(
            "{place}: ここに保存庫はありません\n  help: `entente ingest --db {place} PATH…` でつくれます"
        ),
        StoreError::Io { place, why } => {
            format!("{place}: 読み書きできません: {why}\n  help: ディスクの状態と空き容量を確かめてください")
        }
        StoreError::Address { place, why } => format!(
            "{place}: データベースのアドレスではありません: {why}\n  help: postgres://USER@HOST/DATABASE の形で書いてください"
        ),
        StoreError::NoServer { place, why } => format!(
            "{place}: サーバーが応答しません: {why}\n  help: PostgreSQL が動いているか、ホストとポートが正しいかを確かめてください"
        ),
        StoreError::Refused { place, why } => format!(
            "{place}: サーバーに拒まれました: {why}\n  help: 利用者名とパスワードを確かめ、postgres://USER:PASSWORD@HOST/DATABASE か PGPASSWORD で渡してください"
        ),
        StoreError::NoDatabase { place, why } => {
            format!("{place}: {why}\n  help: `createdb` でつくるか、別のデータベースを指定してください")
        }
        StoreError::Unfit { place, why } => format!(
            "{place}: {why}\n  help: PostgreSQL 15 以上で、文字コードが UTF8 のデータベースと、すでにあるスキーマを使ってください"
        ),
        StoreError::Newer { place, found, known, program } => format!(
            "{place}: より新しい Entente（{program}）が形式 {found} で書いたものです。この版は形式 {known} までしか読めません\n  help: Entente {program} 以上を使ってください"
        ),
        StoreError::Foreign { place } => format!(
            "{place}: 表がありますが、Entente の保存庫ではありません\n  help: 別のファイル、または専用のデータベースかスキーマを指定してください"
        ),
        StoreError::Document { id, why } => format!(
            "{id}: この文書は収められません: {why}\n  help: 文書に別の `id` をつけるか、本文を直してください"
        ),
        StoreError::Damaged { place, what, why } => format!(
            "{place}: {what} を読み取れません: {why}\n  help: `entente db check` で壊れた箇所がわかります"
        ),
        StoreError::Dump { line, why } => format!(
            "書き出しの {line} 行目: {why}\n  help: `entente db dump` が書き出したものを、全部そろえて取り込んでください"
        ),
        StoreError::DumpIo(why) => {
            format!("書き出し: {why}\n  help: ファイルの有無と空き容量を確かめてください")
        }
        StoreError::Correction(error) => crate::correct::explain_ja(error),
        StoreError::Derive(error) => error.to_string(),
        StoreError::Sql { place, why, .. } => {
            format!("{place}: データベースに拒まれました: {why}\n  help: この文面を添えて報告してください")
        }
    }
}

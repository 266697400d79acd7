//! Which language the command speaks, and its words in both.

use entente_account::Lang;
use std::ffi::OsString;

/// The language asked for with `--lang`, or else that of the locale: Japanese for `ja…`, English for any other.
///
/// Looked for before the arguments are parsed, because help and errors are in that language too.
pub(crate) fn choose(given: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Lang {
    if let Some(lang) = option(given, "--lang").and_then(|code| Lang::parse(&code)) {
        return lang;
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    if locale.starts_with("ja") { Lang::Ja } else { Lang::En }
}

/// The value of an option, as `--name value` or `--name=value`; the last one counts.
pub(crate) fn option(given: &[OsString], name: &str) -> Option<String> {
    let mut found = None;
    let mut rest = given.iter().skip(1).map_while(|arg| match arg.to_string_lossy() {
        end if end == "--" => None,
        arg => Some(arg),
    });
    while let Some(arg) = rest.next() {
        if arg == name {
            found = rest.next().map(|value| value.into_owned());
        } else if let Some(value) = arg.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
            found = Some(value.to_owned());
        }
    }
    found
}

/// The one of two wordings.
pub(crate) const fn pick<'a>(lang: Lang, ja: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}

/// Help in Japanese: command (empty for the whole), argument (empty for the command itself), words.
const HELP_JA: &[(&str, &str, &str)] = &[
    ("", "", "国家間の関係を伝える日本語の記事を読み、記録と調書をつくる"),
    ("", "lexicon", "同梱の辞書に重ねる辞書フォルダー"),
    ("", "lang", "案内・エラー・調書の言語 [既定: ロケールによる]"),
    ("", "color", "色づけ。NO_COLOR があれば色をつけない"),
    ("", "db", "保存庫: SQLite ファイルのパス、または postgres://USER@HOST/DATABASE"),
    ("", "help", "使い方を表示する（短く: -h、詳しく: --help）"),
    ("", "version", "版を表示する"),
    ("code", "", "記事を符号化し、一つの文書につき一つの記録を書く"),
    ("code", "published", "日付をもたない文書の発行日。2025、2025-05、2025-05-06 の形で"),
    ("code", "format", "出力の形式"),
    ("code", "jobs", "並行して処理する文書の数 [既定: プロセッサーの数]"),
    ("code", "paths", "ファイル、フォルダー（下位も含む）、または標準入力の `-`"),
    ("dossier", "", "二つ以上の国についての調書を、根拠となる語句を添えて書く"),
    ("", "from", "この日より前の出来事を除く"),
    ("", "to", "この日より後の出来事を除く"),
    ("", "domain", "この分野の出来事だけ"),
    ("", "kind", "この PLOVER 型の出来事だけ"),
    ("", "status", "この状態の出来事だけ"),
    ("", "min_origins", "互いに独立した出所がこの数以上ある出来事だけ"),
    ("", "limit", "示す出来事の数の上限。重要なものを残す"),
    ("", "states", "国（コード、日本語名、英語名、または「中露」のような組）"),
    ("dossier", "as_of", "約束の期限が過ぎたかをこの日で判断する [既定: 文書の示す最後の日]"),
    ("dossier", "published", "日付をもたない文書の発行日"),
    ("dossier", "format", "出力の形式"),
    ("dossier", "jobs", "並行して処理する文書の数 [既定: プロセッサーの数]"),
    (
        "dossier",
        "items",
        "国（コード、日本語名、英語名、または「中露」のような組）に続けて、記事のパス [既定: 保存庫]",
    ),
    ("explain", "", "各段階が一文一文から読み取ったものと、それを読み取った規則を示す"),
    ("explain", "published", "日付をもたない文書の発行日"),
    ("explain", "place", "ファイル、フォルダー、または `-`。`:` と行番号を添えるとその行だけ"),
    ("ingest", "", "記事を符号化して保存庫に収める。すでにあるものには手を触れない"),
    ("ingest", "published", "日付をもたない文書の発行日"),
    ("ingest", "jobs", "並行して処理する文書の数 [既定: プロセッサーの数]"),
    ("ingest", "paths", "ファイル、フォルダー（下位も含む）、または標準入力の `-`"),
    ("recode", "", "保存庫の文書を符号化しなおし、何が変わったかを示す"),
    ("recode", "all", "この版のプログラムとこの辞書で符号化した文書もやりなおす"),
    ("recode", "format", "報告の形式"),
    ("recode", "jobs", "並行して処理する文書の数 [既定: プロセッサーの数]"),
    ("timeline", "", "出来事を時の順に示す"),
    ("timeline", "format", "出力の形式"),
    ("positions", "", "どの争点にだれがどう立つかを示す"),
    ("positions", "format", "出力の形式"),
    ("pledges", "", "約束と予定、そのその後を示す"),
    ("pledges", "as_of", "約束の期限が過ぎたかをこの日で判断する [既定: 文書の示す最後の日]"),
    ("pledges", "format", "出力の形式"),
    ("conflicts", "", "出所の食い違いを、両方の言い分とともに示す"),
    ("conflicts", "format", "出力の形式"),
    ("figures", "", "数値を系列にして示し、増減を水準と照らす"),
    ("figures", "measure", "この指標だけ: trade、export、import、investment、aid、troops など"),
    ("figures", "format", "出力の形式"),
    ("relation", "", "二国の関係の推移: 件数、ゴールドスタイン値、転換点"),
    ("relation", "grain", "期間の長さ"),
    ("relation", "format", "出力の形式"),
    ("framing", "", "出所ごとに関係をどう語るかを並べて示す"),
    ("framing", "format", "出力の形式"),
    ("why", "", "出来事の出所とその語句、一つの出来事とみた理由を示す"),
    ("why", "format", "出力の形式"),
    ("why", "event", "`timeline` の示す出来事の番号"),
    ("", "index", "検索索引のフォルダー [既定: ファイルの隣の DB.index。サーバーなら利用者のキャッシュの中]"),
    (
        "search",
        "",
        "保存庫の文書を検索する: 語、「句」、-除く語、state:CHN type:CONSULT speaker:名 date:2024-05..2024-08",
    ),
    ("search", "from", "この日以後に発行された文書だけ"),
    ("search", "to", "この日以前に発行された文書だけ"),
    ("search", "sort", "文書の順"),
    ("search", "offset", "飛ばす文書の数"),
    ("search", "limit", "示す文書の数の上限（200 まで）"),
    ("search", "format", "出力の形式"),
    ("search", "query", "検索するもの"),
    ("db reindex", "", "保存庫から検索索引をつくりなおす"),
    ("stats", "", "保存庫にどれだけあるかを示す"),
    ("stats", "format", "出力の形式"),
    ("correct", "", "保存庫の記録と出来事の結びつきを人の判断で直す"),
    ("", "who", "直す人 [既定: システムの利用者]"),
    ("", "why", "理由"),
    ("", "when", "日時。2025-05-06 または 2025-05-06T12:00:00Z の形で [既定: 現在]"),
    ("correct set", "", "項目の欄に別の値を与える"),
    ("correct set", "item", "出来事の識別子、または 文書#種類:始-終"),
    ("correct set", "fields", "欄と新しい値。複数の値はコンマで区切り、空の値は「なし」"),
    ("correct add", "", "読み取られなかった項目を加える"),
    ("correct add", "words", "根拠となる文書の語句。出来事には複数でもよい"),
    ("correct add", "at", "語句が二度以上現れるとき、その最初の符号位置"),
    ("correct add", "document", "文書の識別子"),
    ("correct add", "kind", "項目の種類"),
    ("correct add", "fields", "欄と値"),
    ("correct reject", "", "項目を退ける"),
    ("correct reject", "item", "出来事の識別子、または 文書#種類:始-終"),
    ("correct join", "", "二つの出来事を一つとする。自動の判断に優先する"),
    ("correct join", "one", "出来事の識別子"),
    ("correct join", "other", "もう一つの出来事の識別子"),
    ("correct split", "", "二つの報道を別の出来事とする。自動の判断に優先する"),
    ("correct split", "one", "出来事の識別子"),
    ("correct split", "other", "もう一つの出来事の識別子"),
    ("correct list", "", "訂正を一覧する。取り消されたものや失効したものも示す"),
    ("correct list", "document", "この文書のものだけ"),
    ("correct list", "format", "一覧の形式"),
    ("correct revert", "", "訂正を取り消す"),
    ("correct revert", "number", "訂正の番号"),
    ("correct export", "", "訂正のある文書を `make quality` の読む正解記録として書く"),
    ("correct export", "dir", "書き込むフォルダー"),
    ("serve", "", "保存庫のページをブラウザーに見せる"),
    ("serve", "listen", "待ち受ける番地。この計算機だけのものでなければ、ほかの人も読める"),
    ("serve", "allow_edit", "合言葉を示す人に訂正を許す"),
    ("serve", "token_file", "合言葉のファイル [既定: 環境変数 ENTENTE_TOKEN]"),
    ("db", "", "保存庫を調べ、移す"),
    ("db check", "", "すべてを読み、壊れたものや欠けたものを示す"),
    ("db dump", "", "すべてを JSON Lines で書き出す"),
    ("db load", "", "`db dump` が書き出したものを取り込む。二度取り込んでも一度と同じ"),
    ("db load", "file", "書き出したファイル、または標準入力の `-`"),
    ("lexicon", "", "人が編集する辞書を調べ、行を取り込む"),
    ("lexicon check", "", "辞書ファイルの形式を確かめ、規則ごとの用例をすべて試す"),
    ("lexicon check", "dir", "調べるフォルダー。一部だけなら同梱の辞書に重ねる [既定: 同梱の辞書]"),
    ("lexicon import", "", "ウィキデータへの問い合わせの結果から、人物と組織の辞書の行をつくる"),
    ("lexicon import", "wikidata", "結果の SPARQL JSON ファイル。問い合わせは ADDING.md にある"),
    ("lexicon import", "out", "行を書き込む辞書フォルダー [既定: 標準出力]"),
    ("completions", "", "シェルの補完スクリプトを書く"),
    ("completions", "shell", "シェル"),
    ("man", "", "マニュアルページを roff で書く"),
    ("man", "page", "どの命令のページか [既定: entente 全体]"),
];

/// Help of a command's argument in Japanese. Options that hold everywhere have one help everywhere.
pub(crate) fn help_ja(command: &str, argument: &str) -> Option<&'static str> {
    let find = |command: &str| {
        HELP_JA.iter().find(|(of, name, _)| *of == command && *name == argument).map(|(_, _, words)| *words)
    };
    find(command).or_else(|| if argument.is_empty() { None } else { find("") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(args: &[&str]) -> Vec<OsString> {
        std::iter::once("entente").chain(args.iter().copied()).map(OsString::from).collect()
    }

    #[test]
    fn the_option_beats_the_locale_and_the_first_variable_set_decides() {
        let japanese = |name: &str| (name == "LANG").then(|| "ja_JP.UTF-8".to_owned());
        assert_eq!(choose(&given(&["code"]), japanese), Lang::Ja);
        assert_eq!(choose(&given(&["code", "--lang", "en"]), japanese), Lang::En);
        assert_eq!(choose(&given(&["--lang=ja"]), |_| None), Lang::Ja);
        assert_eq!(choose(&given(&["code", "--", "--lang=ja"]), |_| None), Lang::En);
        let mixed = |name: &str| match name {
            "LC_ALL" => Some(String::new()),
            "LC_MESSAGES" => Some("C".to_owned()),
            _ => Some("ja_JP".to_owned()),
        };
        assert_eq!(choose(&given(&[]), mixed), Lang::En);
    }
}

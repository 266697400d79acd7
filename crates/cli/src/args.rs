//! The arguments: the one definition from which help, the man pages and the completions derive.

use crate::locale;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum, ValueHint};
use entente_account::Lang;
use entente_base::record::{DOMAINS, EventType, Status};
use entente_render::{FORMATS, LISTING_FORMATS, Render};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Exit codes: 0 all done, 1 some input failed, 2 wrong usage.

Examples:
  entente code --published 2025-05-06 article.txt
  entente code --format table articles/
  entente dossier CHN RUS --lang en articles/
  entente explain article.txt:3";

const AFTER_HELP_JA: &str = "\
終了コード: 0 すべて終了、1 読めない入力があった、2 使い方の誤り。

例:
  entente code --published 2025-05-06 article.txt
  entente code --format table articles/
  entente dossier 中露 articles/
  entente explain article.txt:3";

/// Reads Japanese news about relations between states and codes records
#[derive(Debug, Parser)]
#[command(name = "entente", version, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// Folder of lexicon files that are read after the built-in ones
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) lexicon: Option<PathBuf>,

    /// Language of help, errors and the dossier [default: by the locale]
    #[arg(long, global = true, value_name = "LANG", value_parser = ["ja", "en"])]
    lang: Option<String>,

    /// Colours; without it, none where NO_COLOR is set or the output is no terminal
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// For help and usage errors.
    pub(crate) const fn clap(self) -> clap::ColorChoice {
        match self {
            Color::Auto => clap::ColorChoice::Auto,
            Color::Always => clap::ColorChoice::Always,
            Color::Never => clap::ColorChoice::Never,
        }
    }

    /// For everything else.
    pub(crate) const fn stream(self) -> anstream::ColorChoice {
        match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Code(CodeArgs),
    Dossier(DossierArgs),
    Explain(ExplainArgs),
    Ingest(IngestArgs),
    Recode(RecodeArgs),
    /// Events in the order of time
    Timeline(AskArgs),
    /// Who stands where on which issue
    Positions(AskArgs),
    Pledges(PledgesArgs),
    /// Where sources disagree, with both sides
    Conflicts(AskArgs),
    Figures(FiguresArgs),
    Relation(RelationArgs),
    Framing(FramingArgs),
    Why(WhyArgs),
    Search(SearchArgs),
    Stats(StatsArgs),
    Correct(CorrectArgs),
    Serve(ServeArgs),
    Db(DbArgs),
    Lexicon(LexiconArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Codes articles: one record a document
#[derive(Debug, Args)]
pub(crate) struct CodeArgs {
    /// Date of publication of documents that carry none themselves: 2025, 2025-05 or 2025-05-06
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<String>,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "jsonl", value_parser = formats(of_records))]
    pub(crate) format: String,

    /// Documents coded at a time [default: the number of processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// File, folder (with the folders in it), or `-` for standard input
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
}

/// Writes the dossier on two states or more, each line with the words that support it
#[derive(Debug, Args)]
pub(crate) struct DossierArgs {
    /// Day by which a promise counts as overdue [default: the last day that the documents speak of]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<String>,

    /// Date of publication of documents that carry none themselves
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<String>,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "md", value_parser = formats(of_dossier))]
    pub(crate) format: String,

    /// Documents coded at a time [default: the number of processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// States (code, Japanese or English name, or a pair such as 中露), then paths of articles [default: the store]
    #[arg(value_name = "STATE… [PATH…]", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub(crate) items: Vec<OsString>,
}

/// Shows what each room made of each sentence, and which rule made what
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Date of publication of documents that carry none themselves
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<String>,

    /// File, folder or `-`; with `:` and a number, that line alone
    #[arg(value_name = "PATH[:LINE]", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) place: OsString,
}

/// Which store.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// Store: the path of an SQLite file, or postgres://USER@HOST/DATABASE
    #[arg(
        long,
        value_name = "PATH|URL",
        env = "ENTENTE_DB",
        hide_env_values = true,
        default_value = "entente.db",
        value_hint = ValueHint::AnyPath
    )]
    pub(crate) db: String,

    /// Folder of the search index [default: beside the file, DB.index; for a server in the user's cache]
    #[arg(long, value_name = "DIR", env = "ENTENTE_INDEX", hide_env_values = true, value_hint = ValueHint::DirPath)]
    pub(crate) index: Option<PathBuf>,
}

/// Searches the documents of a store: words, "phrases", -words, state:CHN type:CONSULT speaker:NAME date:2024-05..2024-08
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Only documents published on this date or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) from: Option<String>,

    /// Only documents published on this date or before
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) to: Option<String>,

    /// Order of the documents
    #[arg(long, value_name = "ORDER", default_value = "relevance", value_parser = ["relevance", "newest", "oldest"])]
    pub(crate) sort: String,

    /// Documents passed over
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// Most documents shown, 200 at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = LISTING_FORMATS)]
    pub(crate) format: String,

    /// What is searched for
    #[arg(value_name = "QUERY", required = true, allow_hyphen_values = true)]
    pub(crate) query: Vec<String>,
}

/// Makes the search index anew from the store
#[derive(Debug, Args)]
pub(crate) struct ReindexArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// Which events of a store.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// Leaves out what happened before this date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) from: Option<String>,

    /// Leaves out what happened after this date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) to: Option<String>,

    /// Only events of this domain
    #[arg(long, value_name = "DOMAIN", value_parser = DOMAINS)]
    pub(crate) domain: Option<String>,

    /// Only events of this PLOVER type
    #[arg(long = "type", value_name = "TYPE", value_parser = types(), ignore_case = true)]
    pub(crate) kind: Option<String>,

    /// Only events of this status
    #[arg(long, value_name = "STATUS", value_parser = Status::NAMES)]
    pub(crate) status: Option<String>,

    /// Only events that at least so many sources report that share no origin
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) min_origins: usize,

    /// Most events shown; those that matter most are kept
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

/// A question about some states to a store.
#[derive(Debug, Args)]
pub(crate) struct AskArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = LISTING_FORMATS)]
    pub(crate) format: String,

    /// States (code, Japanese or English name, or a pair such as 中露)
    #[arg(value_name = "STATE")]
    pub(crate) states: Vec<String>,
}

/// Promises and plans, and what became of them
#[derive(Debug, Args)]
pub(crate) struct PledgesArgs {
    /// Day by which a promise counts as overdue [default: the last day that the documents speak of]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<String>,

    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// Figures in series, with changes checked against levels
#[derive(Debug, Args)]
pub(crate) struct FiguresArgs {
    /// Only this measure: trade, export, import, investment, aid, troops, …
    #[arg(long, value_name = "MEASURE")]
    pub(crate) measure: Option<String>,

    #[command(flatten)]
    pub(crate) ask: AskArgs,
}

/// The relation of two states in time: counts, Goldstein sums, points of change
#[derive(Debug, Args)]
pub(crate) struct RelationArgs {
    /// Length of a period
    #[arg(long, value_name = "GRAIN", default_value = "month", value_parser = ["month", "quarter", "year"])]
    pub(crate) grain: String,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats(of_relation))]
    pub(crate) format: String,

    /// The two states
    #[arg(value_name = "STATE", required = true)]
    pub(crate) states: Vec<String>,
}

/// How groups of sources speak of a relation, side by side
#[derive(Debug, Args)]
pub(crate) struct FramingArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats(of_framing))]
    pub(crate) format: String,

    /// States (code, Japanese or English name, or a pair such as 中露)
    #[arg(value_name = "STATE", required = true)]
    pub(crate) states: Vec<String>,
}

/// Shows an event: its sources, each with its words, and why they were taken for one
#[derive(Debug, Args)]
pub(crate) struct WhyArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = LISTING_FORMATS)]
    pub(crate) format: String,

    /// The event, as `timeline` names it
    #[arg(value_name = "EVENT")]
    pub(crate) event: String,
}

/// How much a store holds
#[derive(Debug, Args)]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = LISTING_FORMATS)]
    pub(crate) format: String,
}

/// Codes articles into a store; what it has already stays as it is
#[derive(Debug, Args)]
pub(crate) struct IngestArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Date of publication of documents that carry none themselves
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<String>,

    /// Documents coded at a time [default: the number of processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// File, folder (with the folders in it), or `-` for standard input
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
}

/// Codes the documents of a store again, and tells what changed
#[derive(Debug, Args)]
pub(crate) struct RecodeArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Also documents that were coded by this version of the program with this lexicon
    #[arg(long)]
    pub(crate) all: bool,

    /// Form of the report
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = ["table", "json"])]
    pub(crate) format: String,

    /// Documents coded at a time [default: the number of processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// Corrects what the coder made of documents of a store, and what was joined
#[derive(Debug, Args)]
pub(crate) struct CorrectArgs {
    #[command(subcommand)]
    pub(crate) command: CorrectCommand,
}

/// What to do about corrections.
#[derive(Debug, Subcommand)]
pub(crate) enum CorrectCommand {
    Set(SetArgs),
    Add(AddArgs),
    Reject(RejectArgs),
    /// Makes two events one, whatever joining finds
    Join(PairArgs),
    /// Makes two reports two events, whatever joining finds
    Split(PairArgs),
    List(ListArgs),
    Revert(RevertArgs),
    Export(ExportArgs),
}

/// Who corrects, when, and why.
#[derive(Debug, Args)]
pub(crate) struct ByArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Who corrects [default: the user of the system]
    #[arg(long, value_name = "NAME", env = "USER", hide_env_values = true)]
    pub(crate) who: Option<String>,

    /// Why
    #[arg(long, value_name = "WORDS", required = true)]
    pub(crate) why: String,

    /// When: 2025-05-06 or 2025-05-06T12:00:00Z [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) when: Option<String>,
}

/// Gives fields of an item other values
#[derive(Debug, Args)]
pub(crate) struct SetArgs {
    #[command(flatten)]
    pub(crate) by: ByArgs,

    /// Identifier of an event, or DOCUMENT#KIND:START-END
    #[arg(value_name = "ITEM")]
    pub(crate) item: String,

    /// Fields with their new values; lists have commas, an empty value is none
    #[arg(value_name = "FIELD=VALUE", required = true)]
    pub(crate) fields: Vec<String>,
}

/// Adds an item that the coder did not find
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    #[command(flatten)]
    pub(crate) by: ByArgs,

    /// Words of the document that it stands on; an event may have several
    #[arg(long, value_name = "WORDS", required = true)]
    pub(crate) words: Vec<String>,

    /// First code point of the words, where they stand more than once
    #[arg(long, value_name = "START")]
    pub(crate) at: Option<usize>,

    /// Identifier of the document
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: String,

    /// Kind of item
    #[arg(value_name = "KIND", value_parser = ["mention", "time", "figure", "event", "statement", "commitment", "position"])]
    pub(crate) kind: String,

    /// Fields with their values
    #[arg(value_name = "FIELD=VALUE", required = true)]
    pub(crate) fields: Vec<String>,
}

/// Takes an item away
#[derive(Debug, Args)]
pub(crate) struct RejectArgs {
    #[command(flatten)]
    pub(crate) by: ByArgs,

    /// Identifier of an event, or DOCUMENT#KIND:START-END
    #[arg(value_name = "ITEM")]
    pub(crate) item: String,
}

/// Two events.
#[derive(Debug, Args)]
pub(crate) struct PairArgs {
    #[command(flatten)]
    pub(crate) by: ByArgs,

    /// Identifier of an event
    #[arg(value_name = "EVENT")]
    pub(crate) one: String,

    /// Identifier of another
    #[arg(value_name = "EVENT")]
    pub(crate) other: String,
}

/// Lists corrections, also those that were taken back or find nothing any more
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Those of one document
    #[arg(long, value_name = "ID")]
    pub(crate) document: Option<String>,

    /// Form of the list
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = ["table", "jsonl"])]
    pub(crate) format: String,
}

/// Takes a correction back
#[derive(Debug, Args)]
pub(crate) struct RevertArgs {
    #[command(flatten)]
    pub(crate) by: ByArgs,

    /// Number of the correction
    #[arg(value_name = "NUMBER")]
    pub(crate) number: i64,
}

/// Writes the documents that have corrections as gold records, which `make quality` reads
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Folder that the records are written into
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) dir: PathBuf,
}

/// Serves the pages of a store to a browser
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Address that is listened on; one that is not this machine's alone lets others read
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub(crate) listen: std::net::SocketAddr,

    /// Lets who shows the token correct the store
    #[arg(long)]
    pub(crate) allow_edit: bool,

    /// File that holds the token [default: the variable ENTENTE_TOKEN]
    #[arg(long, value_name = "FILE", requires = "allow_edit", value_hint = ValueHint::FilePath)]
    pub(crate) token_file: Option<PathBuf>,
}

/// Checks a store, and moves it
#[derive(Debug, Args)]
pub(crate) struct DbArgs {
    #[command(subcommand)]
    pub(crate) command: DbCommand,
}

/// What to do with a store.
#[derive(Debug, Subcommand)]
pub(crate) enum DbCommand {
    Check(DbCheckArgs),
    Dump(DumpArgs),
    Load(LoadArgs),
    Reindex(ReindexArgs),
}

/// Reads everything, and tells what is damaged or missing
#[derive(Debug, Args)]
pub(crate) struct DbCheckArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// Writes everything as JSON Lines
#[derive(Debug, Args)]
pub(crate) struct DumpArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// Takes in what `db dump` wrote; twice is once
#[derive(Debug, Args)]
pub(crate) struct LoadArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// The dump, or `-` for standard input
    #[arg(value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
}

/// Works on the lexicon, which people edit
#[derive(Debug, Args)]
pub(crate) struct LexiconArgs {
    #[command(subcommand)]
    pub(crate) command: LexiconCommand,
}

/// What to do with the lexicon.
#[derive(Debug, Subcommand)]
pub(crate) enum LexiconCommand {
    Check(CheckArgs),
    Import(ImportArgs),
}

/// Validates lexicon files, and runs the examples of every rule
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Folder to check; one that is not complete is laid over the built-in lexicon [default: the built-in lexicon]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) dir: Option<PathBuf>,
}

/// Makes lexicon rows of persons and bodies from the results of a query to Wikidata
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// File with the results as SPARQL JSON; the query stands in ADDING.md
    #[arg(long, value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) wikidata: PathBuf,

    /// Lexicon folder to write the rows into [default: standard output]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
}

/// Writes the completion script of a shell
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Writes a manual page as roff
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The command whose page it is [default: the page of entente]
    #[arg(value_name = "COMMAND", value_parser = ["code", "dossier", "explain", "ingest", "recode", "correct", "timeline", "positions", "pledges", "conflicts", "figures", "relation", "framing", "why", "search", "stats", "serve", "db", "lexicon", "completions", "man"])]
    pub(crate) page: Option<String>,
}

fn types() -> PossibleValuesParser {
    EventType::NAMES.into()
}

fn of_relation(render: &Render) -> bool {
    matches!(render, Render::Relation(_))
}

fn of_framing(render: &Render) -> bool {
    matches!(render, Render::Framing(_))
}

fn of_records(render: &Render) -> bool {
    matches!(render, Render::Records(_))
}

fn of_dossier(render: &Render) -> bool {
    matches!(render, Render::Dossier(_))
}

/// The formats of a kind, from the list of them all.
fn formats(kind: fn(&Render) -> bool) -> PossibleValuesParser {
    FORMATS
        .iter()
        .filter(|format| kind(&format.render))
        .map(|format| PossibleValue::new(format.name).help(format.help))
        .collect::<Vec<_>>()
        .into()
}

/// A date as options take it.
fn date(value: &str) -> Result<String, String> {
    entente_text::published(value).map_err(|_| "no date: write it as 2025, 2025-05 or 2025-05-06".to_owned())
}

/// A time as `--when` takes it.
fn moment(value: &str) -> Result<String, String> {
    let known = value.parse::<jiff::Timestamp>().is_ok() || value.parse::<jiff::civil::Date>().is_ok();
    known
        .then(|| value.to_owned())
        .ok_or_else(|| "no time: write it as 2025-05-06 or 2025-05-06T12:00:00Z".to_owned())
}

/// When to colour, looked for before the arguments are parsed.
pub(crate) fn color(given: &[OsString]) -> Color {
    locale::option(given, "--color").and_then(|when| Color::from_str(&when, true).ok()).unwrap_or(Color::Auto)
}

/// The command with its help in a language.
pub(crate) fn command(lang: Lang) -> clap::Command {
    let command = Cli::command();
    match lang {
        Lang::En => command.after_help(AFTER_HELP),
        Lang::Ja => translated(command, "").after_help(AFTER_HELP_JA),
    }
}

fn translated(mut command: clap::Command, path: &str) -> clap::Command {
    if path.is_empty() {
        command = command
            .disable_help_flag(true)
            .disable_version_flag(true)
            .disable_help_subcommand(true)
            .arg(
                clap::Arg::new("help")
                    .short('h')
                    .long("help")
                    .global(true)
                    .action(clap::ArgAction::Help)
                    .help(""),
            )
            .arg(
                clap::Arg::new("version")
                    .short('V')
                    .long("version")
                    .action(clap::ArgAction::Version)
                    .help(""),
            );
    }
    let ids: Vec<(String, bool)> =
        command.get_arguments().map(|arg| (arg.get_id().to_string(), arg.is_positional())).collect();
    for (id, positional) in ids {
        let heading = if positional { "引数" } else { "オプション" };
        command = command.mut_arg(&id, |arg| {
            let arg = arg.help_heading(heading);
            match locale::help_ja(path, &id) {
                Some(words) => arg.help(words),
                None => arg,
            }
        });
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let below = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(&name, |sub| translated(sub, &below));
    }
    if let Some(words) = locale::help_ja(path, "") {
        command = command.about(words);
    }
    command
        .subcommand_help_heading("命令")
        .help_template("{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_together_in_both_languages() {
        command(Lang::En).debug_assert();
        command(Lang::Ja).debug_assert();
    }

    #[test]
    fn every_command_and_argument_has_help_in_japanese() {
        fn walk(command: &clap::Command, path: &str) {
            assert!(locale::help_ja(path, "").is_some(), "command `{path}`");
            for arg in command.get_arguments() {
                assert!(locale::help_ja(path, arg.get_id().as_str()).is_some(), "`{path}` {}", arg.get_id());
            }
            for sub in command.get_subcommands() {
                let below = if path.is_empty() {
                    sub.get_name().to_owned()
                } else {
                    format!("{path} {}", sub.get_name())
                };
                walk(sub, &below);
            }
        }
        walk(&Cli::command(), "");
    }
}

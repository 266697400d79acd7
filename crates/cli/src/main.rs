//! The `entente` command: parses the request, calls the rooms, shows what they made.
//!
//! Nothing of the lexicon or the dictionary is touched before the arguments are parsed, so that help answers at once.

mod args;
mod ask;
mod code;
mod context;
mod correct;
mod db;
mod dossier;
mod explain;
mod import;
mod ingest;
mod input;
mod lexicon;
mod locale;
mod pages;
mod recode;
mod search;
mod serve;
mod stop;

use args::{Cli, Command};
use clap::FromArgMatches as _;
use context::Context;
use std::ffi::OsString;
use std::process::ExitCode;
use stop::Stop;

/// Records are made of many small pieces, by all threads at once: this allocator takes half the time of the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// All was done.
const DONE: u8 = 0;
/// Some input failed.
const FAILED: u8 = 1;
/// The command was used wrongly.
const USAGE: u8 = 2;

/// Whether every input came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All of them.
    Done,
    /// Not all; what failed was said already.
    Partial,
}

fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().collect();
    let lang = locale::choose(&given, |name| std::env::var(name).ok());
    let color = args::color(&given);
    anstream::ColorChoice::write_global(color.stream());
    let command = args::command(lang).color(color.clap());
    let parsed = command.try_get_matches_from(&given).and_then(|found| Cli::from_arg_matches(&found));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { USAGE } else { DONE };
            // A reader of help who went away needs no word of it.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let context = Context::new(lang, cli.lexicon);
    let outcome = match &cli.command {
        Command::Code(request) => code::run(&context, request),
        Command::Dossier(request) => dossier::run(&context, request),
        Command::Explain(request) => explain::run(&context, request),
        Command::Ingest(request) => ingest::run(&context, request),
        Command::Recode(request) => recode::run(&context, request),
        Command::Timeline(request) => ask::timeline(&context, request),
        Command::Positions(request) => ask::positions(&context, request),
        Command::Pledges(request) => ask::pledges(&context, request),
        Command::Conflicts(request) => ask::conflicts(&context, request),
        Command::Figures(request) => ask::figures(&context, request),
        Command::Relation(request) => ask::relation(&context, request),
        Command::Framing(request) => ask::framing(&context, request),
        Command::Why(request) => ask::why(&context, request),
        Command::Search(request) => search::run(&context, request),
        Command::Stats(request) => ask::stats(&context, request),
        Command::Correct(request) => correct::run(&context, request),
        Command::Serve(request) => serve::run(&context, request),
        Command::Db(request) => db::run(&context, request),
        Command::Lexicon(request) => lexicon::run(&context, request),
        Command::Completions(request) => pages::completions(lang, request),
        Command::Man(request) => pages::man(lang, request),
    };
    context.finish();
    match outcome {
        Ok(Outcome::Done) | Err(Stop::Pipe) => ExitCode::from(DONE),
        Ok(Outcome::Partial) => ExitCode::from(FAILED),
        Err(stop) => {
            context.report(&stop.text(lang));
            ExitCode::from(if matches!(stop, Stop::Usage { .. }) { USAGE } else { FAILED })
        }
    }
}

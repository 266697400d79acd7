//! `entente serve`: the pages of a store.

use crate::args::ServeArgs;
use crate::context::Context;
use crate::locale::pick;
use crate::stop::Stop;
use crate::{Outcome, db, search};
use entente_serve::{Options, Room};
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

/// Variable that holds the token.
const TOKEN: &str = "ENTENTE_TOKEN";
/// Fewest characters of a token.
const SHORTEST: usize = 16;

/// Serves pages until it is told to stop.
pub(crate) fn run(context: &Context, request: &ServeArgs) -> Result<Outcome, Stop> {
    let token = token(context, request)?;
    let lexicon = context.lexicon()?;
    let (words, coder) = (context.words(&lexicon)?, context.coder(&lexicon)?);
    // Says now what is wrong with it, and upgrades it where it is of an older format.
    let index = search::folder(&request.store, &db::open_existing(context, &request.store.db)?);
    let options = Options {
        db: request.store.db.clone(),
        index: Some(index),
        readers: None,
        loopback: request.listen.ip().is_loopback(),
        token,
        lexicon: Some(lexicon),
    };
    let room = Arc::new(Room::new(options, words, coder));
    let told = |address: SocketAddr| {
        let mut out = std::io::stdout().lock();
        let stop = pick(context.lang, "止めるには Ctrl-C", "Ctrl-C stops it");
        writeln!(out, "http://{address}/  ({stop})")?;
        out.flush()
    };
    entente_serve::run(request.listen, room, told).map_err(|error| {
        let shown = request.listen;
        match (error.kind(), context.lang) {
            (std::io::ErrorKind::BrokenPipe, _) => Stop::Pipe,
            (_, entente_account::Lang::Ja) => Stop::Usage {
                message: format!("{shown} で待ち受けられません: {error}"),
                help: "`--listen 127.0.0.1:0` とすると、空いている番号が使われます".to_owned(),
            },
            (_, entente_account::Lang::En) => Stop::Usage {
                message: format!("{shown} cannot be listened on: {error}"),
                help: "`--listen 127.0.0.1:0` takes a free port".to_owned(),
            },
        }
    })?;
    Ok(Outcome::Done)
}

/// What whoever edits must show; `None` where nothing may be edited.
fn token(context: &Context, request: &ServeArgs) -> Result<Option<String>, Stop> {
    if !request.allow_edit {
        return Ok(None);
    }
    let given = match &request.token_file {
        Some(file) => Some(std::fs::read_to_string(file).map_err(|error| {
            Stop::Usage {
                message: format!("{}: {error}", file.display()),
                help: pick(context.lang, "読めるファイルを指定してください", "name a file that can be read")
                    .to_owned(),
            }
        })?),
        None => std::env::var(TOKEN).ok(),
    };
    let token = given.map(|token| token.trim().to_owned()).unwrap_or_default();
    if token.chars().count() < SHORTEST {
        return Err(Stop::Usage {
            message: pick(context.lang, "訂正を許すには合言葉が要ります", "corrections need a token")
                .to_owned(),
            help: match context.lang {
                entente_account::Lang::Ja => format!(
                    "{SHORTEST} 文字以上の合言葉を、`--token-file FILE` か環境変数 {TOKEN} で渡してください"
                ),
                entente_account::Lang::En => {
                    format!("give one of {SHORTEST} characters or more by `--token-file FILE` or {TOKEN}")
                }
            },
        });
    }
    Ok(Some(token))
}

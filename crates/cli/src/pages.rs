//! Completions and manual pages, from the definition of the arguments.

use crate::Outcome;
use crate::args::{self, CompletionsArgs, ManArgs};
use crate::stop::Stop;
use entente_account::Lang;
use std::io::Write as _;

/// Writes the completion script of a shell.
pub(crate) fn completions(lang: Lang, request: &CompletionsArgs) -> Result<Outcome, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(request.shell, &mut args::command(lang), "entente", &mut script);
    write(&script)
}

/// Writes the manual page of the whole or of one command.
pub(crate) fn man(lang: Lang, request: &ManArgs) -> Result<Outcome, Stop> {
    let mut command = args::command(lang).disable_help_subcommand(true);
    command.build();
    let found = request.page.as_deref().and_then(|name| command.find_subcommand(name)).cloned();
    let page = match found {
        Some(sub) => {
            let name = format!("entente-{}", sub.get_name());
            sub.display_name(name)
        }
        None => command,
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    write(&roff)
}

fn write(bytes: &[u8]) -> Result<Outcome, Stop> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Outcome::Done)
}

//! How groups of sources speak of a relation, as Markdown, as tables to read, as CSV and as JSON.

use crate::markdown::{quote, text};
use crate::table::Table;
use crate::{Format, Render, RenderError, csv};
use entente_account::{Framed, Framing, FramingGroup, Lang, Utterance, Words};

pub(crate) const MARKDOWN: Format = Format {
    name: "md",
    extension: "md",
    media_type: "text/markdown; charset=utf-8",
    help: "a framing in Markdown",
    streams: false,
    render: Render::Framing(markdown),
};

pub(crate) const TABLE: Format = Format {
    name: "table",
    extension: "txt",
    media_type: "text/plain; charset=utf-8",
    help: "a framing in tables to read",
    streams: false,
    render: Render::Framing(table),
};

pub(crate) const CSV: Format = Format {
    name: "csv",
    extension: "csv",
    media_type: "text/csv; charset=utf-8",
    help: "a framing as rows, one for each utterance",
    streams: false,
    render: Render::Framing(rows),
};

pub(crate) const JSON: Format = Format {
    name: "json",
    extension: "json",
    media_type: "application/json",
    help: "the framing's data, indented",
    streams: false,
    render: Render::Framing(json),
};

/// Kind and manner of an utterance, as data spell them.
fn kind(utterance: &Utterance) -> (&'static str, &str) {
    match utterance {
        Utterance::Statement(act) => ("statement", act),
        Utterance::Position(stance) => ("position", stance),
        Utterance::Assessment => ("assessment", ""),
    }
}

/// Where the words stand.
fn place(said: &Framed) -> String {
    format!("{}:{}–{}", said.document, said.span.start, said.span.end)
}

struct Shown<'a> {
    framing: &'a Framing,
    words: &'a Words,
    lang: Lang,
}

impl Shown<'_> {
    fn label(&self, key: &str) -> String {
        self.words.label(key, self.lang)
    }

    fn list(&self, parts: &[String]) -> String {
        parts.join(if self.lang == Lang::Ja { "、" } else { ", " })
    }

    fn heads(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.label(&format!("column.{key}"))).collect()
    }

    fn sides(&self) -> Vec<String> {
        let names = self.framing.groups.iter().map(|group| group.name.clone());
        std::iter::once(self.label("column.frame")).chain(names).collect()
    }

    /// What kind of utterance it is: `発言：批判`.
    fn kind(&self, utterance: &Utterance) -> String {
        let (name, manner) = kind(utterance);
        let name = self.label(&format!("utterance.{name}"));
        let colon = if self.lang == Lang::Ja { "：" } else { ": " };
        match utterance {
            Utterance::Statement(_) => format!("{name}{colon}{}", self.label(&format!("act.{manner}"))),
            Utterance::Position(_) => format!("{name}{colon}{}", self.label(&format!("stance.{manner}"))),
            Utterance::Assessment => name,
        }
    }

    /// Cells of a group's row of counts.
    fn counts(&self, group: &FramingGroup) -> Vec<String> {
        let count = |prefix: &str, key: &str, count: &usize| {
            format!("{} {count}", self.label(&format!("{prefix}.{key}")))
        };
        let acts: Vec<String> = group.acts.iter().map(|(act, n)| count("act", act, n)).collect();
        let stances: Vec<String> =
            group.stances.iter().map(|(stance, n)| count("stance", stance, n)).collect();
        let own: Vec<String> =
            group.assessments.iter().map(|(frame, n)| count("frame", frame.name(), n)).collect();
        vec![
            group.name.clone(),
            group.documents.to_string(),
            self.list(&acts),
            self.list(&stances),
            self.list(&own),
        ]
    }

    /// Everything said, in the order of the table: by frame, group, document and place.
    fn said(&self) -> impl Iterator<Item = (&str, &str, &Framed)> {
        self.framing.rows.iter().flat_map(move |row| {
            self.framing.groups.iter().zip(&row.cells).flat_map(move |(group, cell)| {
                cell.iter().map(move |said| (row.frame.name(), group.name.as_str(), said))
            })
        })
    }
}

const COUNTS: [&str; 5] = ["group", "documents", "act", "positions", "own"];

fn markdown(framing: &Framing, words: &Words, lang: Lang) -> Result<String, RenderError> {
    let shown = Shown { framing, words, lang };
    let rule = |columns: usize| format!("{}|\n", "| --- ".repeat(columns));
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let escaped = |cells: Vec<String>| line(cells.iter().map(|cell| text(cell)).collect());
    let mut out = format!("# {}\n\n{}\n", shown.label("framing.title"), shown.label("framing.note"));

    out.push_str(&format!("\n## {}\n\n", shown.label("framing.sides")));
    out.push_str(&escaped(shown.sides()));
    out.push_str(&rule(framing.groups.len() + 1));
    let mut number = 0;
    for row in &framing.rows {
        let mut cells = vec![text(&shown.label(&format!("frame.{}", row.frame.name())))];
        for cell in &row.cells {
            let mut lines = vec![cell.len().to_string()];
            for said in cell {
                number += 1;
                lines.push(format!("{}[{number}]", quote(&said.text)));
            }
            cells.push(lines.join("<br>"));
        }
        out.push_str(&line(cells));
    }

    out.push_str(&format!("\n## {}\n\n", shown.label("framing.counts")));
    out.push_str(&escaped(shown.heads(&COUNTS)));
    out.push_str(&rule(COUNTS.len()));
    for group in &framing.groups {
        out.push_str(&escaped(shown.counts(group)));
    }

    out.push_str(&format!("\n## {}\n\n", shown.label("section.citations")));
    for (index, (_, _, said)) in shown.said().enumerate() {
        out.push_str(&format!(
            "{}. {} {}",
            index + 1,
            text(&place(said)),
            text(&shown.kind(&said.utterance))
        ));
        if !said.because.is_empty() {
            let because = format!("{} {}", shown.label("column.because"), shown.list(&said.because));
            out.push_str(&match lang {
                Lang::Ja => format!("（{}）", text(&because)),
                Lang::En => format!(" ({})", text(&because)),
            });
        }
        out.push('\n');
    }
    Ok(out)
}

fn table(framing: &Framing, words: &Words, lang: Lang) -> Result<String, RenderError> {
    let shown = Shown { framing, words, lang };
    let mut out = format!("━━ {}\n{}\n", shown.label("framing.title"), shown.label("framing.note"));

    let mut sides = Table::new(shown.sides());
    for row in &framing.rows {
        let name = shown.label(&format!("frame.{}", row.frame.name()));
        sides.row(std::iter::once(name).chain(row.cells.iter().map(|cell| cell.len().to_string())));
    }
    sides.write(&shown.label("framing.sides"), &mut out);

    let mut counts = Table::new(shown.heads(&COUNTS));
    for group in &framing.groups {
        counts.row(shown.counts(group));
    }
    counts.write(&shown.label("framing.counts"), &mut out);

    let mut items = Table::new(shown.heads(&["frame", "group", "kind", "text", "because", "source"]));
    for (frame, group, said) in shown.said() {
        items.row([
            shown.label(&format!("frame.{frame}")),
            group.to_owned(),
            shown.kind(&said.utterance),
            said.text.clone(),
            shown.list(&said.because),
            place(said),
        ]);
    }
    items.write(&shown.label("framing.items"), &mut out);
    Ok(out)
}

/// One row for each utterance. Names are those of the data, in every language.
fn rows(framing: &Framing, words: &Words, lang: Lang) -> Result<String, RenderError> {
    let mut out = String::new();
    csv::row(["frame", "group", "kind", "manner", "document", "start", "end", "because", "text"], &mut out);
    for (frame, group, said) in (Shown { framing, words, lang }).said() {
        let (name, manner) = kind(&said.utterance);
        let (start, end) = (said.span.start.to_string(), said.span.end.to_string());
        let because = said.because.join(";");
        csv::row([frame, group, name, manner, &said.document, &start, &end, &because, &said.text], &mut out);
    }
    Ok(out)
}

fn json(framing: &Framing, _: &Words, _: Lang) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(framing)? + "\n")
}

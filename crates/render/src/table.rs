//! Records as tables to read in a terminal.

use crate::{Format, Render, RenderError};
use entente_account::{Lang, Names, Words};
use entente_base::Span;
use entente_base::record::{Bound, Change, Record};
use std::collections::HashMap;

pub(crate) const FORMAT: Format = Format {
    name: "table",
    extension: "txt",
    media_type: "text/plain; charset=utf-8",
    help: "tables to read: actors, times, figures, events, statements",
    streams: true,
    render: Render::Records(render),
};

/// Widest cell, in columns of a terminal.
const CELL_COLUMNS: usize = 64;

/// Columns of a terminal that a character takes.
fn width(c: char) -> usize {
    match c {
        '\u{0300}'..='\u{036f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2018}'..='\u{201d}'
        | '\u{2026}'
        | '\u{2190}'..='\u{21ff}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// One line, cut to the width of a cell.
fn cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if columns(&line) <= CELL_COLUMNS {
        return line;
    }
    let mut out = String::new();
    let mut used = 0;
    for c in line.chars() {
        if used + width(c) > CELL_COLUMNS - 2 {
            break;
        }
        used += width(c);
        out.push(c);
    }
    out + "…"
}

/// Rows under heads, set in columns.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(heads: Vec<String>) -> Self {
        Self { rows: vec![heads] }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|text| cell(&text)).collect());
    }

    pub(crate) fn write(&self, title: &str, out: &mut String) {
        if self.rows.len() < 2 {
            return;
        }
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            for (index, cell) in row.iter().enumerate() {
                match widths.get_mut(index) {
                    Some(width) => *width = (*width).max(columns(cell)),
                    None => widths.push(columns(cell)),
                }
            }
        }
        out.push_str(&format!("\n{title} ({})\n", self.rows.len() - 1));
        for (number, row) in self.rows.iter().enumerate() {
            let mut line = String::from("  ");
            for (cell, &width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width.saturating_sub(columns(cell)) + 2));
            }
            out.push_str(line.trim_end());
            out.push('\n');
            if number == 0 {
                let rule: usize = widths.iter().map(|width| width + 2).sum::<usize>().saturating_sub(2);
                out.push_str(&format!("  {}\n", "─".repeat(rule)));
            }
        }
    }
}

struct Shown<'a> {
    words: &'a Words,
    lang: Lang,
    chars: Vec<char>,
    entities: HashMap<&'a str, &'a str>,
}

impl Shown<'_> {
    fn label(&self, key: &str) -> String {
        self.words.label(key, self.lang)
    }

    fn heads(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.label(&format!("column.{key}"))).collect()
    }

    fn codes(&self, codes: &[String]) -> String {
        codes.iter().map(|code| self.words.state(code, self.lang)).collect::<Vec<_>>().join("・")
    }

    fn entity(&self, id: &str) -> String {
        self.entities.get(id).map_or_else(|| self.words.state(id, self.lang), |name| (*name).to_owned())
    }

    fn entities(&self, ids: &[String]) -> String {
        ids.iter().map(|id| self.entity(id)).collect::<Vec<_>>().join("・")
    }

    fn span(&self, span: Span) -> String {
        span.text(&self.chars)
    }
}

fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn change(change: Option<&Change>) -> String {
    change.map_or_else(String::new, |change| {
        format!("{}{}{}", if change.value < 0.0 { "" } else { "+" }, number(change.value), change.unit)
    })
}

fn status(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn render(records: &[Record], words: &Words, lang: Lang) -> Result<String, RenderError> {
    let mut out = String::new();
    for record in records {
        one(record, words, lang, &mut out);
    }
    Ok(out)
}

fn one(record: &Record, words: &Words, lang: Lang, out: &mut String) {
    let document = &record.document;
    let shown = Shown {
        words,
        lang,
        chars: document.text.chars().collect(),
        entities: record.entities.iter().map(|entity| (entity.id.as_str(), entity.name.as_str())).collect(),
    };
    let mut head = vec![document.id.clone()];
    head.extend(document.title.clone().map(|title| cell(&title)));
    head.push(match &document.published {
        Some(date) => date.clone(),
        None => shown.label("published.unknown"),
    });
    if !document.origins.is_empty() {
        head.push(format!("{}: {}", shown.label("origin.stated"), document.origins.join(", ")));
    }
    out.push_str(&format!("━━ {}\n", head.join("  ")));

    let mut table = Table::new(shown.heads(&["name", "kind", "states", "role", "text"]));
    for entity in &record.entities {
        let mut forms: Vec<&str> = Vec::new();
        let mut count = 0;
        for mention in record.mentions.iter().filter(|mention| mention.entity == entity.id) {
            count += 1;
            if !forms.contains(&mention.text.as_str()) {
                forms.push(&mention.text);
            }
        }
        table.row([
            entity.name.clone(),
            shown.label(&format!("kind.{}", status(entity.kind))),
            shown.codes(&entity.states),
            entity.role.clone().unwrap_or_default(),
            format!("{count}× {}", forms.join("・")),
        ]);
    }
    table.write(&shown.label("table.mentions"), out);

    let mut table = Table::new(shown.heads(&["text", "date"]));
    for time in &record.times {
        table.row([time.text.clone(), time.value.clone()]);
    }
    table.write(&shown.label("table.times"), out);

    let mut table =
        Table::new(shown.heads(&["text", "value", "measure", "states", "period", "change", "rank"]));
    for figure in &record.figures {
        let sign = match figure.bound {
            Bound::Exact => "",
            Bound::About => "≈",
            Bound::AtLeast => "≥",
            Bound::AtMost => "≤",
            Bound::LessThan => "<",
        };
        let top = figure.value_to.map_or_else(String::new, |top| format!("–{}", number(top)));
        table.row([
            figure.text.clone(),
            format!("{sign}{}{top} {}", number(figure.value), figure.unit),
            words.measure(&figure.measure, lang),
            shown.codes(&figure.of),
            figure.period.clone().unwrap_or_default(),
            change(figure.change.as_ref()),
            figure.rank.clone().unwrap_or_default(),
        ]);
    }
    table.write(&shown.label("table.figures"), out);

    let mut table = Table::new(shown.heads(&["date", "type", "status", "actor", "domain", "text"]));
    for event in &record.events {
        let kind = match &event.mode {
            Some(mode) => format!("{} {mode}", event.kind.name()),
            None => event.kind.name().to_owned(),
        };
        let parties = if event.source == event.target || event.target.is_empty() {
            shown.codes(&event.source)
        } else {
            format!("{}→{}", shown.codes(&event.source), shown.codes(&event.target))
        };
        table.row([
            event.date.clone().unwrap_or_else(|| "–".to_owned()),
            kind,
            shown.label(&format!("status.{}", status(event.status))),
            parties,
            event
                .domains
                .iter()
                .map(|domain| shown.label(&format!("domain.{domain}")))
                .collect::<Vec<_>>()
                .join("・"),
            event.evidence.first().map_or_else(String::new, |span| shown.span(*span)),
        ]);
    }
    table.write(&shown.label("table.events"), out);

    let mut table = Table::new(shown.heads(&["speaker", "act", "text"]));
    for statement in &record.statements {
        let mut speaker = shown.entities(statement.speaker.ids());
        if let Some(via) = &statement.via {
            speaker = format!("{speaker} ({})", words.fill("via", lang, "who", &shown.entity(via)));
        }
        table.row([speaker, shown.label(&format!("act.{}", statement.act)), shown.span(statement.content)]);
    }
    table.write(&shown.label("table.statements"), out);

    let mut table = Table::new(shown.heads(&["actor", "what", "due", "status"]));
    for commitment in &record.commitments {
        table.row([
            shown.codes(&commitment.by),
            shown.span(commitment.what),
            commitment.due.clone().unwrap_or_default(),
            shown.label(&format!("pledge.{}", status(commitment.status))),
        ]);
    }
    table.write(&shown.label("table.commitments"), out);

    let mut table = Table::new(shown.heads(&["actor", "issue", "status", "text"]));
    for position in &record.positions {
        table.row([
            words.state(&position.holder, lang),
            position.issue.clone(),
            shown.label(&format!("stance.{}", position.stance)),
            shown.span(position.evidence),
        ]);
    }
    table.write(&shown.label("table.positions"), out);

    let mut table = Table::new(shown.heads(&["term", "text"]));
    for term in &record.terms {
        table.row([term.term.clone(), shown.span(term.definition)]);
    }
    table.write(&shown.label("table.terms"), out);
    out.push('\n');
}

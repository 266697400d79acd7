//! The relation of two parties in time, as Markdown, as tables to read, as CSV and as JSON.

use crate::markdown::text;
use crate::table::Table;
use crate::{Format, Render, RenderError, csv};
use entente_account::{
    Direction, Lang, Names, QuadClass, Relation, RelationSeries, Tallies, Tally, Turn, Words,
};
use entente_base::edtf::Edtf;

pub(crate) const MARKDOWN: Format = Format {
    name: "md",
    extension: "md",
    media_type: "text/markdown; charset=utf-8",
    help: "a relation in Markdown",
    streams: false,
    render: Render::Relation(markdown),
};

pub(crate) const TABLE: Format = Format {
    name: "table",
    extension: "txt",
    media_type: "text/plain; charset=utf-8",
    help: "a relation in tables to read",
    streams: false,
    render: Render::Relation(table),
};

pub(crate) const CSV: Format = Format {
    name: "csv",
    extension: "csv",
    media_type: "text/csv; charset=utf-8",
    help: "a relation as rows: domain, period, direction",
    streams: false,
    render: Render::Relation(rows),
};

pub(crate) const JSON: Format = Format {
    name: "json",
    extension: "json",
    media_type: "application/json",
    help: "the relation's data, indented",
    streams: false,
    render: Render::Relation(json),
};

/// A number with two decimals at most.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

struct Shown<'a> {
    relation: &'a Relation,
    words: &'a Words,
    lang: Lang,
}

impl Shown<'_> {
    fn label(&self, key: &str) -> String {
        self.words.label(key, self.lang)
    }

    fn name(&self, code: &str) -> String {
        self.words.state(code, self.lang)
    }

    fn title(&self) -> String {
        let [a, b] = &self.relation.pair;
        let join = match self.lang {
            Lang::Ja => self.label("title.join"),
            Lang::En => format!(" {} ", self.label("title.join")),
        };
        let states = format!("{}{join}{}", self.name(a), self.name(b));
        self.words.fill("relation.title", self.lang, "states", &states)
    }

    fn direction(&self, direction: Direction) -> String {
        let [a, b] = &self.relation.pair;
        match direction {
            Direction::Forward => format!("{}→{}", self.name(a), self.name(b)),
            Direction::Backward => format!("{}→{}", self.name(b), self.name(a)),
            Direction::Joint => self.label("relation.joint"),
        }
    }

    fn heading(&self, series: &RelationSeries) -> String {
        match &series.domain {
            Some(domain) => self.label(&format!("domain.{domain}")),
            None => self.label("relation.all"),
        }
    }

    fn period(&self, period: &str) -> String {
        self.stretch(period, period)
    }

    /// From the beginning of one period to the end of another.
    fn stretch(&self, first: &str, last: &str) -> String {
        let (Ok(from), Ok(to)) = (first.parse::<Edtf>(), last.parse::<Edtf>()) else {
            return first.to_owned();
        };
        let date = if first == last { from } else { Edtf::Interval(from.ends().0, to.ends().1) };
        match self.lang {
            Lang::Ja => date.display_ja(),
            Lang::En => date.display_en(),
        }
    }

    fn heads(&self) -> Vec<String> {
        let mut heads: Vec<String> = ["column.period", "column.events", "column.goldstein", "column.mean"]
            .map(|key| self.label(key))
            .into();
        heads.extend(QuadClass::ALL.map(|class| self.label(&format!("quad.{}", class.name()))));
        heads.extend(Direction::ALL.map(|direction| self.direction(direction)));
        heads
    }

    /// Cells of a row: shares in per cent; for each direction the number of events and their Goldstein sum.
    fn cells(&self, name: String, tallies: &Tallies) -> Vec<String> {
        let all = &tallies.all;
        let mut cells = vec![
            name,
            all.events.to_string(),
            number(all.goldstein),
            all.mean.map_or_else(|| "–".to_owned(), number),
        ];
        cells.extend(QuadClass::ALL.map(|class| {
            all.shares.map_or_else(|| "–".to_owned(), |shares| format!("{:.0}%", shares.get(class) * 100.0))
        }));
        cells.extend(Direction::ALL.map(|direction| {
            let tally = tallies.get(direction);
            if tally.events == 0 {
                "0".to_owned()
            } else {
                format!("{} ({})", tally.events, number(tally.goldstein))
            }
        }));
        cells
    }

    /// Rows of a series to be read. Periods without events that follow each other are one row.
    fn rows(&self, series: &RelationSeries) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let runs = series.periods.chunk_by(|a, b| a.tallies.all.events == 0 && b.tallies.all.events == 0);
        for run in runs {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            rows.push(self.cells(self.stretch(&first.period, &last.period), &first.tallies));
        }
        for (key, tallies) in [
            ("relation.undated", &series.undated.tallies),
            ("relation.total", &series.total),
            ("relation.planned", &series.planned.tallies),
        ] {
            rows.push(self.cells(self.label(key), tallies));
        }
        rows
    }

    /// Lines on the changes of a series, each with the events behind it.
    fn changes(&self, series: &RelationSeries) -> Vec<(String, String)> {
        let said = |change: &entente_account::ChangePoint| {
            let turn = match change.turn {
                Turn::Rise => "turn.rise",
                Turn::Fall => "turn.fall",
            };
            let levels = self
                .words
                .fill("relation.change", self.lang, "before", &number(change.before))
                .replace("{after}", &number(change.after));
            let behind: Vec<String> = change
                .behind
                .iter()
                .map(|behind| format!("{} ({})", behind.event, number(behind.weight)))
                .collect();
            let behind = if behind.is_empty() { self.label("none") } else { behind.join(", ") };
            let colon = if self.lang == Lang::Ja { "：" } else { ": " };
            (
                format!("{} {}{colon}{levels}", self.period(&change.period), self.label(turn)),
                format!("{}{colon}{behind}", self.label("relation.behind")),
            )
        };
        series.changes.iter().map(said).collect()
    }

    /// What was left out, where anything was.
    fn unreal(&self) -> Option<String> {
        let count = self.relation.unreal;
        (count > 0).then(|| self.words.fill("relation.unreal", self.lang, "n", &count.to_string()))
    }
}

fn markdown(relation: &Relation, words: &Words, lang: Lang) -> Result<String, RenderError> {
    let shown = Shown { relation, words, lang };
    let line = |cells: &[String]| {
        format!("| {} |\n", cells.iter().map(|cell| text(cell)).collect::<Vec<_>>().join(" | "))
    };
    let mut out = format!("# {}\n", text(&shown.title()));
    if let Some(note) = shown.unreal() {
        out.push_str(&format!("\n{}\n", text(&note)));
    }
    for series in &relation.series {
        let heads = shown.heads();
        out.push_str(&format!("\n## {}\n\n{}", text(&shown.heading(series)), line(&heads)));
        out.push_str(&format!("| --- {}|\n", "| ---: ".repeat(heads.len() - 1)));
        for row in shown.rows(series) {
            out.push_str(&line(&row));
        }
        if !series.changes.is_empty() {
            out.push_str(&format!("\n### {}\n\n", text(&shown.label("relation.changes"))));
        }
        for (change, behind) in shown.changes(series) {
            out.push_str(&format!("- {}\n  - {}\n", text(&change), text(&behind)));
        }
    }
    Ok(out)
}

fn table(relation: &Relation, words: &Words, lang: Lang) -> Result<String, RenderError> {
    let shown = Shown { relation, words, lang };
    let mut out = format!("━━ {}\n", shown.title());
    if let Some(note) = shown.unreal() {
        out.push_str(&format!("{note}\n"));
    }
    for series in &relation.series {
        let mut table = Table::new(shown.heads());
        for row in shown.rows(series) {
            table.row(row);
        }
        table.write(&shown.heading(series), &mut out);
        for (change, behind) in shown.changes(series) {
            out.push_str(&format!("  * {change}\n    {behind}\n"));
        }
    }
    Ok(out)
}

/// One row for each domain, period and direction. Names are those of the data, in every language.
fn rows(relation: &Relation, _: &Words, _: Lang) -> Result<String, RenderError> {
    let mut out = String::new();
    let heads = ["a", "b", "domain", "period", "direction", "events", "goldstein_sum", "goldstein_mean"];
    csv::row(heads.into_iter().chain(QuadClass::ALL.map(QuadClass::name)).chain(["change"]), &mut out);
    let [a, b] = &relation.pair;
    for series in &relation.series {
        let domain = series.domain.as_deref().unwrap_or("all");
        let dated = series.periods.iter().map(|period| (period.period.as_str(), &period.tallies));
        let rest = [("undated", &series.undated.tallies), ("planned", &series.planned.tallies)];
        for (period, tallies) in dated.chain(rest) {
            let change = series.changes.iter().find(|change| change.period == period);
            let turn = change.map_or("", |change| match change.turn {
                Turn::Rise => "rise",
                Turn::Fall => "fall",
            });
            let directions = Direction::ALL.map(|direction| (direction.name(), tallies.get(direction), ""));
            for (direction, tally, turn) in [("all", &tallies.all, turn)].into_iter().chain(directions) {
                let cells = [a, b, domain, period, direction].map(str::to_owned);
                csv::row(cells.into_iter().chain(counts(tally)).chain([turn.to_owned()]), &mut out);
            }
        }
    }
    Ok(out)
}

fn counts(tally: &Tally) -> Vec<String> {
    let mut cells = vec![
        tally.events.to_string(),
        tally.goldstein.to_string(),
        tally.mean.map_or_else(String::new, |mean| mean.to_string()),
    ];
    cells.extend(QuadClass::ALL.map(|class| tally.classes.get(class).to_string()));
    cells
}

fn json(relation: &Relation, _: &Words, _: Lang) -> Result<String, RenderError> {
    Ok(serde_json::to_string_pretty(relation)? + "\n")
}

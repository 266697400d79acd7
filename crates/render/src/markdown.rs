//! The dossier as Markdown.

use crate::{Format, Render, RenderError};
use entente_account::{Dossier, Entry, FigureLine, KeyPoint, Lang, Section, Words};

pub(crate) const FORMAT: Format = Format {
    name: "md",
    extension: "md",
    media_type: "text/markdown; charset=utf-8",
    help: "a dossier in Markdown",
    streams: false,
    render: Render::Dossier(render),
};

/// Words on one line, with what Markdown would read as markup escaped.
pub(crate) fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    out
}

/// Words in quotation marks that do not clash with those inside.
pub(crate) fn quoted(words: &str) -> (char, char) {
    if words.contains('「') { ('『', '』') } else { ('「', '」') }
}

/// Words quoted and escaped.
pub(crate) fn quote(words: &str) -> String {
    let (open, close) = quoted(words);
    format!("{open}{}{close}", text(words))
}

fn cites(numbers: &[usize]) -> String {
    numbers.iter().map(|number| format!("[{number}]")).collect()
}

struct Page<'a> {
    dossier: &'a Dossier,
    words: &'a Words,
    out: String,
}

impl Page<'_> {
    fn lang(&self) -> Lang {
        self.dossier.lang
    }

    fn label(&self, key: &str) -> String {
        self.words.label(key, self.lang())
    }

    fn list(&self, parts: &[String]) -> String {
        parts.join(if self.lang() == Lang::Ja { "、" } else { ", " })
    }

    /// Words in brackets, as the language sets them.
    fn aside(&self, words: &str) -> String {
        match self.lang() {
            Lang::Ja => format!("（{words}）"),
            Lang::En => format!(" ({words})"),
        }
    }

    fn colon(&self) -> &'static str {
        if self.lang() == Lang::Ja { "：" } else { ": " }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn heading(&mut self, depth: usize, words: &str) {
        let end = self.out.trim_end_matches('\n').len();
        self.out.truncate(end);
        let line = format!("\n\n{} {}\n", "#".repeat(depth), text(words));
        self.line(&line);
    }

    fn head(&mut self) {
        let title = format!("# {}\n", text(&self.dossier.title));
        self.line(&title);
        let facts = crate::html::facts(self.dossier, self.words);
        let line = text(&facts.join(if self.lang() == Lang::Ja { "　" } else { " · " }));
        self.line(&line);
    }

    fn key_points(&mut self) {
        let title = self.label("section.key");
        self.heading(2, &title);
        if self.dossier.key_points.is_empty() {
            let none = self.label("none");
            self.line(&none);
        }
        for section in &self.dossier.sections {
            let points: Vec<&KeyPoint> =
                self.dossier.key_points.iter().filter(|point| point.section == section.key).collect();
            if points.is_empty() {
                continue;
            }
            self.heading(3, &section.heading);
            for point in points {
                let date =
                    point.date.as_ref().map_or_else(String::new, |date| format!("**{}** ", text(date)));
                let note = crate::html::point_note(point, self.words, self.lang());
                let line = format!(
                    "- {date}{} {}{}",
                    quote(&point.text),
                    cites(&point.cites),
                    self.aside(&text(&note))
                );
                self.line(&line);
            }
        }
    }

    fn section(&mut self, section: &Section) {
        self.heading(2, &section.heading);
        if section.entries.is_empty() && section.third.is_empty() && section.figures.is_empty() {
            let none = self.label("none");
            self.line(&none);
            return;
        }
        let several = usize::from(!section.entries.is_empty())
            + usize::from(!section.third.is_empty())
            + usize::from(!section.figures.is_empty())
            > 1;
        for (key, entries) in [("part.events", &section.entries), ("part.third", &section.third)] {
            if entries.is_empty() {
                continue;
            }
            if several || key == "part.third" {
                let title = self.label(key);
                self.heading(3, &title);
            }
            for entry in entries {
                self.entry(entry);
            }
        }
        if !section.figures.is_empty() {
            let title = self.label("part.figures");
            self.heading(3, &title);
            for line in &section.figures {
                self.figure(line);
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let status = self.aside(&text(&entry.status_label));
        let mut head = format!("- **{}** {}{status}", text(&entry.date_label), text(&entry.label));
        head.push_str(&format!(" {}", text(&entry.parties)));
        let mut who = self.list(&entry.participants);
        if let Some(place) = &entry.place {
            let at = format!("{}{}{place}", self.label("column.place"), self.colon());
            who = if who.is_empty() { at } else { format!("{who}　{at}") };
        }
        if !who.is_empty() {
            head.push_str(&format!("｜{}", text(&who)));
        }
        head.push_str("  ");
        self.line(&head);
        let line = format!("  {} {}", quote(&entry.text), cites(&entry.cites));
        self.line(&line);
        for note in crate::html::entry_notes(entry, self.words, self.lang()) {
            let parts: Vec<String> = note
                .parts
                .iter()
                .map(|(words, numbers)| format!("{}{}", text(words), cites(numbers)))
                .collect();
            let line = format!("  - {}{}{}", note.label, self.colon(), parts.join(" → "));
            self.line(&line);
        }
    }

    fn figure(&mut self, line: &FigureLine) {
        let (head, value) = crate::html::figure_head(line, self.words, self.lang());
        let shown = format!("- **{}** {}  ", text(&head), text(&value));
        self.line(&shown);
        let shown = format!("  {} {}", quote(&line.text), cites(&line.cites));
        self.line(&shown);
    }

    fn positions(&mut self) {
        let title = self.label("section.positions");
        self.heading(2, &title);
        if self.dossier.positions.is_empty() {
            let none = self.label("none.positions");
            self.line(&none);
            return;
        }
        let mut heads = vec![self.label("column.issue")];
        heads.extend(self.dossier.position_actors.iter().map(|name| text(name)));
        let rule = "| --- ".repeat(heads.len()) + "|";
        let head = format!("| {} |", heads.join(" | "));
        self.line(&head);
        self.line(&rule);
        for row in &self.dossier.positions {
            let mut cells = vec![text(&row.issue)];
            for cell in &row.cells {
                let stances: Vec<String> = cell
                    .iter()
                    .map(|stance| {
                        format!(
                            "**{}** {} {}",
                            text(&stance.stance),
                            quote(&stance.text),
                            cites(&stance.cites)
                        )
                    })
                    .collect();
                cells.push(stances.join("<br>"));
            }
            let line = format!("| {} |", cells.join(" | "));
            self.line(&line);
        }
    }

    fn pledges(&mut self) {
        let title = self.label("section.pledges");
        self.heading(2, &title);
        if self.dossier.pledges.is_empty() {
            let none = self.label("none.pledges");
            self.line(&none);
        } else if let Some(day) = &self.dossier.as_of {
            let line = text(&self.words.fill("as_of", self.lang(), "date", day)) + "\n";
            self.line(&line);
        }
        for pledge in &self.dossier.pledges {
            let due = pledge.due.as_ref().map_or_else(String::new, |due| {
                format!("　{}{}{}", self.label("column.due"), self.colon(), text(due))
            });
            let line = format!("- {} **{}**{due}  ", text(&pledge.kind), text(&pledge.by));
            self.line(&line);
            let line = format!("  {} {}", quote(&pledge.text), cites(&pledge.cites));
            self.line(&line);
            let line = format!("  - → {}{}", text(&pledge.status_label), cites(&pledge.followed));
            self.line(&line);
        }
    }

    fn conflicts(&mut self) {
        let title = self.label("section.conflicts");
        self.heading(2, &title);
        if self.dossier.conflicts.is_empty() {
            let none = self.label("none.conflicts");
            self.line(&none);
        }
        for conflict in &self.dossier.conflicts {
            let mut line = format!("- **{}** {}", text(&conflict.label), text(&conflict.about));
            if conflict.possible {
                line.push_str(&self.aside(&self.label("conflict.possible")));
            }
            self.line(&line);
            for side in &conflict.sides {
                let count = crate::html::origins(side.origins, self.words, self.lang());
                let told = self.list(&side.told_by);
                let line = format!(
                    "  - **{}** {}{}{}",
                    text(&side.value),
                    text(&told),
                    self.aside(&text(&count)),
                    cites(&side.cites)
                );
                self.line(&line);
            }
        }
    }

    fn voices(&mut self) {
        let title = self.label("section.statements");
        self.heading(2, &title);
        if self.dossier.voices.is_empty() {
            let none = self.label("none");
            self.line(&none);
        }
        for part in ["leaders", "experts", "article"] {
            let mut first = true;
            for voice in self.dossier.voices.iter().filter(|voice| voice.part == part) {
                if first {
                    let title = self.label(&format!("part.{part}"));
                    self.heading(3, &title);
                    first = false;
                }
                let role = voice.role.as_ref().map_or_else(String::new, |role| self.aside(&text(role)));
                let line = format!("- **{}**{role}", text(&voice.name));
                self.line(&line);
                for remark in &voice.remarks {
                    let via = remark.via.as_ref().map_or_else(String::new, |via| {
                        self.aside(&text(&self.words.fill("via", self.lang(), "who", via)))
                    });
                    let line = format!(
                        "  - {}{}{}{via}{}",
                        text(&remark.act),
                        self.colon(),
                        quote(&remark.text),
                        cites(&remark.cites)
                    );
                    self.line(&line);
                }
            }
        }
    }

    fn sources(&mut self) {
        let title = self.label("section.sources");
        self.heading(2, &title);
        let counts = crate::html::counts(self.dossier, self.words);
        let stop = if self.lang() == Lang::Ja { "。" } else { ". " };
        let line = format!("{counts}{stop}{}\n", self.label("sources.note"));
        self.line(&line);
        for group in &self.dossier.sources {
            let name = group.name.clone().unwrap_or_else(|| self.label("origin.unknown"));
            let note = if group.documents.len() > 1 {
                self.aside(&self.label("origin.one_voice"))
            } else {
                String::new()
            };
            let line = format!("- **{}**{note}", text(&name));
            self.line(&line);
            for document in &group.documents {
                let line = format!(
                    "  - {} {}",
                    text(&crate::html::document_line(document, self.words, self.lang())),
                    cites(&document.cites)
                );
                self.line(&line);
            }
        }
        let title = self.label("section.citations");
        self.heading(3, &title);
        for (index, citation) in self.dossier.citations.iter().enumerate() {
            let line = format!("{}. {} {}", index + 1, text(&citation.document), quote(&citation.text));
            self.line(&line);
        }
    }

    fn terms(&mut self) {
        let title = self.label("section.terms");
        self.heading(2, &title);
        if self.dossier.terms.is_empty() {
            let none = self.label("none");
            self.line(&none);
        }
        for term in &self.dossier.terms {
            let english = term.en.as_ref().map_or_else(String::new, |en| self.aside(&text(en)));
            let mut line = format!("- **{}**{english}", text(&term.term));
            if let Some(definition) = &term.definition {
                line.push_str(&format!("{}{}", self.colon(), text(definition)));
            }
            if let Some(explained) = &term.explained {
                let label = self.label("term.text");
                line.push_str(&format!(" {label}{}{}{}", self.colon(), quote(explained), cites(&term.cites)));
            }
            self.line(&line);
        }
    }
}

fn render(dossier: &Dossier, words: &Words) -> Result<String, RenderError> {
    let mut page = Page { dossier, words, out: String::new() };
    page.head();
    page.key_points();
    for section in &dossier.sections {
        page.section(section);
    }
    page.positions();
    page.pledges();
    page.conflicts();
    page.voices();
    page.sources();
    page.terms();
    Ok(page.out)
}

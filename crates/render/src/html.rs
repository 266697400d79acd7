//! The dossier as one HTML page: no scripts, nothing from outside, fit for print, light and dark.

use crate::{Format, Render, RenderError};
use entente_account::{
    DocumentLine, Dossier, Entry, FigureLine, KeyPoint, Lang, PledgeStatus, Section, Words,
};

pub(crate) const FORMAT: Format = Format {
    name: "html",
    extension: "html",
    media_type: "text/html; charset=utf-8",
    help: "a dossier as one HTML page that stands alone",
    streams: false,
    render: Render::Dossier(render),
};

const STYLE: &str = include_str!("dossier.css");

/// A line under an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it tells.
    pub label: String,
    /// Words, each with its citations; steps of a history are several.
    pub parts: Vec<(String, Vec<usize>)>,
}

impl Note {
    fn new(label: String, text: String) -> Self {
        Self { label, parts: vec![(text, Vec::new())] }
    }
}

fn join(parts: &[String], lang: Lang) -> String {
    parts.join(if lang == Lang::Ja { "、" } else { ", " })
}

fn count(key: &str, n: usize, words: &Words, lang: Lang) -> String {
    let key = if n == 1 { format!("count.{key}") } else { format!("count.{key}s") };
    words.fill(&key, lang, "n", &n.to_string())
}

/// 「独立した出所2」.
pub fn origins(n: usize, words: &Words, lang: Lang) -> String {
    count("origin", n, words, lang)
}

/// Numbers of documents and of origins.
pub fn counts(dossier: &Dossier, words: &Words) -> String {
    let parts = [
        count("document", dossier.documents, words, dossier.lang),
        count("origin", dossier.origins, words, dossier.lang),
    ];
    join(&parts, dossier.lang)
}

/// The line under the title.
pub fn facts(dossier: &Dossier, words: &Words) -> Vec<String> {
    let lang = dossier.lang;
    let colon = if lang == Lang::Ja { "：" } else { ": " };
    let period = dossier.period.clone().unwrap_or_else(|| words.label("period.unknown", lang));
    let mut facts = vec![format!("{}{colon}{period}", words.label("period", lang))];
    facts.extend(dossier.range.as_ref().map(|range| format!("({range})")));
    facts.push(count("document", dossier.documents, words, lang));
    facts.push(count("origin", dossier.origins, words, lang));
    facts
}

/// What stands behind a key point.
pub fn point_note(point: &KeyPoint, words: &Words, lang: Lang) -> String {
    let separator = if lang == Lang::Ja { "、" } else { ", " };
    format!("{}{separator}{}", point.label, origins(point.origins, words, lang))
}

/// Lines under an entry: who says so, figures, history, and how sources agree.
pub fn entry_notes(entry: &Entry, words: &Words, lang: Lang) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut told = join(&entry.told_by, lang);
    if !entry.said_by.is_empty() {
        let by = words.fill("said_by", lang, "who", &join(&entry.said_by, lang));
        told = if lang == Lang::Ja { format!("{by}　{told}") } else { format!("{by}; {told}") };
    }
    if entry.documents > 1 {
        let separator = if lang == Lang::Ja { "、" } else { ", " };
        let many = count("document", entry.documents, words, lang);
        told = format!("{told}（{many}{separator}{}）", origins(entry.origins, words, lang));
        if lang == Lang::En {
            told = told.replace('（', " (").replace('）', ")");
        }
    }
    notes.push(Note::new(words.label("column.source", lang), told));
    if !entry.figures.is_empty() {
        notes.push(Note::new(words.label("part.figures", lang), join(&entry.figures, lang)));
    }
    if !entry.history.is_empty() {
        let parts = entry
            .history
            .iter()
            .map(|step| {
                let date = step.date.as_ref().map_or_else(String::new, |date| match lang {
                    Lang::Ja => format!("（{date}）"),
                    Lang::En => format!(" ({date})"),
                });
                (format!("{}{date}", step.status), step.cites.clone())
            })
            .collect();
        notes.push(Note { label: words.label("history", lang), parts });
    }
    if !entry.why.is_empty() {
        notes.push(Note::new(words.label("joined", lang), join(&entry.why, lang)));
    }
    if entry.conflict {
        notes.push(Note::new(words.label("section.conflicts", lang), words.label("conflict.mark", lang)));
    }
    notes
}

/// The head of a figure's line, and its value with period, change and rank.
pub fn figure_head(line: &FigureLine, words: &Words, lang: Lang) -> (String, String) {
    let head = match &line.period_label {
        Some(period) if lang == Lang::Ja => format!("{period} {}の{}", line.of, line.measure),
        None if lang == Lang::Ja => format!("{}の{}", line.of, line.measure),
        Some(period) => format!("{period} {} ({})", line.measure, line.of),
        None => format!("{} ({})", line.measure, line.of),
    };
    let mut value = line.values.join(if line.conflict { " ⇔ " } else { " / " });
    let mut notes: Vec<String> = Vec::new();
    notes.extend(line.change.clone());
    notes.extend(line.rank.clone());
    notes.push(origins(line.origins, words, lang));
    if line.conflict {
        notes.push(words.label("conflict.mark", lang));
    }
    value = match lang {
        Lang::Ja => format!("{value}（{}）", notes.join("、")),
        Lang::En => format!("{value} ({})", notes.join(", ")),
    };
    (head, value)
}

/// A document in the list of sources.
pub fn document_line(document: &DocumentLine, words: &Words, lang: Lang) -> String {
    let mut parts = vec![document.id.clone()];
    parts.extend(document.title.clone());
    parts.extend(document.publisher.clone());
    parts.push(match &document.published {
        Some(date) => date.clone(),
        None => words.label("published.unknown", lang),
    });
    parts.extend(document.url.clone());
    parts.join(if lang == Lang::Ja { "　" } else { " · " })
}

/// Words as HTML.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // What no HTML document may hold.
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            _ => out.push(c),
        }
    }
    out
}

fn quote(words: &str) -> String {
    let (open, close) = crate::markdown::quoted(words);
    format!("<q class=\"said\" lang=\"ja\">{open}{}{close}</q>", text(words))
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
        text(&self.words.label(key, self.lang()))
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
        self.out.push('\n');
    }

    /// Links to citations, each with its document and words as a title.
    fn cites(&self, numbers: &[usize]) -> String {
        let links: String = numbers
            .iter()
            .filter_map(|&number| {
                let citation = self.dossier.citations.get(number.checked_sub(1)?)?;
                let title = format!("{} {}", citation.document, citation.text);
                Some(format!("<a href=\"#c{number}\" title=\"{}\">[{number}]</a>", text(&title)))
            })
            .collect();
        if links.is_empty() { links } else { format!("<span class=\"cites\">{links}</span>") }
    }

    fn open(&mut self, key: &str) {
        let html = format!("<section id=\"{key}\">\n<h2>{}</h2>", self.label(&format!("section.{key}")));
        self.put(&html);
    }

    fn none(&mut self, key: &str) {
        let html = format!("<p class=\"none\">{}</p>", self.label(key));
        self.put(&html);
    }

    fn head(&mut self) {
        let dossier = self.dossier;
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n\
             </head>\n<body>\n<header>\n<h1>{}</h1>",
            dossier.lang.code(),
            text(&dossier.title),
            text(&dossier.title)
        );
        self.put(&html);
        let facts: String =
            facts(dossier, self.words).iter().map(|fact| format!("<li>{}</li>", text(fact))).collect();
        let html = format!("<ul class=\"facts\">{facts}</ul>");
        self.put(&html);
        let mut links: Vec<(String, String)> = vec![("key".to_owned(), self.label("section.key"))];
        links.extend(dossier.sections.iter().map(|section| (section.key.clone(), text(&section.heading))));
        for key in ["positions", "pledges", "conflicts", "statements", "sources", "terms"] {
            links.push((key.to_owned(), self.label(&format!("section.{key}"))));
        }
        let links: String =
            links.iter().map(|(key, name)| format!("<a href=\"#{key}\">{name}</a>")).collect();
        let html = format!("<nav>{links}</nav>\n</header>\n<main>");
        self.put(&html);
    }

    fn key_points(&mut self) {
        self.open("key");
        if self.dossier.key_points.is_empty() {
            self.none("none");
        }
        for section in &self.dossier.sections {
            let points: Vec<&KeyPoint> =
                self.dossier.key_points.iter().filter(|point| point.section == section.key).collect();
            if points.is_empty() {
                continue;
            }
            let html = format!("<h3>{}</h3>\n<ul class=\"points\">", text(&section.heading));
            self.put(&html);
            for point in points {
                let date = point
                    .date
                    .as_ref()
                    .map_or_else(String::new, |date| format!("<b class=\"date\">{}</b> ", text(date)));
                let html = format!(
                    "<li>{date}{}{} <span class=\"note\">{}</span></li>",
                    quote(&point.text),
                    self.cites(&point.cites),
                    text(&point_note(point, self.words, self.lang()))
                );
                self.put(&html);
            }
            self.put("</ul>");
        }
        self.put("</section>");
    }

    fn section(&mut self, section: &Section) {
        let html = format!("<section id=\"{}\">\n<h2>{}</h2>", section.key, text(&section.heading));
        self.put(&html);
        if section.entries.is_empty() && section.third.is_empty() && section.figures.is_empty() {
            self.none("none");
        }
        for (key, entries) in [("part.events", &section.entries), ("part.third", &section.third)] {
            if entries.is_empty() {
                continue;
            }
            let html = format!("<h3>{}</h3>\n<ol class=\"events\">", self.label(key));
            self.put(&html);
            for entry in entries {
                self.entry(entry);
            }
            self.put("</ol>");
        }
        if !section.figures.is_empty() {
            let html = format!("<h3>{}</h3>\n<ul class=\"events\">", self.label("part.figures"));
            self.put(&html);
            for line in &section.figures {
                let (head, value) = figure_head(line, self.words, self.lang());
                let html = format!(
                    "<li><p class=\"head\"><b class=\"date\">{}</b> {}</p>\n<p>{}{}</p></li>",
                    text(&head),
                    text(&value),
                    quote(&line.text),
                    self.cites(&line.cites)
                );
                self.put(&html);
            }
            self.put("</ul>");
        }
        self.put("</section>");
    }

    fn entry(&mut self, entry: &Entry) {
        let mut who = join(&entry.participants, self.lang());
        if let Some(place) = &entry.place {
            let colon = if self.lang() == Lang::Ja { "：" } else { ": " };
            let at = format!("{}{colon}{place}", self.words.label("column.place", self.lang()));
            who = if who.is_empty() { at } else { format!("{who}　{at}") };
        }
        let status = serde_json::to_value(entry.status).ok();
        let status = status.as_ref().and_then(|status| status.as_str()).unwrap_or_default();
        let html = format!(
            "<li><p class=\"head\"><b class=\"date\">{}</b> <span class=\"kind\">{}</span> \
             <span class=\"status {status}\">{}</span> <span class=\"parties\">{}</span> <span class=\"who\">{}</span></p>\n\
             <p>{}{}</p>",
            text(&entry.date_label),
            text(&entry.label),
            text(&entry.status_label),
            text(&entry.parties),
            text(&who),
            quote(&entry.text),
            self.cites(&entry.cites)
        );
        self.put(&html);
        let notes: String = entry_notes(entry, self.words, self.lang())
            .iter()
            .map(|note| {
                let parts: Vec<String> = note
                    .parts
                    .iter()
                    .map(|(words, cites)| format!("{}{}", text(words), self.cites(cites)))
                    .collect();
                format!("<dt>{}</dt><dd>{}</dd>", text(&note.label), parts.join(" → "))
            })
            .collect();
        let html = format!("<dl class=\"notes\">{notes}</dl></li>");
        self.put(&html);
    }

    fn positions(&mut self) {
        self.open("positions");
        if self.dossier.positions.is_empty() {
            self.none("none.positions");
            self.put("</section>");
            return;
        }
        let actors: String = self
            .dossier
            .position_actors
            .iter()
            .map(|name| format!("<th scope=\"col\">{}</th>", text(name)))
            .collect();
        let html = format!(
            "<table>\n<thead><tr><th scope=\"col\">{}</th>{actors}</tr></thead>\n<tbody>",
            self.label("column.issue")
        );
        self.put(&html);
        for row in &self.dossier.positions {
            let cells: String = row
                .cells
                .iter()
                .map(|cell| {
                    let stances: String = cell
                        .iter()
                        .map(|stance| {
                            format!(
                                "<p><b>{}</b> {}{}</p>",
                                text(&stance.stance),
                                quote(&stance.text),
                                self.cites(&stance.cites)
                            )
                        })
                        .collect();
                    format!("<td>{stances}</td>")
                })
                .collect();
            let html = format!("<tr><th scope=\"row\">{}</th>{cells}</tr>", text(&row.issue));
            self.put(&html);
        }
        self.put("</tbody>\n</table>\n</section>");
    }

    fn pledges(&mut self) {
        self.open("pledges");
        if self.dossier.pledges.is_empty() {
            self.none("none.pledges");
            self.put("</section>");
            return;
        }
        if let Some(day) = &self.dossier.as_of {
            let day = self.words.fill("as_of", self.lang(), "date", day);
            let html = format!("<p class=\"note\">{}</p>", text(&day));
            self.put(&html);
        }
        let html = format!(
            "<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
             <th scope=\"col\">{}</th></tr></thead>\n<tbody>",
            self.label("column.actor"),
            self.label("column.what"),
            self.label("column.due"),
            self.label("column.status")
        );
        self.put(&html);
        for pledge in &self.dossier.pledges {
            let late = matches!(pledge.status, PledgeStatus::Overdue | PledgeStatus::Dropped);
            let html = format!(
                "<tr><th scope=\"row\">{} <span class=\"note\">{}</span></th><td>{}{}</td><td>{}</td><td{}>{}{}</td></tr>",
                text(&pledge.by),
                text(&pledge.kind),
                quote(&pledge.text),
                self.cites(&pledge.cites),
                text(pledge.due.as_deref().unwrap_or("—")),
                if late { " class=\"late\"" } else { "" },
                text(&pledge.status_label),
                self.cites(&pledge.followed)
            );
            self.put(&html);
        }
        self.put("</tbody>\n</table>\n</section>");
    }

    fn conflicts(&mut self) {
        self.open("conflicts");
        if self.dossier.conflicts.is_empty() {
            self.none("none.conflicts");
        }
        for conflict in &self.dossier.conflicts {
            let possible = if conflict.possible {
                format!(" <span class=\"note\">{}</span>", self.label("conflict.possible"))
            } else {
                String::new()
            };
            let html = format!(
                "<h3><span class=\"kind\">{}</span> {}{possible}</h3>\n<ul class=\"sides\">",
                text(&conflict.label),
                text(&conflict.about)
            );
            self.put(&html);
            for side in &conflict.sides {
                let html = format!(
                    "<li><b>{}</b> {} <span class=\"note\">{}</span>{}</li>",
                    text(&side.value),
                    text(&join(&side.told_by, self.lang())),
                    text(&origins(side.origins, self.words, self.lang())),
                    self.cites(&side.cites)
                );
                self.put(&html);
            }
            self.put("</ul>");
        }
        self.put("</section>");
    }

    fn voices(&mut self) {
        self.open("statements");
        if self.dossier.voices.is_empty() {
            self.none("none");
        }
        for part in ["leaders", "experts", "article"] {
            let voices: Vec<_> = self.dossier.voices.iter().filter(|voice| voice.part == part).collect();
            if voices.is_empty() {
                continue;
            }
            let html = format!("<h3>{}</h3>", self.label(&format!("part.{part}")));
            self.put(&html);
            for voice in voices {
                let role = voice
                    .role
                    .as_ref()
                    .map_or_else(String::new, |role| format!(" <span class=\"note\">{}</span>", text(role)));
                let html = format!("<h4>{}{role}</h4>\n<ul class=\"remarks\">", text(&voice.name));
                self.put(&html);
                for remark in &voice.remarks {
                    let via = remark.via.as_ref().map_or_else(String::new, |via| {
                        let via = self.words.fill("via", self.lang(), "who", via);
                        format!(" <span class=\"note\">{}</span>", text(&via))
                    });
                    let html = format!(
                        "<li><span class=\"kind\">{}</span> {}{via}{}</li>",
                        text(&remark.act),
                        quote(&remark.text),
                        self.cites(&remark.cites)
                    );
                    self.put(&html);
                }
                self.put("</ul>");
            }
        }
        self.put("</section>");
    }

    fn sources(&mut self) {
        self.open("sources");
        let stop = if self.lang() == Lang::Ja { "。" } else { ". " };
        let html = format!(
            "<p>{}{stop}{}</p>\n<ul class=\"sources\">",
            text(&counts(self.dossier, self.words)),
            self.label("sources.note")
        );
        self.put(&html);
        for group in &self.dossier.sources {
            let name = match &group.name {
                Some(name) => text(name),
                None => self.label("origin.unknown"),
            };
            let note = if group.documents.len() > 1 {
                format!(" <span class=\"note\">{}</span>", self.label("origin.one_voice"))
            } else {
                String::new()
            };
            let documents: String = group
                .documents
                .iter()
                .map(|document| {
                    let line = document_line(document, self.words, self.lang());
                    format!("<li>{} {}</li>", text(&line), self.cites(&document.cites))
                })
                .collect();
            let html = format!("<li><b>{name}</b>{note}\n<ul>{documents}</ul></li>");
            self.put(&html);
        }
        let html = format!("</ul>\n<h3>{}</h3>\n<ol class=\"citations\">", self.label("section.citations"));
        self.put(&html);
        for (index, citation) in self.dossier.citations.iter().enumerate() {
            let html = format!(
                "<li id=\"c{}\"><cite>{}</cite> {}</li>",
                index + 1,
                text(&citation.document),
                quote(&citation.text)
            );
            self.put(&html);
        }
        self.put("</ol>\n</section>");
    }

    fn terms(&mut self) {
        self.open("terms");
        if self.dossier.terms.is_empty() {
            self.none("none");
            self.put("</section>");
            return;
        }
        self.put("<dl class=\"terms\">");
        for term in &self.dossier.terms {
            let english = term.en.as_ref().map_or_else(String::new, |en| {
                format!(" <span class=\"note\" lang=\"en\">{}</span>", text(en))
            });
            let definition = term.definition.as_deref().map_or_else(String::new, text);
            let explained = term.explained.as_ref().map_or_else(String::new, |explained| {
                format!(
                    " <span class=\"note\">{}</span> {}{}",
                    self.label("term.text"),
                    quote(explained),
                    self.cites(&term.cites)
                )
            });
            let html = format!("<dt>{}{english}</dt><dd>{definition}{explained}</dd>", text(&term.term));
            self.put(&html);
        }
        self.put("</dl>\n</section>");
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
    page.put("</main>\n</body>\n</html>");
    Ok(page.out)
}

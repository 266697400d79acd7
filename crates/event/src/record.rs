//! Puts the record of a document together, with offsets into the original.

use crate::coder::Coder;
use crate::reading::Reading;
use entente_base::Span;
use entente_base::record::{Document, Entity, Figure, Mention, Record, Time};
use entente_text::Source;

pub(crate) fn record(coder: &Coder, source: &Source, reading: &Reading) -> Record {
    let original: Vec<char> = source.text.chars().collect();
    let at = |span: Span| reading.text.to_original(span);
    let words = |span: Span| span.text(&original);
    let id = |index: usize| format!("e{}", index + 1);
    let mentions = reading
        .named
        .mentions
        .iter()
        .map(|mention| {
            let span = at(mention.span);
            Mention {
                start: span.start,
                end: span.end,
                text: words(span),
                kind: mention.kind,
                entity: id(mention.entity),
                states: mention.states.clone(),
                confidence: mention.confidence,
                rule: format!("mention/{}", mention.rule),
            }
        })
        .collect();
    let entities = reading
        .named
        .entities
        .iter()
        .enumerate()
        .map(|(index, entity)| Entity {
            id: id(index),
            kind: entity.kind,
            name: entity.name.clone(),
            name_en: entity.name_en.clone(),
            code: entity.code.clone(),
            states: entity.states.clone(),
            role: entity.role.clone(),
            sector: entity.sector.clone(),
        })
        .collect();
    let times = reading
        .times
        .iter()
        .map(|time| {
            let span = at(time.span);
            Time {
                start: span.start,
                end: span.end,
                text: words(span),
                value: time.value.clone(),
                rule: time.rule.clone(),
            }
        })
        .collect();
    let figures = reading
        .figures
        .iter()
        .map(|figure| {
            let span = at(figure.span);
            Figure {
                start: span.start,
                end: span.end,
                text: words(span),
                value: figure.value,
                value_to: figure.value_to,
                unit: figure.unit.clone(),
                bound: figure.bound,
                measure: figure.measure.clone(),
                of: figure.of.clone(),
                period: figure.period.clone(),
                rank: figure.rank.clone(),
                change: figure.change.clone(),
                rule: figure.rule.clone(),
            }
        })
        .collect();
    let _ = coder;
    Record {
        document: Document {
            id: source.id.clone(),
            text: source.text.clone(),
            title: source.title.clone().or_else(|| reading.title.map(|title| words(at(title)))),
            lang: entente_text::language(reading.chars()).to_owned(),
            published: reading.published.clone(),
            url: source.url.clone(),
            publisher: source.publisher.clone(),
            origins: reading.origins.clone(),
            encoding: source.encoding.clone(),
        },
        mentions,
        entities,
        times,
        figures,
        ..Record::default()
    }
}

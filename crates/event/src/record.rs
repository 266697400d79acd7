//! Puts the record of a document together, with offsets into the original.

use crate::coder::Coder;
use crate::reading::Reading;
use crate::statement::Voices;
use entente_base::Span;
use entente_base::record::{
    Commitment, CommitmentStatus, Document, Entity, Event, Figure, Kind, Mention, Position, Record, Speaker,
    Statement, Term, Time,
};
use entente_text::Source;
use rustc_hash::FxHashMap as HashMap;

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
    let told = crate::narrative::read(coder, reading);
    let mut entities: Vec<Entity> = entities;
    // States that speak or act without being named as such get an entity too.
    let mut state_ids: HashMap<String, String> = entities
        .iter()
        .filter(|entity| entity.kind == Kind::State && entity.states.len() == 1)
        .map(|entity| (entity.states[0].clone(), entity.id.clone()))
        .collect();
    let mut state_id = |code: &str, entities: &mut Vec<Entity>| -> String {
        if let Some(known) = state_ids.get(code) {
            return known.clone();
        }
        let new = id(entities.len());
        let known = coder.names().state(code);
        entities.push(Entity {
            id: new.clone(),
            kind: Kind::State,
            name: known.map_or_else(|| code.to_owned(), |state| state.ja.clone()),
            name_en: known.map(|state| state.en.clone()),
            code: Some(code.to_owned()),
            states: vec![code.to_owned()],
            role: None,
            sector: Some("GOV".to_owned()),
        });
        state_ids.insert(code.to_owned(), new.clone());
        new
    };
    let speaker = |voices: &Voices,
                   entities: &mut Vec<Entity>,
                   state_id: &mut dyn FnMut(&str, &mut Vec<Entity>) -> String| {
        let mut ids: Vec<String> = match voices {
            Voices::Entities(list) => list.iter().map(|&entity| id(entity)).collect(),
            Voices::States(codes) => codes.iter().map(|code| state_id(code, entities)).collect(),
        };
        if ids.len() == 1 { Speaker::One(ids.remove(0)) } else { Speaker::Joint(ids) }
    };
    let mut statements = Vec::new();
    for said in &told.said {
        let (span, content) = (at(said.span), at(said.content));
        statements.push(Statement {
            speaker: speaker(&said.voices, &mut entities, &mut state_id),
            start: span.start.min(content.start),
            end: span.end.max(content.end),
            content,
            act: said.act.clone(),
            via: said.via.map(id),
            date: said.date.clone(),
            confidence: said.confidence,
            rule: said.rule.to_owned(),
        });
    }
    let rules = coder.acts.rules();
    let mut events = Vec::new();
    for (index, draft) in told.drafts.iter().enumerate() {
        let rule = &rules[draft.rule];
        events.push(Event {
            id: format!("v{}", index + 1),
            kind: draft.kind,
            mode: draft.mode.clone(),
            cameo: rule.cameo.clone(),
            goldstein: coder.acts.rules.cameo.get(&rule.cameo).copied().unwrap_or(0.0),
            source: draft.source.clone(),
            target: draft.target.clone(),
            participants: draft.participants.iter().map(|&entity| id(entity)).collect(),
            status: draft.status,
            date: draft.date.clone(),
            place: draft.place.clone(),
            domains: draft.domains.clone(),
            evidence: draft.evidence.iter().map(|&span| at(span)).collect(),
            attributed_to: draft.attributed_to.map(id),
            confidence: draft.confidence,
            rule: format!("event/{}", rule.id),
        });
    }
    let commitments = told
        .pledges
        .iter()
        .map(|pledge| Commitment {
            by: pledge.by.clone(),
            what: at(pledge.what),
            due: pledge.due.clone(),
            status: if pledge.dropped { CommitmentStatus::Dropped } else { CommitmentStatus::Open },
            speaker: pledge.speaker.map(id),
            rule: pledge.rule.to_owned(),
        })
        .collect();
    let positions = told
        .held
        .iter()
        .map(|held| Position {
            holder: held.holder.clone(),
            issue: held.issue.clone(),
            stance: held.stance.clone(),
            toward: held.toward.clone(),
            evidence: at(held.evidence),
            rule: "position".to_owned(),
        })
        .collect();
    let terms = told
        .terms
        .iter()
        .map(|(term, definition, sentence)| Term {
            term: words(at(*term)),
            definition: at(*definition),
            evidence: at(*sentence),
        })
        .collect();
    Record {
        document: Document {
            id: source.id.clone(),
            text: source.text.clone(),
            title: source.title.clone().or_else(|| reading.title.map(|title| words(at(title)))),
            lang: source.lang.clone().unwrap_or_else(|| entente_text::language(reading.chars()).to_owned()),
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
        events,
        statements,
        commitments,
        positions,
        terms,
    }
}

//! A document as the rooms above have read it.

use entente_base::record::Kind;
use entente_base::{Sentence, Span};
use entente_clause::Analysis;
use entente_figure::FigureMention;
use entente_mention::{EntityDraft, MentionDraft, Named};
use entente_time::TimeMention;

/// A document as the rooms above have read it; spans are in normalized characters.
pub struct Reading {
    /// Characters, and the way back to the original.
    pub text: entente_text::Reading,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Clauses of each sentence.
    pub analyses: Vec<Analysis>,
    /// Times in order.
    pub times: Vec<TimeMention>,
    /// Figures in order.
    pub figures: Vec<FigureMention>,
    /// Mentions and entities.
    pub named: Named,
    /// Date of publication.
    pub published: Option<String>,
    /// Headline.
    pub title: Option<Span>,
    /// Where the story says it comes from.
    pub origins: Vec<String>,
}

impl Reading {
    /// The characters.
    pub fn chars(&self) -> &[char] {
        &self.text.chars
    }

    /// Mentions inside a span, in order.
    pub fn mentions_in(&self, span: Span) -> &[MentionDraft] {
        let mentions = &self.named.mentions;
        let first = mentions.partition_point(|mention| mention.span.start < span.start);
        let last = mentions.partition_point(|mention| mention.span.start < span.end);
        &mentions[first..last.max(first)]
    }

    /// Times inside a span, in order.
    pub fn times_in(&self, span: Span) -> &[TimeMention] {
        let first = self.times.partition_point(|time| time.span.start < span.start);
        let last = self.times.partition_point(|time| time.span.start < span.end);
        &self.times[first..last.max(first)]
    }

    /// The figure whose words end at `end`.
    pub fn figure_to(&self, end: usize) -> Option<&FigureMention> {
        let at = self.figures.partition_point(|figure| figure.span.end < end);
        self.figures.get(at).filter(|figure| figure.span.end == end)
    }

    /// What a mention stands for.
    pub fn entity(&self, mention: &MentionDraft) -> &EntityDraft {
        &self.named.entities[mention.entity]
    }

    /// The code of the one body of states that the text names.
    fn only_body(&self) -> Option<String> {
        let mut codes = self
            .named
            .entities
            .iter()
            .filter(|it| it.kind == Kind::Organization && it.states.is_empty() && !it.media)
            .filter_map(|it| it.code.as_deref())
            .map(|code| code.split('-').next().unwrap_or(code));
        let first = codes.next()?;
        codes.all(|code| code == first).then(|| first.to_owned())
    }

    /// The parties that a mention stands for: state codes, or the code of a body; a place and a news agency are none.
    pub fn parties(&self, mention: &MentionDraft) -> Vec<String> {
        let entity = self.entity(mention);
        match mention.kind {
            Kind::Place => Vec::new(),
            Kind::Organization if entity.media => Vec::new(),
            // A part of a body stands for the body (EU-COM for the EU).
            Kind::Organization | Kind::Person if mention.states.is_empty() => {
                entity.code.iter().map(|code| code.split('-').next().unwrap_or(code).to_owned()).collect()
            }
            // ストルテンベルグ事務総長 of a text on one body: he speaks for that.
            Kind::Person
                if entity
                    .role
                    .as_deref()
                    .is_some_and(|role| role.ends_with("事務総長") || role.ends_with("事務局長")) =>
            {
                self.only_body().map_or_else(|| mention.states.clone(), |code| vec![code])
            }
            _ => mention.states.clone(),
        }
    }
}

//! Positions, commitments and terms: where actors stand, what they said they will do, what the text explains.

use crate::party::{Discourse, Party, Phrases};
use crate::rule::case_of;
use entente_base::{Lexicon, LexiconError, Span};
use entente_clause::{Case, Clause, Link, Voice};

/// A verb that tells a stance.
struct Stance {
    verb: String,
    noun: Option<String>,
    cases: Vec<Case>,
    stance: String,
}

/// Finds positions by `lexicon/position`.
pub struct StanceReader {
    stances: Vec<Stance>,
    issues: Vec<String>,
}

/// A position, its span in normalized characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) holder: String,
    pub(crate) issue: String,
    pub(crate) stance: String,
    pub(crate) toward: Option<String>,
    pub(crate) evidence: Span,
}

impl StanceReader {
    /// Reads `position/` of the lexicon.
    ///
    /// # Errors
    /// When a row is wrong.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let mut stances = Vec::new();
        for row in lexicon.rows("position/stance.tsv")? {
            let cases = row
                .list("cases")
                .into_iter()
                .map(|word| {
                    case_of(word).ok_or_else(|| {
                        row.error(
                            format!("unknown particle `{word}`"),
                            "write を, に, へ, に対し or について",
                        )
                    })
                })
                .collect::<Result<Vec<_>, _>>()?;
            for verb in row.list("verbs") {
                stances.push(Stance {
                    verb: verb.to_owned(),
                    noun: Some(row.get("noun").to_owned()).filter(|noun| !noun.is_empty()),
                    cases: cases.clone(),
                    stance: row.need("stance")?.to_owned(),
                });
            }
        }
        let mut issues = lexicon.words("position/issue.tsv", "words")?;
        issues.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        Ok(Self { stances, issues })
    }

    /// The positions that the clauses of a sentence tell.
    pub(crate) fn read(&self, phrases: &Phrases<'_>, discourse: &Discourse, heading: bool) -> Vec<Held> {
        let mut held = Vec::new();
        for (index, clause) in phrases.analysis.clauses.iter().enumerate() {
            // 寄港を拒否された: another's stance.
            if clause.predicate.negated || clause.predicate.voice == Voice::Passive {
                continue;
            }
            let Some((stance, argument)) = self.find(phrases, clause) else { continue };
            // 候補者を支持する団体: what modifies a noun tells of that noun alone.
            let party = if clause.link == Link::Adnominal {
                self.of_noun(phrases, index, clause, discourse)
            } else {
                phrases.subject(index, discourse, heading)
            };
            let toward = phrases.codes_in(argument).into_iter().find(|code| !party.codes.contains(code));
            // ウクライナ情勢について…立場に理解を示す: について names the issue.
            let about = clause.arguments.iter().find(|other| other.case == Case::About && !other.shared);
            let span = about.map_or(argument, |about| about.span);
            let evidence = clause.span.join(clause.predicate.span);
            for holder in party.sorted() {
                for issue in self.issues_in(phrases, span) {
                    held.push(Held {
                        holder: holder.clone(),
                        issue,
                        stance: stance.to_owned(),
                        toward: toward.clone(),
                        evidence,
                    });
                }
            }
        }
        held
    }

    /// Whose stance a clause tells that modifies a noun: its own subject's, or the noun's.
    fn of_noun(&self, phrases: &Phrases<'_>, index: usize, clause: &Clause, discourse: &Discourse) -> Party {
        let own = clause.arguments.iter().find(|argument| argument.case == Case::Ga && !argument.shared);
        match (own, phrases.analysis.adnominal_of(index)) {
            (Some(own), _) => phrases.of(own, discourse),
            (None, Some(noun)) => phrases.named(phrases.analysis.chunks[noun].content),
            (None, None) => Party::default(),
        }
    }

    fn find<'a>(&'a self, phrases: &Phrases<'_>, clause: &Clause) -> Option<(&'a str, Span)> {
        let chars = phrases.reading.chars();
        self.stances.iter().filter(|stance| stance.verb == clause.predicate.lemma).find_map(|stance| {
            if let Some(noun) = &stance.noun {
                clause.arguments.iter().find(|argument| {
                    argument.case == Case::Wo
                        && phrases.analysis.chunks[argument.chunk]
                            .content
                            .text(chars)
                            .ends_with(noun.as_str())
                })?;
            }
            let argument = stance.cases.iter().find_map(|case| {
                clause.arguments.iter().find(|argument| {
                    argument.case == *case && !argument.shared && !phrases.is_time(argument.chunk)
                })
            })?;
            Some((stance.stance.as_str(), argument.span))
        })
    }

    /// The shortest names of what a phrase is about.
    fn issues_in(&self, phrases: &Phrases<'_>, span: Span) -> Vec<String> {
        let chars = phrases.reading.chars();
        let mut issues: Vec<String> = Vec::new();
        let chunks = phrases
            .analysis
            .chunks
            .iter()
            .filter(|chunk| span.contains(chunk.content) && chunk.clause.is_none());
        let clean = |text: String| {
            text.trim_matches(['「', '」', '『', '』', ' ', '、']).trim_end_matches("など").to_owned()
        };
        // ロシアを, 政府側を: an actor is no issue.
        let actor = |span: Span| {
            let words = span.text(chars);
            let mentions = phrases.reading.mentions_in(span);
            let whole = mentions.last().is_some_and(|last| {
                last.kind != entente_base::record::Kind::Place
                    && (last.span.end == span.end || words.ends_with('側'))
            });
            whole || ["政府", "政権", "指導部", "側", "当局"].iter().any(|end| words.ends_with(end))
        };
        let mut last = None;
        for chunk in chunks {
            if actor(chunk.content) {
                last = None;
                continue;
            }
            let words = clean(chunk.content.text(chars));
            if self
                .issues
                .iter()
                .any(|issue| words.ends_with(issue.as_str()) && words.chars().count() > issue.chars().count())
                && words.chars().count() <= 16
                && !issues.contains(&words)
            {
                issues.push(words.clone());
            }
            last = Some(words);
        }
        // A bare word (発展, 役割) is no issue without what it belongs to: SCOの発展.
        if issues.is_empty()
            && let Some(last) = last
        {
            let whole = clean(span.text(chars));
            let general = self.issues.contains(&last) || last.chars().count() < 3;
            let named = if general { whole } else { last };
            let person = phrases
                .reading
                .mentions_in(span)
                .iter()
                .any(|mention| mention.kind == entente_base::record::Kind::Person);
            if (3..=16).contains(&named.chars().count()) && !person && !named.contains(['、', '。']) {
                issues.push(named);
            }
        }
        issues
    }
}

/// A term that a sentence explains: 「Xとは、…を指す言葉」.
pub(crate) fn term(chars: &[char], sentence: Span) -> Option<(Span, Span)> {
    let words = sentence.slice(chars);
    let limit = words.len().min(28);
    let at = (2..limit.saturating_sub(1)).find(|&at| words[at] == 'と' && words[at + 1] == 'は')?;
    let head = &words[..at];
    if head.iter().any(|c| matches!(c, '、' | '。' | 'は' | 'が' | 'を')) {
        return None;
    }
    let text = sentence.text(chars);
    const MARKS: [&str; 12] = [
        "指す",
        "指し",
        "意味する",
        "意味し",
        "のこと",
        "用語",
        "言葉",
        "総称",
        "略称",
        "略で",
        "を言う",
        "をいう",
    ];
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut start = sentence.start + at + 2;
    while matches!(chars.get(start), Some('、' | ' ')) {
        start += 1;
    }
    let mut end = sentence.end;
    while end > start && matches!(chars[end - 1], '。' | ' ') {
        end -= 1;
    }
    let mut term = Span::new(sentence.start, sentence.start + at);
    if matches!(chars[term.start], '「' | '『') && matches!(chars[term.end - 1], '」' | '』') {
        term = Span::new(term.start + 1, term.end - 1);
    }
    // ここでいう多国間の場とは: the term itself begins after いう.
    let lead: Vec<char> = "ここでいう".chars().collect();
    if term.slice(chars).starts_with(&lead) {
        term.start += lead.len();
    }
    (end > start && !term.is_empty()).then(|| (term, Span::new(start, end)))
}

//! Times: expressions of date and their EDTF values.
//!
//! The rules are in the lexicon (`time/*.toml`): patterns over words and pieces, each naming a resolver, with
//! a written rank and its own examples. The resolvers are here. Where several rules begin at one character the
//! lowest rank wins, and the earliest character wins over all; a rule of the resolver `nothing` takes durations
//! and the like out of the way. A text is read once from its beginning, so that reading is linear in it.

mod engine;
mod frame;
mod grammar;
mod number;
mod resolve;

use engine::Fields;
use entente_base::{Lexicon, LexiconError, Sentence, SentenceKind, Span};
use frame::{Frame, Part};
use grammar::{Example, Grammar, Resolver, Rule, Tense};
use jiff::civil::Date;
use resolve::{Context, Found};

/// How far after an expression its verb is sought, in characters.
const REACH: usize = 80;
/// Lines from the top, and from the bottom, in which a text may say when it was published.
const TOP_LINES: usize = 6;
const BOTTOM_LINES: usize = 6;
/// Lines longer than this are no line that only says when.
const LINE_LENGTH: usize = 400;

/// An expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMention {
    /// The whole expression.
    pub span: Span,
    /// EDTF value, see [`entente_base::edtf::Edtf`].
    pub value: String,
    /// The rule that made it.
    pub rule: String,
}

/// Reads times; immutable, and shared by threads.
pub struct TimeReader {
    grammar: Grammar,
}

/// A hit of a rule, in characters of the document.
#[derive(Debug)]
struct Raw {
    rule: usize,
    span: Span,
    sentence: usize,
    fields: Fields,
}

/// Characters as UTF-8, and the way back from bytes.
struct Utf8 {
    text: String,
    /// Byte at which each character begins, and the end.
    begins: Vec<usize>,
}

impl Utf8 {
    fn new(chars: &[char]) -> Self {
        let mut text = String::with_capacity(chars.len() * 3);
        let mut begins = Vec::with_capacity(chars.len() + 1);
        for c in chars {
            begins.push(text.len());
            text.push(*c);
        }
        begins.push(text.len());
        Self { text, begins }
    }

    fn char_at(&self, byte: usize) -> usize {
        self.begins.partition_point(|begin| *begin < byte)
    }

    fn span(&self, bytes: &std::ops::Range<usize>) -> Span {
        Span::new(self.char_at(bytes.start), self.char_at(bytes.end))
    }
}

impl std::fmt::Debug for TimeReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TimeReader").field("rules", &self.grammar.rules.len()).finish_non_exhaustive()
    }
}

impl TimeReader {
    /// A reader of the rules in the lexicon.
    ///
    /// # Errors
    /// When a file under `time/` has not the form of one, or a pattern is wrong; says where.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        Ok(Self { grammar: Grammar::new(lexicon)? })
    }

    /// All times of a document in order.
    ///
    /// `published` is an ISO 8601 date. Without it, what the text itself plainly states counts, see
    /// [`TimeReader::publication`]; and where it states none, what can be known stays within the text.
    pub fn read(&self, chars: &[char], sentences: &[Sentence], published: Option<&str>) -> Vec<TimeMention> {
        let stated = || self.publication(chars, sentences).map(|(_, value)| value);
        let published = published.map(str::to_owned).or_else(stated);
        let raws = self.find(chars, sentences);
        let published = published.and_then(|text| text.get(..10).and_then(|text| text.parse::<Date>().ok()));
        let present = self.present(chars, sentences);
        let likely = self.likely(chars, sentences, &raws);
        let mut context = Context::new(published, present, likely);
        let mut mentions = Vec::new();
        for raw in &raws {
            let (Some(rule), Some(sentence)) =
                (self.grammar.rules.get(raw.rule), sentences.get(raw.sentence))
            else {
                continue;
            };
            let found = Found {
                resolver: rule.resolver,
                fields: &raw.fields,
                start: raw.span.start,
                end: raw.span.end,
                sentence: raw.sentence,
                paragraph: sentence.paragraph,
                tense: self.tense(chars, sentence, raw.span, rule.resolver),
                goes_on: starts_with(chars, raw.span.end, "には"),
                also: starts_with(chars, raw.span.end, "にも"),
                adverbial: starts_with(chars, raw.span.end, "に"),
                comma: starts_with(chars, raw.span.end, "、"),
                compares: chars.get(raw.span.end.wrapping_sub(1)) == Some(&'ら')
                    && self.compares(chars, raw.span.end),
            };
            if let Some(value) = context.resolve(&found, &self.grammar.words) {
                let span = self.trim(chars, &found, raw.span);
                mentions.push(TimeMention { span, value: value.to_string(), rule: rule.id.clone() });
            }
        }
        mentions
    }

    /// The date of publication where the text plainly states it: a line that is only a date, 「配信:…」, or a
    /// full date in the brackets that open the first line of the story. `sentences` is not needed but for the
    /// bounds of the document.
    pub fn publication(&self, chars: &[char], sentences: &[Sentence]) -> Option<(Span, String)> {
        let last = sentences.last().map_or(chars.len(), |sentence| sentence.span.end.max(1));
        let end = chars.iter().skip(last).position(|c| *c == '\n').map_or(chars.len(), |at| last + at);
        let mut lines: Vec<(usize, &[char])> = Vec::new();
        let mut at = 0;
        for line in chars.get(..end).unwrap_or(chars).split(|c| *c == '\n') {
            if line.iter().any(|c| !c.is_whitespace()) {
                lines.push((at, line));
            }
            at += line.len() + 1;
        }
        let count = lines.len();
        let mut best: Option<(usize, Span, String)> = None;
        for (index, (begin, line)) in lines.into_iter().enumerate() {
            let is_top = index < TOP_LINES;
            if !is_top && index + BOTTOM_LINES < count {
                continue;
            }
            let utf8 = Utf8::new(line.get(..LINE_LENGTH).unwrap_or(line));
            let Some(hit) = self.grammar.published.find(&utf8.text, 0, &self.grammar.rules) else { continue };
            let Some(rule) = self.grammar.rules.get(hit.rule) else { continue };
            let fits = match rule.resolver {
                Resolver::PublishedStart => is_top && hit.bytes.start == 0,
                Resolver::PublishedLine => line.len() <= LINE_LENGTH && (is_top || index + 2 >= count),
                _ => true,
            };
            let value = Frame::read(&hit.fields, &self.grammar.words, "").and_then(|frame| {
                let (Part::Said(year), Part::Said(month), Part::Said(day)) =
                    (frame.year, frame.month, frame.day)
                else {
                    return None;
                };
                Date::new(year, month, day).ok()
            });
            // Rules stand in the order of their ranks; the first line wins among equals.
            if let (true, Some(value)) = (fits, value)
                && best.as_ref().is_none_or(|(rank, ..)| hit.rule < *rank)
            {
                let span = utf8.span(&hit.bytes);
                best = Some((hit.rule, Span::new(begin + span.start, begin + span.end), value.to_string()));
            }
        }
        best.map(|(_, span, value)| (span, value))
    }

    /// What the rules find, sentence by sentence.
    fn find(&self, chars: &[char], sentences: &[Sentence]) -> Vec<Raw> {
        let mut raws = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            let words = sentence.span.slice(chars);
            if !self.grammar.times.may_begin(words) {
                continue;
            }
            let utf8 = Utf8::new(words);
            let mut from = 0;
            while let Some(hit) = self.grammar.times.find(&utf8.text, from, &self.grammar.rules) {
                // Every pattern takes at least one character; were one empty, go on all the same.
                from = hit.bytes.end.max(
                    from + utf8
                        .text
                        .get(from..)
                        .and_then(|rest| rest.chars().next())
                        .map_or(1, char::len_utf8),
                );
                let is_nothing =
                    self.grammar.rules.get(hit.rule).is_none_or(|rule| rule.resolver == Resolver::Nothing);
                if !is_nothing {
                    let span = utf8.span(&hit.bytes);
                    let span = Span::new(sentence.span.start + span.start, sentence.span.start + span.end);
                    raws.push(Raw { rule: hit.rule, span, sentence: index, fields: hit.fields });
                }
            }
        }
        raws
    }

    /// The year that the text calls the present.
    fn present(&self, chars: &[char], sentences: &[Sentence]) -> Option<i16> {
        sentences.iter().find_map(|sentence| {
            let words = sentence.span.slice(chars);
            let utf8 = self.grammar.present.may_begin(words).then(|| Utf8::new(words))?;
            let hit = self.grammar.present.find(&utf8.text, 0, &self.grammar.rules)?;
            match Frame::read(&hit.fields, &self.grammar.words, "")?.year {
                Part::Said(year) => Some(year),
                _ => None,
            }
        })
    }

    /// The latest year that the text writes out and does not look ahead to. It must stand with a month, in a
    /// heading or twice: a year named once in passing may be long ago.
    fn likely(&self, chars: &[char], sentences: &[Sentence], raws: &[Raw]) -> Option<i16> {
        let mut seen: Option<(i16, usize)> = None;
        for raw in raws {
            let Some(sentence) = sentences.get(raw.sentence) else { continue };
            let Some(frame) = Frame::read(&raw.fields, &self.grammar.words, "") else { continue };
            let Part::Said(year) = frame.year else { continue };
            if frame.edge.is_some() || self.tense(chars, sentence, raw.span, Resolver::Point) == Tense::Future
            {
                continue;
            }
            let is_sure = frame.month != Part::Unsaid || sentence.kind == SentenceKind::Heading;
            let weight = if is_sure { 2 } else { 1 };
            seen = match seen {
                Some((latest, so_far)) if latest == year => Some((latest, so_far + weight)),
                Some((latest, so_far)) if latest > year => Some((latest, so_far)),
                _ => Some((year, weight)),
            };
        }
        seen.filter(|(_, weight)| *weight >= 2).map(|(year, _)| year)
    }

    /// Where the words after an expression put it.
    fn tense(&self, chars: &[char], sentence: &Sentence, span: Span, resolver: Resolver) -> Tense {
        let end = sentence.span.end.min(span.end + REACH);
        let after = Span::new(span.end, end.max(span.end)).text(chars);
        // 「5日、」 is the day of the report, so that the end of the sentence tells.
        let is_report = after.starts_with('、') && matches!(resolver, Resolver::Point | Resolver::Week);
        self.grammar.tense(&after, is_report)
    }

    /// The span without what belongs to the words after it.
    fn trim(&self, chars: &[char], found: &Found<'_>, span: Span) -> Span {
        let words = &self.grammar.words;
        let mut end = span.end;
        if found.compares && found.is_from(words) {
            // 昨年から10%増: から belongs to the comparison.
            end -= found.fields.get("edge").map_or(0, |word| word.chars().count());
        }
        let trap = words.entries("trap").find_map(|(trap, back)| {
            let back = back.parse().ok()?;
            starts_with(chars, end.checked_sub(back)?, trap).then_some(back)
        });
        if let Some(back) = trap {
            end -= back;
            if chars.get(end.wrapping_sub(1)) == Some(&'の') {
                end -= 1;
            }
        }
        Span::new(span.start, end.max(span.start + 1))
    }

    /// Whether から that ends just before `at` compares: a number with a unit follows, or a word of change.
    fn compares(&self, chars: &[char], at: usize) -> bool {
        let words = &self.grammar.words;
        if words.table("comparison").any(|word| starts_with(chars, at, word)) {
            return true;
        }
        let digits = chars
            .iter()
            .skip(at)
            .take(16)
            .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
            .count();
        digits > 0 && words.table("comparisonunit").any(|unit| starts_with(chars, at + digits, unit))
    }
}

fn starts_with(chars: &[char], at: usize, word: &str) -> bool {
    let mut rest = chars.iter().skip(at);
    word.chars().all(|c| rest.next() == Some(&c))
}

/// Runs the examples of all rules, and returns what fails; empty where all is well.
pub fn check(lexicon: &Lexicon) -> Vec<LexiconError> {
    let reader = match TimeReader::new(lexicon) {
        Ok(reader) => reader,
        Err(error) => return vec![error],
    };
    let mut errors = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for rule in &reader.grammar.rules {
        if !seen.insert(rule.id.as_str()) {
            errors.push(LexiconError::new(
                &rule.file,
                rule.line,
                format!("rule `{}` stands twice", rule.id),
                "give it an id of its own",
            ));
        }
        for (line, example) in &rule.yes {
            if let Some(message) = reader.fails_yes(rule, example) {
                errors.push(LexiconError::new(&rule.file, *line, message, "mend the example or the pattern"));
            }
        }
        for (line, example) in &rule.no {
            if let Some(message) = reader.fails_no(rule, example) {
                errors.push(LexiconError::new(&rule.file, *line, message, "mend the example or the pattern"));
            }
        }
    }
    errors
}

impl TimeReader {
    /// What a rule makes of an example: words and values.
    fn try_rule(&self, rule: &Rule, example: &Example) -> Vec<(String, String)> {
        let chars: Vec<char> = example.text.chars().collect();
        let sentences = plain_sentences(&chars);
        if rule.resolver.is_published() {
            let hit = self.publication(&chars, &sentences);
            return hit.into_iter().map(|(span, value)| (span.text(&chars), value)).collect();
        }
        if rule.resolver == Resolver::Present {
            let year = self.present(&chars, &sentences);
            return year.into_iter().map(|year| (String::new(), year.to_string())).collect();
        }
        // A rule that finds nothing must leave nothing to any other.
        let counts = |mention: &TimeMention| rule.resolver == Resolver::Nothing || mention.rule == rule.id;
        self.read(&chars, &sentences, example.published.as_deref())
            .into_iter()
            .filter(counts)
            .map(|mention| (mention.span.text(&chars), mention.value))
            .collect()
    }

    fn fails_yes(&self, rule: &Rule, example: &Example) -> Option<String> {
        let found = self.try_rule(rule, example);
        let fits = |(words, value): &(String, String)| {
            example.span.as_ref().is_none_or(|span| span == words)
                && example.value.as_ref().is_none_or(|expected| expected == value)
        };
        if found.iter().any(fits) {
            return None;
        }
        let expected = format!(
            "{} = {}",
            example.span.as_deref().unwrap_or("…"),
            example.value.as_deref().unwrap_or("…")
        );
        Some(format!(
            "`{}` should find {expected} in 「{}」, but finds {}",
            rule.id,
            example.text,
            show(&found)
        ))
    }

    fn fails_no(&self, rule: &Rule, example: &Example) -> Option<String> {
        let found = self.try_rule(rule, example);
        (!found.is_empty()).then(|| {
            format!("`{}` should find nothing in 「{}」, but finds {}", rule.id, example.text, show(&found))
        })
    }
}

fn show(found: &[(String, String)]) -> String {
    if found.is_empty() {
        return "nothing".to_owned();
    }
    found.iter().map(|(words, value)| format!("{words} = {value}")).collect::<Vec<_>>().join(", ")
}

/// Sentences of an example: up to 。 or the end of the line.
fn plain_sentences(chars: &[char]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    for (at, c) in chars.iter().enumerate() {
        let end = match c {
            '。' => at + 1,
            '\n' => at,
            _ if at + 1 == chars.len() => at + 1,
            _ => continue,
        };
        if end > start {
            sentences.push(Sentence { span: Span::new(start, end), kind: SentenceKind::Body, paragraph });
        }
        if *c == '\n' {
            paragraph += 1;
        }
        start = at + 1;
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_all_rules_hold() {
        let errors = check(&Lexicon::built_in());
        let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(errors.is_empty(), "{}", shown.join("\n"));
    }

    fn read(text: &str, published: Option<&str>) -> Vec<(String, String)> {
        let reader = TimeReader::new(&Lexicon::built_in()).unwrap();
        let chars: Vec<char> = text.chars().collect();
        let mentions = reader.read(&chars, &plain_sentences(&chars), published);
        let mut end = 0;
        for mention in &mentions {
            assert!(mention.span.start >= end && mention.span.end > mention.span.start, "{mention:?}");
            assert!(mention.value.parse::<entente_base::Edtf>().is_ok(), "{mention:?}");
            end = mention.span.end;
        }
        assert!(end <= chars.len());
        mentions.into_iter().map(|mention| (mention.span.text(&chars), mention.value)).collect()
    }

    fn values(text: &str, published: Option<&str>) -> Vec<String> {
        read(text, published).into_iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn a_story_goes_on_from_what_it_said() {
        let text = "2021年4月と10月に訓練した。1998年から隔年で行う演習に、同じ4月に初めて加わった。\n\
                    部隊は同年7月から8月にかけて演習した。12月には別の国と訓練した。";
        assert_eq!(
            values(text, None),
            ["2021-04", "2021-10", "1998/..", "2021-04", "2021-07/2021-08", "2021-12"]
        );
    }

    #[test]
    fn the_unsaid_stays_unknown() {
        assert_eq!(
            values("昨年、先月、きのう、5月7日、金曜日に会談した。", None),
            ["XXXX", "XXXX-XX", "XXXX-XX-XX", "XXXX-05-07", "XXXX-XX-XX"]
        );
        // One year in passing does not make it the present.
        assert_eq!(values("1995年の談話に触れた。今年も会談する。", None), ["1995", "XXXX"]);
        assert_eq!(values("2025年という節目の年に、昨年の合意を守る。", None), ["2025", "2024"]);
    }

    #[test]
    fn a_stated_day_of_publication_counts() {
        let text = "首脳が会談\n2024年5月16日 10:00\n両首脳は14日、北京で会談した。昨年は3回会った。";
        assert_eq!(values(text, None), ["2024-05-16", "2024-05-14", "2023"]);
        assert_eq!(values(text, Some("2023-05-16")), ["2024-05-16", "2023-05-14", "2022"]);
    }

    #[test]
    fn odd_texts_do_no_harm() {
        for text in [
            "",
            "年",
            "2024年2月30日",
            "99999999999999年99月99日",
            "9999年の翌年から3年後、0年前",
            "令和九十九年十二月三十一日の翌日",
            "千年百年十年一年",
            "5日〜3日〜1日、12月から1月まで",
            "前年同期の前年同期の前年同期",
        ] {
            read(text, Some("2024-05-16"));
            read(text, Some("soon"));
            read(text, None);
        }
        assert_eq!(values("2000年前の遺跡で、3000年続く道。", Some("2024-05-16")), Vec::<String>::new());
    }

    #[test]
    fn a_long_line_is_read_in_linear_time() {
        let reader = TimeReader::new(&Lexicon::built_in()).unwrap();
        for unit in ["2024", "一二", "5月", "午後", "2024年から", "((", "年は"] {
            let chars: Vec<char> = unit.repeat(50_000).chars().collect();
            let sentences = plain_sentences(&chars);
            let started = std::time::Instant::now();
            reader.read(&chars, &sentences, None);
            reader.publication(&chars, &sentences);
            assert!(started.elapsed().as_secs() < 20, "{unit} took {:?}", started.elapsed());
        }
    }

    #[test]
    fn an_error_says_where() {
        let file = |rule: &str| {
            let text = format!("[words.era]\n\"令和\" = 2018\n{rule}");
            TimeReader::new(&Lexicon::from_files([("time/x.toml".to_owned(), text)])).unwrap_err()
        };
        let rule = |resolver: &str, pattern: &str| {
            let error = file(&format!(
                "[[rule]]\nid = \"a\"\nrank = 1\nresolver = \"{resolver}\"\npattern = ['{pattern}']\nyes = []\nno = []\n"
            ));
            (error.line, error.message)
        };
        assert_eq!(rule("sooner", "x").0, 3);
        assert_eq!(rule("point", "{month}").0, 7);
        assert!(rule("point", "(x").1.contains("unclosed group"));
        assert!(file("[wrods]\n").message.contains("wrods"));
    }

    #[test]
    fn a_reader_is_shared_by_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<TimeReader>();
    }
}

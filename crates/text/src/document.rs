//! What a document says of itself: its title, where it comes from, its language.

use crate::pair::{Marks, pairs};
use crate::reader::Reader;
use crate::sentence::{before_date, cites, is_host};
use entente_base::{Sentence, SentenceKind, Span};
use std::collections::BTreeSet;

/// Longest credit, in characters.
const LONGEST_CREDIT: usize = 60;

/// The title: the heading that the document opens with, a line of a mere date, rubric or
/// source passed over.
pub fn title(chars: &[char], sentences: &[Sentence]) -> Option<Span> {
    Reader::built_in().title(chars, sentences)
}

/// Whether words say more than a date or a number.
fn names_something(words: &[char]) -> bool {
    let telling = |c: &&char| {
        c.is_alphabetic()
            && !matches!(
                c,
                '年' | '月'
                    | '日'
                    | '時'
                    | '分'
                    | '秒'
                    | '午'
                    | '前'
                    | '後'
                    | '火'
                    | '水'
                    | '木'
                    | '金'
                    | '土'
                    | '曜'
            )
    };
    words.iter().filter(telling).count() >= 2
}

/// Where the story itself says that it comes from, by the built-in lexicon; see [`Reader::origins`].
pub fn origins(chars: &[char], sentences: &[Sentence]) -> Vec<(Span, String)> {
    Reader::built_in().origins(chars, sentences)
}

impl Reader {
    /// The title: the heading that the document opens with; see [`title`].
    pub fn title(&self, chars: &[char], sentences: &[Sentence]) -> Option<Span> {
        sentences
            .iter()
            .take_while(|sentence| matches!(sentence.kind, SentenceKind::Heading | SentenceKind::Reference))
            .filter(|sentence| sentence.kind == SentenceKind::Heading)
            .map(|sentence| sentence.span)
            .find(|span| {
                let words = span.slice(chars);
                names_something(words) && !self.rubrics.iter().any(|rubric| rubric == words)
            })
    }

    /// Where the story itself says that it comes from: hosts and outlets of its list of sources, the agencies of
    /// its credits (`【北京共同】`, `(タス=共同)`), the outlet that its opening or its close rests on, or that its first
    /// paragraph says told it (新華社が伝えた). Each is named once, in order of the text, with the passage that names it.
    pub fn origins(&self, chars: &[char], sentences: &[Sentence]) -> Vec<(Span, String)> {
        let mut found: Vec<(Span, String)> = Vec::new();
        let bodies = || sentences.iter().enumerate().filter(|(_, s)| s.kind == SentenceKind::Body);
        let opening = bodies().next().map(|(index, _)| index);
        let close = bodies().next_back().map(|(index, _)| index);
        for (index, sentence) in sentences.iter().enumerate() {
            if sentence.kind == SentenceKind::Reference {
                self.source_line(chars, sentence.span, &mut found);
                continue;
            }
            let paragraph = Some(sentence.paragraph);
            let starts = index == 0 || sentences.get(index - 1).map(|s| s.paragraph) != paragraph;
            let ends = sentences.get(index + 1).map(|s| s.paragraph) != paragraph;
            if sentence.kind != SentenceKind::Heading || index == 0 {
                self.credits(chars, sentence.span, starts, ends, &mut found);
            }
            let first = opening.and_then(|first| sentences.get(first));
            if Some(index) == opening || Some(index) == close {
                self.resting(chars, sentence.span, Some(index) == opening, &mut found);
            } else if sentence.kind == SentenceKind::Body
                && first.is_some_and(|first| first.paragraph == sentence.paragraph)
            {
                self.told(chars, sentence.span, &mut found);
            }
        }
        found.sort_by_key(|(span, _)| (span.start, span.end));
        let mut seen = BTreeSet::new();
        found.retain(|(_, name)| seen.insert(name.clone()));
        found
    }

    /// The sources that a line of references names.
    fn source_line(&self, chars: &[char], span: Span, found: &mut Vec<(Span, String)>) {
        let words = span.slice(chars);
        if words.len() > 2000 || self.credits_picture(words) {
            return;
        }
        if let Some(inner) = enclosed(words) {
            return self.credit(
                chars,
                Span::new(span.start + inner.start, span.start + inner.end),
                true,
                found,
            );
        }
        if cites(words) {
            // 『title』outlet、date。 or outlet、date。
            let outlet = before_date(words).unwrap_or_default();
            let from =
                outlet.iter().rposition(|&c| matches!(c, '』' | '。' | '”' | '"')).map_or(0, |at| at + 1);
            let to = outlet.len().saturating_sub(1);
            let (from, to) = if from < to { (from, to) } else { (0, 0) };
            let span = Span::new(span.start + from, span.start + to);
            let name = span.slice(chars);
            let before = found.len();
            self.hosts(chars, span, found);
            self.named(chars, span, found);
            let plain = plain_name(name);
            if found.len() == before && !plain.is_empty() && plain.len() <= 30 {
                let span = Span::new(span.start, span.start + plain.len());
                found.push((span, span.text(chars)));
            }
            return;
        }
        // Of 共同通信『title』 only what stands before the title is a source.
        let head = words.iter().position(|c| matches!(c, '『' | '「' | '“' | '"')).unwrap_or(words.len());
        let titled = head < words.len();
        let span = Span::new(span.start, span.start + head);
        if titled {
            self.named(chars, span, found);
        } else {
            self.hosts(chars, span, found);
            self.named(chars, span, found);
        }
    }

    /// Adds the hosts that the words name.
    fn hosts(&self, chars: &[char], span: Span, found: &mut Vec<(Span, String)>) {
        let mut at = span.start;
        for run in span.slice(chars).split(|c| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))) {
            let (from, to) = (at, at + run.len());
            at = to + 1;
            // What follows a slash is a path, unless the slashes of an address.
            let after_slash = from > span.start && chars.get(from - 1) == Some(&'/');
            let address = from >= span.start + 3 && chars.get(from - 3..from) == Some(&[':', '/', '/']);
            if after_slash && !address || !is_host(run) {
                continue;
            }
            let host: String = run.iter().map(char::to_ascii_lowercase).collect();
            let plain = host.strip_prefix("www.").unwrap_or(&host).to_owned();
            let cut = host.len() - plain.len();
            found.push((Span::new(from + cut, to), plain));
        }
    }

    /// Adds the outlets that the words name; weak spellings only where the words are nothing else.
    fn named(&self, chars: &[char], span: Span, found: &mut Vec<(Span, String)>) {
        for (at, name) in self.outlets(chars, span) {
            let alone = at == span || !is_name(chars.get(at.start.wrapping_sub(1)).copied());
            if !name.weak || alone {
                found.push((at, name.name.to_owned()));
            }
        }
    }

    /// Adds the agencies of the credits that a sentence begins or ends with.
    fn credits(&self, chars: &[char], span: Span, starts: bool, ends: bool, found: &mut Vec<(Span, String)>) {
        let words = span.slice(chars);
        let opens = starts && matches!(words.first(), Some('【' | '[' | '('));
        let stripped = words.strip_suffix(&['。']).unwrap_or(words);
        let closes = ends && matches!(stripped.last(), Some('】' | ']' | ')'));
        if opens {
            let end = span.end.min(span.start + LONGEST_CREDIT);
            if let Some((open, close)) =
                pairs(chars, span.start, end, Marks::All).into_iter().find(|pair| pair.0 == span.start)
            {
                self.credit(chars, Span::new(open + 1, close), words.first() == Some(&'【'), found);
            }
        }
        if closes {
            let close = span.start + stripped.len() - 1;
            let start = span.start.max((close + 1).saturating_sub(LONGEST_CREDIT));
            if let Some((open, close)) =
                pairs(chars, start, close + 1, Marks::All).into_iter().find(|pair| pair.1 == close)
                && !(opens && open == span.start)
            {
                self.credit(chars, Span::new(open + 1, close), false, found);
            }
        }
    }

    /// Adds the agencies of one credit: `北京共同`, `タス=共同`, `北京 5日 ロイター`, `新華社からの転載`.
    fn credit(&self, chars: &[char], span: Span, dateline: bool, found: &mut Vec<(Span, String)>) {
        let words = span.slice(chars);
        if words.is_empty() || self.credits.iter().any(|label| contains(words, label)) {
            return;
        }
        for label in &self.reprints {
            if let Some(name) = words.strip_suffix(label.as_slice()) {
                let span = Span::new(span.start, span.start + name.len());
                let before = found.len();
                self.hosts(chars, span, found);
                self.named(chars, span, found);
                if found.len() == before && !name.is_empty() {
                    found.push((span, span.text(chars)));
                }
                return;
            }
        }
        let before = found.len();
        let mut weak = Vec::new();
        let mut at = span.start;
        for part in words.split(|&c| matches!(c, '=' | '/' | '・' | '、' | ',' | ' ' | '|' | '-' | '―')) {
            let segment = Span::new(at, at + part.len());
            at = segment.end + 1;
            for (place, outlet) in self.outlets(chars, segment) {
                let tail = &chars[place.end..segment.end];
                let closes = tail.is_empty() || self.wires.iter().any(|wire| tail == wire.as_slice());
                let opens = place.start == segment.start;
                let dated = tail.last().is_some_and(|&c| matches!(c, '電' | '発' | '日'));
                if outlet.weak {
                    if closes && (opens || dateline && !self.names_states(&chars[segment.start..place.start]))
                    {
                        found.push((place, outlet.name.to_owned()));
                    } else if closes {
                        weak.push((place, outlet.name.to_owned()));
                    }
                } else if closes || opens && dated {
                    found.push((place, outlet.name.to_owned()));
                }
            }
        }
        // 共同 after a place is a credit beside an agency that leaves no doubt.
        if found.len() > before {
            found.extend(weak);
        }
    }

    /// Whether words are short names of states and nothing else, as in 日米共同.
    fn names_states(&self, words: &[char]) -> bool {
        !words.is_empty() && words.iter().all(|c| self.states.contains(std::slice::from_ref(c)))
    }

    /// Adds the outlet that an opening or closing sentence rests on as a whole.
    fn resting(&self, chars: &[char], span: Span, opening: bool, found: &mut Vec<(Span, String)>) {
        let words = span.slice(chars);
        if words.len() > 1000 {
            return;
        }
        let outlets: Vec<(Span, Outlet<'_>)> =
            self.outlets(chars, span).into_iter().filter(|(_, outlet)| !outlet.weak).collect();
        let Some((last, _)) = outlets.last() else { return };
        let body = words.strip_suffix(&['。']).unwrap_or(words);
        let reported = self.reports.iter().any(|word| body.ends_with(word));
        for (place, outlet) in &outlets {
            let rest = &chars[place.end..span.end];
            let subject = matches!(rest.first(), Some('が' | 'は'));
            let wired = matches!(rest, ['電', next, ..] if matches!(next, 'に' | 'は' | '。' | 'が' | '、'));
            let reprinted = self.reprints.iter().any(|label| rest.starts_with(label));
            // …と新華社が伝えた。
            let brief = place == last && rest.len() <= 20 && subject && reported;
            if wired || reprinted || brief {
                found.push((*place, outlet.name.to_owned()));
            }
        }
        // 読売新聞、朝日新聞によると…
        if opening && outlets.first().is_some_and(|(place, _)| place.start <= span.start + 1) {
            let first = self
                .accordings
                .iter()
                .filter_map(|label| find(words, label))
                .min()
                .filter(|&at| at <= LONGEST_CREDIT && !words[..at].contains(&'が'));
            let Some(first) = first else { return };
            let limit = span.start + first;
            if outlets.iter().any(|(place, _)| place.end == limit) {
                for (place, outlet) in outlets.iter().filter(|(place, _)| place.end <= limit) {
                    found.push((*place, outlet.name.to_owned()));
                }
            }
        }
    }

    /// Adds the outlet of which a sentence says that it told what stands before, and nothing else: 新華社が伝えた。
    fn told(&self, chars: &[char], span: Span, found: &mut Vec<(Span, String)>) {
        let words = span.slice(chars);
        let body = words.strip_suffix(&['。']).unwrap_or(words);
        if words.len() > LONGEST_CREDIT || !self.reports.iter().any(|word| body.ends_with(word)) {
            return;
        }
        if let [(place, outlet)] = self.outlets(chars, span).as_slice() {
            let rest = &chars[place.end..span.end];
            let subject = matches!(rest.first(), Some('が' | 'は'));
            // 新華社が条文を伝えた tells of the words alone.
            if subject && place.start <= span.start + 3 && !outlet.weak && !rest.contains(&'を') {
                found.push((*place, outlet.name.to_owned()));
            }
        }
    }

    /// The outlets named in a span, longest spelling first, none overlapping.
    fn outlets(&self, chars: &[char], span: Span) -> Vec<(Span, Outlet<'_>)> {
        let words = span.slice(chars);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(first) = words.get(at) {
            let hit = self.agencies.get(first).and_then(|spellings| {
                spellings.iter().find(|spelling| {
                    let word = spelling.word.as_slice();
                    words[at..].starts_with(word) && stands_free(words, at, word)
                })
            });
            match hit {
                Some(spelling) => {
                    let end = at + spelling.word.len();
                    found.push((
                        Span::new(span.start + at, span.start + end),
                        Outlet { name: &spelling.name, weak: spelling.weak },
                    ));
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Whether a line is a credit in brackets and nothing else.
    pub(crate) fn is_credit(&self, words: &[char]) -> bool {
        let mut found = Vec::new();
        if let Some(inner) = enclosed(words) {
            self.credit(words, inner, true, &mut found);
        }
        !found.is_empty()
    }

    /// Whether a line is the credit of a picture.
    fn credits_picture(&self, words: &[char]) -> bool {
        let lower: Vec<char> = words.iter().take(20).flat_map(|c| c.to_lowercase()).collect();
        self.credits.iter().any(|label| lower.starts_with(label))
    }
}

/// An outlet found.
#[derive(Debug, Clone, Copy)]
struct Outlet<'a> {
    name: &'a str,
    weak: bool,
}

/// The name of an outlet without what stands in brackets after it, a newspaper's without 社.
fn plain_name(name: &[char]) -> &[char] {
    let name = match name.iter().position(|&c| c == '(') {
        Some(open) if open > 0 && name.last() == Some(&')') => &name[..open],
        _ => name,
    };
    if name.ends_with(&['新', '聞', '社']) { &name[..name.len() - 1] } else { name }
}

/// Whether a spelling does not run into a longer word: an acronym into letters, katakana into katakana.
fn stands_free(words: &[char], at: usize, word: &[char]) -> bool {
    let before = at.checked_sub(1).and_then(|i| words.get(i)).copied();
    let after = words.get(at + word.len()).copied();
    let runs = |a: Option<char>, b: Option<char>| match (a, b) {
        (Some(a), Some(b)) => {
            a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() || is_katakana(a) && is_katakana(b)
        }
        _ => false,
    };
    !runs(before, word.first().copied()) && !runs(word.last().copied(), after)
}

/// What stands between brackets that hold all of the words.
fn enclosed(words: &[char]) -> Option<Span> {
    let [first, .., last] = words else { return None };
    if words.len() > LONGEST_CREDIT || !matches!((first, last), ('(', ')') | ('[', ']') | ('【', '】')) {
        return None;
    }
    let whole = pairs(words, 0, words.len(), Marks::All).contains(&(0, words.len() - 1));
    whole.then(|| Span::new(1, words.len() - 1))
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

fn is_name(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric())
}

fn find(words: &[char], word: &[char]) -> Option<usize> {
    if word.is_empty() {
        return None;
    }
    words.windows(word.len()).position(|window| window == word)
}

fn contains(words: &[char], word: &[char]) -> bool {
    find(words, word).is_some()
}

/// The language of a text by the scripts it is written in: `ja`, `zh`, `ko`, `ru`, `ar`, `th`, `hi`, `el`, `he`, `en`
/// for all in Latin letters; `und` where there are no letters.
///
/// ```
/// let chars: Vec<char> = "Хорошо".chars().collect();
/// assert_eq!(entente_text::language(&chars), "ru");
/// ```
pub fn language(chars: &[char]) -> &'static str {
    let mut kana = 0_usize;
    // Han before Latin, so that a tie is decided for it.
    let mut scripts = [
        ("zh", 0_usize),
        ("ko", 0),
        ("ru", 0),
        ("ar", 0),
        ("th", 0),
        ("hi", 0),
        ("el", 0),
        ("he", 0),
        ("en", 0),
    ];
    let mut letters = 0_usize;
    for &c in chars {
        let script = match c {
            'ぁ'..='ゖ' | 'ァ'..='ヺ' => {
                kana += 1;
                letters += 1;
                continue;
            }
            '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => 0,
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7A3}' => 1,
            '\u{400}'..='\u{52F}' => 2,
            '\u{600}'..='\u{6FF}' => 3,
            '\u{E00}'..='\u{E7F}' => 4,
            '\u{900}'..='\u{97F}' => 5,
            '\u{370}'..='\u{3FF}' => 6,
            '\u{590}'..='\u{5FF}' => 7,
            'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' => 8,
            _ => continue,
        };
        letters += 1;
        if let Some(count) = scripts.get_mut(script) {
            count.1 += 1;
        }
    }
    if letters == 0 {
        return "und";
    }
    let han = scripts[0].1;
    // Kana is written in Japanese alone; a headline may do without.
    if kana * 20 >= letters
        || kana * 5 >= han && kana > 0 && han * 2 >= letters
        || (han <= 20 && han * 2 > letters)
    {
        return "ja";
    }
    scripts.iter().rev().max_by_key(|script| script.1).map_or("und", |script| script.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Reading, sentences};

    fn named(text: &str) -> Vec<String> {
        let chars = Reading::new(text).chars;
        origins(&chars, &sentences(&chars)).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn a_story_says_where_it_comes_from() {
        let cases: [(&str, &[&str]); 26] = [
            ("首相が訪問\n首相は訪問した。\nReference(s):\nPremier visits\ncgtn.com\n", &["cgtn.com"]),
            ("首相が訪問\n【北京共同】首相は訪問した。\n", &["共同"]),
            ("首相が訪問\n【ワシントン時事】首相は訪問した。\n", &["時事"]),
            ("首相が訪問\n【アルファ（米ベータ州）時事】首相は訪問した。\n", &["時事"]),
            ("首相が訪問\n[北京　５日　ロイター] - 首相は訪問した。\n", &["ロイター"]),
            ("首相が訪問\n首相は訪問した。(タス=共同)\n", &["タス", "共同"]),
            ("首相が訪問\n首相は訪問した（共同）。\n", &["共同"]),
            ("首相が訪問\n【5月6日 AFP】首相は訪問した。\n", &["AFP"]),
            ("首相が訪問\n【新華社北京5月6日】首相は訪問した。\n", &["新華社"]),
            ("首相が訪問\n首相は5日、訪問した。新華社が伝えた。\n", &["新華社"]),
            ("首相は訪問した。新華社が5日に伝えた。会談もした。\n外相も訪れた。", &["新華社"]),
            ("首相は訪問した。新華社が条文を伝えた。\n外相も訪れた。", &[]),
            ("首相は訪問した。\n外相も訪れた。新華社が伝えた。\n帰国した。", &[]),
            ("首相が訪問\n首相は訪問した。\n(人民網からの転載)\n", &["人民日報"]),
            ("首相が訪問\n首相は訪問した。\n出典：新華社\n", &["新華社"]),
            ("首相が訪問\n首相は訪問した。\n出典\n- https://www.example.com/a/b.html\n", &["example.com"]),
            ("読売新聞、朝日新聞によると、首相は訪問した。別の日にも訪れた。", &["読売新聞", "朝日新聞"]),
            (
                "首相は訪問した。共同通信『首相が訪問』。四国の新聞、2006年5月9日。『訪問』。毎日新聞、2006年5月9日。",
                &["共同", "四国の新聞", "毎日新聞"],
            ),
            ("首相が訪問\n首相は訪問した。ロイター通信によると、反発もある。\n外相も訪れた。", &[]),
            ("【共同声明】両国は合意した。\n", &[]),
            ("【日米共同】両国は訓練した。\n", &[]),
            ("訓練の概要\n訓練を実施した（日米共同）。\n", &[]),
            ("首相が訪問\n首相は訪問した（写真提供：ロイター）。\n", &[]),
            ("首相が訪問\n首相は訪問した。\n写真：ロイター\n", &[]),
            ("首相が訪問\n首相はAPEC（アジア太平洋経済協力会議）に出た。\n", &[]),
            ("", &[]),
        ];
        for (text, wanted) in cases {
            assert_eq!(named(text), wanted, "{text}");
        }
    }

    #[test]
    fn titles() {
        for (text, wanted) in [
            ("首相が訪問\n首相は訪問した。", Some("首相が訪問")),
            ("2025年5月6日 10:00\n首相が訪問\n首相は訪問した。", Some("首相が訪問")),
            ("報道発表\n首相が訪問\n首相は訪問した。", Some("首相が訪問")),
            ("# 首相が訪問\n首相は訪問した。", Some("首相が訪問")),
            ("首相は訪問した。\n経済\n貿易は増えた。", None),
            ("", None),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let title = title(&chars, &sentences(&chars)).map(|span| span.text(&chars));
            assert_eq!(title.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn languages() {
        for (text, wanted) in [
            ("首相は訪問した。", "ja"),
            ("日中首脳会談", "ja"),
            ("国家主席习近平在北京会见了俄罗斯外长，双方就两国关系和国际问题交换了意见。", "zh"),
            ("한국과 일본", "ko"),
            ("Президент", "ru"),
            ("The premier visited 東京.", "en"),
            ("2025-05-06", "und"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(language(&chars), wanted, "{text}");
        }
    }
}

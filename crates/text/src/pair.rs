//! Brackets and quotation marks that belong together.

/// Which marks count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    /// Quotation marks alone.
    Quotes,
    /// Quotation marks and brackets.
    All,
}

const KINDS: usize = 11;
/// The ASCII quotation mark, which opens and closes alike.
const PLAIN: usize = 5;
const CURLY: usize = 2;

/// The kind of a mark, and whether it opens.
fn mark(c: char, marks: Marks) -> Option<(usize, bool)> {
    let found = match c {
        '「' => (0, true),
        '」' => (0, false),
        '『' => (1, true),
        '』' => (1, false),
        '“' => (CURLY, true),
        '”' => (CURLY, false),
        '‘' => (3, true),
        '’' => (3, false),
        '〝' => (4, true),
        '〟' | '〞' => (4, false),
        '"' => (PLAIN, true),
        '(' => (6, true),
        ')' => (6, false),
        '[' => (7, true),
        ']' => (7, false),
        '【' => (8, true),
        '】' => (8, false),
        '〈' | '《' => (9, true),
        '〉' | '》' => (9, false),
        '〔' => (10, true),
        '〕' => (10, false),
        _ => return None,
    };
    (marks == Marks::All || found.0 <= PLAIN).then_some(found)
}

/// Whether a character closes a bracket or quotation.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(mark(c, Marks::All), Some((_, false)))
}

/// Pairs of marks in `chars[start..end]` as (open, close), by where they open.
///
/// A mark without its partner is passed over. A closing mark closes the nearest open mark of its kind; marks
/// left open inside are dropped. Every mark is pushed and popped once.
pub(crate) fn pairs(chars: &[char], start: usize, end: usize, marks: Marks) -> Vec<(usize, usize)> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut count = [0usize; KINDS];
    let mut found = Vec::new();
    let end = end.min(chars.len());
    for (at, &c) in chars.iter().enumerate().take(end).skip(start) {
        let Some((mut kind, opens)) = mark(c, marks) else { continue };
        if kind == PLAIN && count[PLAIN] == 0 && open.last().is_some_and(|top| top.0 == CURLY) {
            kind = CURLY; // “…" closed with the plain mark
        }
        let closes = if kind == PLAIN { count[PLAIN] > 0 } else { !opens || c == '"' };
        if !closes {
            open.push((kind, at));
            count[kind] += 1;
        } else if count[kind] > 0 {
            while let Some((top, from)) = open.pop() {
                count[top] -= 1;
                if top == kind {
                    found.push((from, at));
                    break;
                }
            }
        }
    }
    found.sort_unstable();
    found
}

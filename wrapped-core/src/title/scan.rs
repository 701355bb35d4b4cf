//! One pass over a title that finds every place where a qualifier may begin or end.
//!
//! Looking for brackets and dashes anew from each end would be quadratic for a title of a hundred
//! kilobytes of brackets, so they are all found once and then only looked up.

use std::ops::Range;

/// A matched pair of brackets.
#[derive(Clone, Debug)]
pub(super) struct Bracket {
    /// The opening bracket.
    pub(super) open: Range<usize>,
    /// The closing bracket.
    pub(super) close: Range<usize>,
    /// Whether the pair is of a sort whose content is a qualifier even if we do not know it.
    /// Corner brackets and braces mostly quote a name.
    pub(super) plain: bool,
}

/// A place where a qualifier without brackets may begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) kind: MarkKind,
    /// The end of what stands before, without its trailing space.
    pub(super) start: usize,
    pub(super) content_start: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// A dash between spaces.
    Dash,
    /// A bare `feat.`, `ft.` or `featuring`; the content includes the word.
    Featuring,
}

#[derive(Debug)]
pub(super) struct Scan {
    /// By the position of the closing bracket.
    brackets: Vec<Bracket>,
    /// Those outside of all brackets, by position.
    marks: Vec<Mark>,
}

impl Scan {
    pub(super) fn new(text: &str) -> Self {
        let brackets = brackets(text);
        let mut marks = marks(text);
        let outer = outermost(&brackets);
        let mut next = outer.iter().peekable();
        marks.retain(|mark| {
            while next.next_if(|range| range.end <= mark.start).is_some() {}
            next.peek()
                .is_none_or(|range| mark.content_start <= range.start || mark.start < range.start)
        });
        Self { brackets, marks }
    }

    /// The matched pair whose closing bracket ends at `end`.
    pub(super) fn bracket_ending_at(&self, end: usize) -> Option<Bracket> {
        let i = self.brackets.binary_search_by_key(&end, |bracket| bracket.close.end).ok()?;
        Some(self.brackets[i].clone())
    }

    /// The last mark whose content begins before `end`; later ones are forgotten, because the
    /// title is only ever read from its end.
    pub(super) fn last_mark_before(&mut self, end: usize) -> Option<Mark> {
        while self.marks.pop_if(|mark| mark.content_start >= end).is_some() {}
        self.marks.last().copied()
    }
}

const SORTS: usize = 10;

/// The sort of a bracket and whether it opens; full-width forms are of the sort of the narrow ones.
fn sort(c: char) -> Option<(usize, bool)> {
    Some(match c {
        '(' | '（' => (0, true),
        ')' | '）' => (0, false),
        '[' | '［' => (1, true),
        ']' | '］' => (1, false),
        '【' => (2, true),
        '】' => (2, false),
        '〔' => (3, true),
        '〕' => (3, false),
        '{' | '｛' => (4, true),
        '}' | '｝' => (4, false),
        '「' => (5, true),
        '」' => (5, false),
        '『' => (6, true),
        '』' => (6, false),
        '<' | '＜' => (7, true),
        '>' | '＞' => (7, false),
        '〈' => (8, true),
        '〉' => (8, false),
        '《' => (9, true),
        '》' => (9, false),
        _ => return None,
    })
}

/// Whether a character is a bracket of any sort.
pub(super) fn is_bracket(c: char) -> bool {
    sort(c).is_some()
}

/// The first sorts are those whose content is a qualifier in any case.
const PLAIN_SORTS: usize = 4;

fn brackets(text: &str) -> Vec<Bracket> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, Range<usize>)> = Vec::new();
    // How many of each sort are open: a closing bracket of a sort that is not open is skipped
    // without searching the stack, which keeps the pass linear.
    let mut count = [0_usize; SORTS];
    for (at, c) in text.char_indices() {
        let here = at..at + c.len_utf8();
        match sort(c) {
            Some((sort, true)) => {
                count[sort] += 1;
                open.push((sort, here));
            }
            Some((sort, false)) if count[sort] > 0 => {
                while let Some((other, range)) = open.pop() {
                    count[other] -= 1;
                    if other == sort {
                        found.push(Bracket { open: range, close: here, plain: sort < PLAIN_SORTS });
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The ranges covered by brackets, without those inside others, in order.
fn outermost(brackets: &[Bracket]) -> Vec<Range<usize>> {
    let mut outer: Vec<Range<usize>> = Vec::new();
    // A pair closes after all that it holds, so from the end the outer one comes first.
    for bracket in brackets.iter().rev() {
        if outer.last().is_none_or(|last| bracket.open.start < last.start) {
            outer.push(bracket.open.start..bracket.close.end);
        }
    }
    outer.reverse();
    outer
}

fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    // Where the run of spaces began that the current character follows.
    let mut space: Option<usize> = None;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            space.get_or_insert(at);
            continue;
        }
        if let Some(start) = space.take() {
            let after = at + c.len_utf8();
            if is_dash(c) && text[after..].starts_with(char::is_whitespace) {
                let gap = text[after..].len() - text[after..].trim_start().len();
                marks.push(Mark { kind: MarkKind::Dash, start, content_start: after + gap });
            } else if begins_featuring(&text[at..]) {
                marks.push(Mark { kind: MarkKind::Featuring, start, content_start: at });
            }
        }
    }
    marks
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Without brackets only unmistakable spellings count: `feat` and `ft` alone are English words.
fn begins_featuring(text: &str) -> bool {
    ["feat.", "ft.", "featuring "].iter().any(|word| {
        let head = text.as_bytes().get(..word.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
    })
}

//! Stretches of time for which a history is there.

/// From the end of the first entry to that of the last, in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Span {
    /// Makes `span` include `second`.
    pub(super) fn widen(span: &mut Option<Self>, second: i64) {
        let span = span.get_or_insert(Self { first: second, last: second });
        span.first = span.first.min(second);
        span.last = span.last.max(second);
    }
}

/// The spans of several files, to the minute.
///
/// One span over all of them would be wrong for a person who has only some of the files: the
/// account data is then the only one to tell what happened in between.
#[derive(Default)]
pub(super) struct Spans(Vec<Span>);

impl Spans {
    /// Adds a file's span.
    pub(super) fn add(&mut self, span: Option<Span>) {
        let Some(span) = span else { return };
        // Whole minutes, because that is how the account data tells the same plays.
        let mut merged =
            Span { first: floor_to_minute(span.first), last: floor_to_minute(span.last) };
        // The spans stay apart and sorted, so that looking one up is quick however many there are.
        self.0.retain(|known| {
            let apart = known.last < merged.first || merged.last < known.first;
            if !apart {
                merged.first = merged.first.min(known.first);
                merged.last = merged.last.max(known.last);
            }
            apart
        });
        let at = self.0.partition_point(|known| known.first < merged.first);
        self.0.insert(at, merged);
    }

    /// True if one of the spans includes `second`.
    pub(super) fn cover(&self, second: i64) -> bool {
        let minute = floor_to_minute(second);
        let at = self.0.partition_point(|span| span.last < minute);
        self.0.get(at).is_some_and(|span| span.first <= minute)
    }
}

fn floor_to_minute(second: i64) -> i64 {
    second.div_euclid(60) * 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_merge_and_cover_whole_minutes() {
        let mut spans = Spans::default();
        for (first, last) in [(6000, 6610), (0, 130), (100, 300), (6600, 7000)] {
            spans.add(Some(Span { first, last }));
        }
        spans.add(None);
        assert_eq!(spans.0.len(), 2);
        let covered = |second| spans.cover(second);
        assert!(covered(0) && covered(359) && covered(6000) && covered(7019));
        assert!(!covered(-1) && !covered(360) && !covered(5999) && !covered(7020));
    }
}

//! The months in which the export has plays, for the sentence about a month without any.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::clock::{MonthClock, month_name};

/// Ranges of months that the sentence names before it says "and others".
const MAX_RANGES: usize = 6;

/// The first days of months with plays.
#[derive(Default)]
pub(super) struct Months(BTreeSet<Date>);

impl Months {
    pub(super) fn add(&mut self, date: Date) {
        self.0.insert(date.first_of_month());
    }

    /// The sentence for a month without plays.
    pub(super) fn note(&self, clock: &MonthClock) -> String {
        let month = clock.month_name();
        if self.0.is_empty() {
            return format!(
                "No song was played for 30 seconds in {month}, nor in any other month of the export."
            );
        }
        let mut ranges: Vec<(Date, Date)> = Vec::new();
        for &first in &self.0 {
            match ranges.last_mut() {
                Some((_, last)) if last.last_of_month().tomorrow().ok() == Some(first) => {
                    *last = first;
                }
                _ => ranges.push((first, first)),
            }
        }
        let mut named: Vec<String> = ranges.iter().take(MAX_RANGES).map(range_name).collect();
        if ranges.len() > MAX_RANGES {
            named.push("others".to_owned());
        }
        let list = match named.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => named.concat(),
        };
        format!("No song was played for 30 seconds in {month}; the export has plays in {list}.")
    }
}

fn range_name(&(from, to): &(Date, Date)) -> String {
    if from == to {
        month_name(from)
    } else {
        format!("{} to {}", month_name(from), month_name(to))
    }
}

//! The month asked for, as a person in a time zone lives it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use wrapped_core::{Error, ErrorKind, Result};

use crate::options::ImportOptions;

/// A calendar month in a time zone.
#[derive(Clone, Debug)]
pub(crate) struct MonthClock {
    zone: TimeZone,
    first: Date,
}

/// Where an instant lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Before,
    /// On this day of the month, 1 to 31.
    On(u8),
    After,
}

impl MonthClock {
    /// Fails with kind `usage` if the time zone is not known.
    pub(crate) fn new(options: &ImportOptions) -> Result<Self> {
        // The system's zones may be older or newer; the same export must give the same summary.
        let zone = TimeZoneDatabase::bundled().get(&options.time_zone).map_err(|error| {
            let message = format!(
                "unknown time zone {:?}; give an IANA name such as Europe/Berlin",
                options.time_zone
            );
            Error::new(ErrorKind::Usage, message).at("period.time_zone").caused_by(error)
        })?;
        let first = i16::try_from(options.year)
            .ok()
            .zip(i8::try_from(options.month).ok())
            .and_then(|(year, month)| Date::new(year, month, 1).ok())
            .expect("ImportOptions::check has seen year and month");
        Ok(Self { zone, first })
    }

    /// The zone's name as the time zone database spells it.
    pub(crate) fn zone_name(&self) -> String {
        self.zone.iana_name().unwrap_or("UTC").to_owned()
    }

    /// The local date at `second` (Unix time).
    pub(crate) fn date(&self, second: i64) -> Date {
        let instant = Timestamp::from_second(second).unwrap_or(Timestamp::MIN);
        self.zone.to_datetime(instant).date()
    }

    /// Where a local date lies.
    pub(crate) fn place(&self, date: Date) -> Place {
        match date.first_of_month().cmp(&self.first) {
            std::cmp::Ordering::Less => Place::Before,
            std::cmp::Ordering::Greater => Place::After,
            std::cmp::Ordering::Equal => Place::On(date.day().unsigned_abs()),
        }
    }

    /// `YYYY-MM-DD` of a day of the month.
    pub(crate) fn date_of_day(&self, day: u8) -> String {
        format!("{:04}-{:02}-{day:02}", self.first.year(), self.first.month())
    }

    /// `YYYY-MM`.
    pub(crate) fn month_name(&self) -> String {
        month_name(self.first)
    }

    pub(crate) fn days_in_month(&self) -> u8 {
        self.first.days_in_month().unsigned_abs()
    }

    /// Days of the month between two instants (Unix time), the days of both included.
    pub(crate) fn days_covered(&self, first: i64, last: i64) -> u8 {
        let from = self.date(first).max(self.first);
        let to = self.date(last).min(self.first.last_of_month());
        if from > to { 0 } else { (to.day() - from.day() + 1).unsigned_abs() }
    }

    /// True if `second` lies before the month's first day.
    pub(crate) fn is_before(&self, second: i64) -> bool {
        self.date(second) < self.first
    }
}

/// `YYYY-MM` of a date.
pub(crate) fn month_name(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

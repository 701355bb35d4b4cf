//! The little of the Gregorian calendar that a month's card needs.
//!
//! Own code rather than a date library: three short functions, and the core stays free of time
//! zone data.

/// How many days a month has; 0 if there is no such month.
pub fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

/// The day of the week, 1 (Monday) to 7 (Sunday), as ISO 8601 counts.
///
/// The date must exist; for one that does not, the answer is some day of the week.
pub fn weekday(year: u16, month: u8, day: u8) -> u8 {
    // Days since Monday, 1 January of year 1 (proleptic): whole years, whole months, days.
    let past_years = u32::from(year).saturating_sub(1);
    let leap_days = past_years / 4 - past_years / 100 + past_years / 400;
    let past_months: u32 = (1..month).map(|month| u32::from(days_in_month(year, month))).sum();
    let days = past_years * 365 + leap_days + past_months + u32::from(day.saturating_sub(1));
    u8::try_from(days % 7 + 1).expect("a remainder of 7 fits a byte")
}

/// Year, month and day of `YYYY-MM-DD`, or `None` if it is written otherwise or does not exist.
pub fn parse_date(date: &str) -> Option<(u16, u8, u8)> {
    let bytes = date.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, byte)| match i {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shape {
        return None;
    }
    let (year, month, day) =
        (date[..4].parse().ok()?, date[5..7].parse().ok()?, date[8..].parse().ok()?);
    (1..=days_in_month(year, month)).contains(&day).then_some((year, month, day))
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_their_days() {
        assert_eq!((1..=12).map(|month| u16::from(days_in_month(2026, month))).sum::<u16>(), 365);
        assert_eq!(days_in_month(2026, 2), 28);
        assert_eq!(days_in_month(2028, 2), 29);
        assert_eq!(days_in_month(1900, 2), 28);
        assert_eq!(days_in_month(2000, 2), 29);
        assert_eq!(days_in_month(2026, 0), 0);
        assert_eq!(days_in_month(2026, 13), 0);
    }

    #[test]
    fn weekdays_of_known_dates() {
        assert_eq!(weekday(2026, 10, 1), 4, "1 October 2026 is a Thursday");
        assert_eq!(weekday(2026, 10, 31), 6);
        assert_eq!(weekday(2000, 2, 29), 2, "29 February 2000 was a Tuesday");
        assert_eq!(weekday(1900, 1, 1), 1);
        assert_eq!(weekday(1970, 1, 1), 4);
        assert_eq!(weekday(9999, 12, 31), 5);
    }

    #[test]
    fn weekdays_follow_each_other_over_a_century() {
        let mut expected = weekday(1999, 1, 1);
        for year in 1999..2101 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    assert_eq!(weekday(year, month, day), expected, "{year}-{month}-{day}");
                    expected = expected % 7 + 1;
                }
            }
        }
    }

    #[test]
    fn only_real_dates_parse() {
        assert_eq!(parse_date("2026-10-31"), Some((2026, 10, 31)));
        for bad in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-10-00",
            "2026-1-01",
            "26-10-01",
            "2026/10/01",
            "2026-10-01T00:00",
            "+026-10-01",
            "２026-10-1",
            "",
        ] {
            assert_eq!(parse_date(bad), None, "{bad}");
        }
    }
}

//! From JSON to a [`Summary`], by hand rather than by derive, so that every message names the
//! path and the value in our own words and unknown fields are reported.

use std::collections::BTreeMap;

use super::json::{self, Node};
use super::path::Path;
use super::{
    Artist, Coverage, Day, Genre, MAX_COUNT, Period, Song, Summary, Totals, User, validate,
};
use crate::limits::MAX_UNKNOWN_FIELDS;
use crate::{Result, Warned, Warning, WarningCode};

impl Summary {
    /// Reads and validates a summary.
    ///
    /// Unknown fields are ignored with a warning each (one for all entries of a list), `null` for
    /// an optional field counts as absent, and a byte order mark is skipped. Long texts are no
    /// error here: they are made safe when the card is filled.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Data`](crate::ErrorKind::Data) with the path of the first field that is
    /// missing, of the wrong type or out of range, or with line and column for what is not JSON;
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) for more than [`crate::limits`] allows.
    ///
    /// ```
    /// let json = br#"{"version": 1, "period": {"year": 2026, "month": 13}, "songs": [], "artists": []}"#;
    /// let error = wrapped_core::Summary::from_json(json).unwrap_err();
    /// assert_eq!(error.to_string(), "period.month: must be 1 to 12 (13)");
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Warned<Self>> {
        let node = json::read(json)?;
        let mut unknown = Unknown::default();
        let summary = summary(node, &mut unknown)?;
        summary.validate()?;
        Ok(Warned { value: summary, warnings: unknown.into_warnings() })
    }
}

fn summary(node: Node<'_>, unknown: &mut Unknown) -> Result<Summary> {
    const KNOWN: &[&str] = &[
        "version", "user", "period", "locale", "source", "coverage", "totals", "songs", "artists",
        "genres", "days",
    ];
    let path = Path::ROOT;
    let mut fields = Fields::new(node, &path, KNOWN, unknown)?;
    // The version comes first: what a later one calls wrong or missing is not ours to say.
    let version = fields.required("version", whole(0, u32::MAX.into()))?;
    let version = u32::try_from(version).expect("the range was checked");
    validate::version(&path.field("version"), version)?;
    Ok(Summary {
        version,
        user: fields.optional("user", |node, path| user(node, path, unknown))?.unwrap_or_default(),
        period: fields.required("period", |node, path| period(node, path, unknown))?,
        locale: fields.optional("locale", text)?,
        source: fields.optional("source", text)?,
        coverage: fields.optional("coverage", |node, path| coverage(node, path, unknown))?,
        totals: fields
            .optional("totals", |node, path| totals(node, path, unknown))?
            .unwrap_or_default(),
        songs: fields.required("songs", |node, path| list(node, path, unknown, song))?,
        artists: fields.required("artists", |node, path| list(node, path, unknown, artist))?,
        genres: fields
            .optional("genres", |node, path| list(node, path, unknown, genre))?
            .unwrap_or_default(),
        days: fields
            .optional("days", |node, path| list(node, path, unknown, day))?
            .unwrap_or_default(),
    })
}

fn user(node: Node<'_>, path: &Path<'_>, unknown: &mut Unknown) -> Result<User> {
    let mut fields = Fields::new(node, path, &["id", "name"], unknown)?;
    Ok(User { id: fields.optional("id", text)?, name: fields.optional("name", text)? })
}

fn period(node: Node<'_>, path: &Path<'_>, unknown: &mut Unknown) -> Result<Period> {
    let mut fields = Fields::new(node, path, &["year", "month", "time_zone"], unknown)?;
    let year = fields.required("year", whole(1900, 9999))?;
    let month = fields.required("month", whole(1, 12))?;
    Ok(Period {
        year: u16::try_from(year).expect("the range was checked"),
        month: u8::try_from(month).expect("the range was checked"),
        time_zone: fields.optional("time_zone", text)?,
    })
}

fn coverage(node: Node<'_>, path: &Path<'_>, unknown: &mut Unknown) -> Result<Coverage> {
    let mut fields = Fields::new(node, path, &["days", "of"], unknown)?;
    // `validate` says what the two must be in this month; here they only have to fit.
    let days = fields.required("days", whole(0, 31))?;
    let of = fields.required("of", whole(0, 31))?;
    Ok(Coverage {
        days: u8::try_from(days).expect("the range was checked"),
        of: u8::try_from(of).expect("the range was checked"),
    })
}

fn totals(node: Node<'_>, path: &Path<'_>, unknown: &mut Unknown) -> Result<Totals> {
    let known = &["minutes", "plays", "songs", "artists", "new_artists"];
    let mut fields = Fields::new(node, path, known, unknown)?;
    Ok(Totals {
        minutes: fields.optional("minutes", count)?,
        plays: fields.optional("plays", count)?,
        songs: fields.optional("songs", count)?,
        artists: fields.optional("artists", count)?,
        new_artists: fields.optional("new_artists", count)?,
    })
}

fn song(node: Node<'_>, path: &Path<'_>, unknown: &mut Unknown) -> Result<Song> {
    let known = &["title", "artists", "album", "plays", "minutes", "cover"];
    let mut fields = Fields::new(node, path, known, unknown)?;
    Ok(Song {
        title: fields.required("title", text)?,
        artists: fields
            .optional("artists", |node, path| {
                list(node, path, unknown, |node, path, _| text(node, path))
            })?
            .unwrap_or_default(),
        album: fields.optional("album", text)?,
        plays: fields.optional("plays", count)?,
        minutes: fields.optional("minutes", count)?,
        cover: fields.optional("cover", text)?,
    })
}

fn artist(node: Node<'_>, path: &Path<'_>, unknown: &mut Unknown) -> Result<Artist> {
    let mut fields = Fields::new(node, path, &["name", "plays", "minutes", "image"], unknown)?;
    Ok(Artist {
        name: fields.required("name", text)?,
        plays: fields.optional("plays", count)?,
        minutes: fields.optional("minutes", count)?,
        image: fields.optional("image", text)?,
    })
}

fn genre(node: Node<'_>, path: &Path<'_>, unknown: &mut Unknown) -> Result<Genre> {
    let mut fields = Fields::new(node, path, &["name", "share"], unknown)?;
    Ok(Genre { name: fields.required("name", text)?, share: fields.optional("share", number)? })
}

fn day(node: Node<'_>, path: &Path<'_>, unknown: &mut Unknown) -> Result<Day> {
    let mut fields = Fields::new(node, path, &["date", "minutes"], unknown)?;
    Ok(Day { date: fields.required("date", text)?, minutes: fields.required("minutes", count)? })
}

fn text(node: Node<'_>, path: &Path<'_>) -> Result<String> {
    match node {
        Node::Text(text) => Ok(text.into_owned()),
        other => Err(path.error(format!("must be a string ({other})"))),
    }
}

fn number(node: Node<'_>, path: &Path<'_>) -> Result<f64> {
    match node {
        #[expect(clippy::cast_precision_loss, reason = "far outside the range that is valid")]
        Node::Natural(value) => Ok(value as f64),
        #[expect(clippy::cast_precision_loss, reason = "far outside the range that is valid")]
        Node::Negative(value) => Ok(value as f64),
        Node::Float(value) => Ok(value),
        other => Err(path.error(format!("must be a number ({other})"))),
    }
}

fn count(node: Node<'_>, path: &Path<'_>) -> Result<u64> {
    whole(0, MAX_COUNT)(node, path)
}

/// A whole number in a range. `42.0` and `4.2e1` are whole: JSON Schema says so, and that is how
/// data frames write a column of counts with a gap in it.
fn whole(min: u64, max: u64) -> impl FnOnce(Node<'_>, &Path<'_>) -> Result<u64> {
    move |node, path| {
        let value = match node {
            Node::Natural(value) => i128::from(value),
            Node::Negative(value) => i128::from(value),
            Node::Float(value) if value.fract() != 0.0 => {
                return Err(path.error(format!("must be a whole number ({node})")));
            }
            // Above this, a float is out of every range and has no exact integer to print.
            Node::Float(value) if value.abs() > MAX_COUNT as f64 => {
                return Err(validate::out_of_range(path, &node, value < 0.0, min, max));
            }
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            Node::Float(value) => value as i128,
            other => return Err(path.error(format!("must be a whole number ({other})"))),
        };
        validate::range(path, value, min, max)?;
        Ok(u64::try_from(value).expect("the range was checked"))
    }
}

fn list<T>(
    node: Node<'_>,
    path: &Path<'_>,
    unknown: &mut Unknown,
    entry: impl Fn(Node<'_>, &Path<'_>, &mut Unknown) -> Result<T>,
) -> Result<Vec<T>> {
    let Node::List(items) = node else {
        return Err(path.error(format!("must be a list ({node})")));
    };
    validate::list_length(path, items.len())?;
    let numbered = items.into_iter().enumerate();
    numbered.map(|(i, item)| entry(item, &path.index(i), unknown)).collect()
}

/// The known fields of one object, each to be taken once.
struct Fields<'p, 'n> {
    path: &'p Path<'p>,
    known: &'static [&'static str],
    values: Vec<Option<Node<'n>>>,
}

impl<'p, 'n> Fields<'p, 'n> {
    fn new(
        node: Node<'n>,
        path: &'p Path<'p>,
        known: &'static [&'static str],
        unknown: &mut Unknown,
    ) -> Result<Self> {
        let Node::Object(entries) = node else {
            return Err(path.error(format!("must be an object ({node})")));
        };
        let mut values: Vec<_> = known.iter().map(|_| None).collect();
        for (key, value) in entries {
            match known.iter().position(|name| *name == key) {
                Some(i) if values[i].is_some() => {
                    return Err(path.field(known[i]).error("is there twice in one object"));
                }
                Some(i) => values[i] = Some(value),
                None => unknown.report(&path.field(&key)),
            }
        }
        Ok(Self { path, known, values })
    }

    fn required<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Node<'n>, &Path<'_>) -> Result<T>,
    ) -> Result<T> {
        let path = self.path.field(name);
        match self.take(name) {
            Some(node) => read(node, &path),
            None => Err(path.error("is missing")),
        }
    }

    fn optional<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Node<'n>, &Path<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        match self.take(name) {
            None | Some(Node::Null) => Ok(None),
            Some(node) => read(node, &self.path.field(name)).map(Some),
        }
    }

    fn take(&mut self, name: &'static str) -> Option<Node<'n>> {
        let i = self.known.iter().position(|known| *known == name);
        self.values[i.expect("only known fields are asked for")].take()
    }
}

/// The unknown fields met so far, one for all entries of a list, so that a foreign field in each
/// of a thousand songs is one warning and not a thousand.
#[derive(Default)]
struct Unknown {
    by_pattern: BTreeMap<String, usize>,
    found: Vec<(String, usize)>,
    more: usize,
}

impl Unknown {
    fn report(&mut self, path: &Path<'_>) {
        let pattern = path.pattern();
        if let Some(i) = self.by_pattern.get(&pattern) {
            self.found[*i].1 += 1;
        } else if self.found.len() < MAX_UNKNOWN_FIELDS {
            self.by_pattern.insert(pattern, self.found.len());
            self.found.push((path.to_string(), 1));
        } else {
            self.more += 1;
        }
    }

    fn into_warnings(self) -> Vec<Warning> {
        let warning = |path, message| Warning::new(WarningCode::UnknownField, path, message);
        let mut warnings: Vec<_> = self
            .found
            .into_iter()
            .map(|(path, count)| match count {
                1 => warning(path, "unknown field, ignored".to_owned()),
                _ => warning(path, format!("unknown field, ignored ({count} times)")),
            })
            .collect();
        if self.more > 0 {
            let message = format!("{} more unknown fields, ignored", self.more);
            warnings.push(warning("summary".to_owned(), message));
        }
        warnings
    }
}

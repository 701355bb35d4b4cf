//! What a template sees of a summary: every field always there, foreign text made safe, and the
//! values that cards are made of worked out once.

use minijinja::Value;
use serde::Serialize;

use crate::limits::MAX_CONTEXT_ENTRIES;
use crate::locale::Locale;
use crate::summary::{Artist, Period, Song, Summary, calendar};
use crate::text::safe::make_safe;
use crate::warning::{Warning, WarningCode};

/// Which of the two cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CardKind {
    /// Top songs.
    Songs,
    /// Top artists.
    Artists,
}

impl CardKind {
    /// Both, in the order they are shown.
    pub const ALL: [Self; 2] = [Self::Songs, Self::Artists];

    /// `songs` or `artists`, as in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Songs => "songs",
            Self::Artists => "artists",
        }
    }
}

impl std::fmt::Display for CardKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[derive(Serialize)]
struct Context {
    user: UserView,
    period: PeriodView,
    locale: String,
    source: Option<String>,
    coverage: Option<crate::summary::Coverage>,
    totals: TotalsView,
    songs: Vec<SongView>,
    artists: Vec<ArtistView>,
    genres: Vec<GenreView>,
    days: Vec<DayView>,
    best_day: Option<DayView>,
    max_day: u64,
    weekday_minutes: [u64; 7],
    top_share: Option<f64>,
    rtl: bool,
    card: CardKind,
}

#[derive(Serialize)]
struct UserView {
    id: Option<String>,
    name: Option<String>,
}

#[derive(Serialize)]
struct PeriodView {
    year: u16,
    month: u8,
    time_zone: Option<String>,
}

#[derive(Serialize)]
struct TotalsView {
    minutes: Option<u64>,
    plays: Option<u64>,
    songs: Option<u64>,
    artists: Option<u64>,
    new_artists: Option<u64>,
}

#[derive(Serialize)]
struct SongView {
    index: usize,
    title: String,
    artists: Vec<String>,
    album: Option<String>,
    plays: Option<u64>,
    minutes: Option<u64>,
    cover: Option<String>,
}

#[derive(Serialize)]
struct ArtistView {
    index: usize,
    name: String,
    plays: Option<u64>,
    minutes: Option<u64>,
    image: Option<String>,
}

#[derive(Serialize)]
struct GenreView {
    index: usize,
    name: String,
    share: Option<f64>,
}

#[derive(Clone, Serialize)]
struct DayView {
    date: String,
    day: u8,
    weekday: u8,
    minutes: u64,
    share: f64,
}

/// The context as a template value, and the warnings of making its texts safe.
pub(crate) fn build(summary: &Summary, locale: &Locale, card: CardKind) -> (Value, Vec<Warning>) {
    let mut safe = Safe { warnings: Vec::new(), locale };
    let days = days(summary);
    let best = days.iter().filter(|d| d.minutes > 0).max_by_key(|d| (d.minutes, 32 - d.day));
    let mut weekday_minutes = [0_u64; 7];
    for day in &days {
        let sum = &mut weekday_minutes[usize::from(day.weekday - 1)];
        *sum = sum.saturating_add(day.minutes);
    }
    let context = Context {
        user: UserView {
            id: summary.user.id.clone(),
            name: summary.user.name.as_deref().and_then(|name| safe.optional("user.name", name)),
        },
        period: PeriodView {
            year: summary.period.year,
            month: summary.period.month,
            time_zone: summary.period.time_zone.clone(),
        },
        locale: locale.file.tag.clone(),
        source: summary.source.clone(),
        coverage: summary.coverage,
        totals: TotalsView {
            minutes: summary.totals.minutes,
            plays: summary.totals.plays,
            songs: summary.totals.songs,
            artists: summary.totals.artists,
            new_artists: summary.totals.new_artists,
        },
        songs: each(&summary.songs).map(|(i, song)| safe.song(i, song)).collect(),
        artists: each(&summary.artists).map(|(i, artist)| safe.artist(i, artist)).collect(),
        genres: each(&summary.genres)
            .map(|(index, genre)| GenreView {
                index,
                name: safe.required(&format!("genres[{index}].name"), &genre.name),
                share: genre.share,
            })
            .collect(),
        best_day: best.cloned(),
        max_day: best.map_or(0, |day| day.minutes),
        weekday_minutes,
        top_share: top_share(summary, card),
        days,
        rtl: locale.rtl(),
        card,
    };
    (Value::from(minijinja::value::Serde(&context)), safe.warnings)
}

fn each<T>(list: &[T]) -> impl Iterator<Item = (usize, &T)> {
    list.iter().enumerate().take(MAX_CONTEXT_ENTRIES)
}

/// Every day of the month if there is any data by day, else none.
fn days(summary: &Summary) -> Vec<DayView> {
    let Period { year, month, .. } = summary.period;
    if summary.days.iter().all(|day| day.minutes == 0) {
        return Vec::new();
    }
    let max = summary.days.iter().map(|day| day.minutes).max().unwrap_or(0).max(1);
    (1..=calendar::days_in_month(year, month))
        .map(|day| {
            let date = format!("{year:04}-{month:02}-{day:02}");
            let minutes = summary.days.iter().find(|d| d.date == date).map_or(0, |d| d.minutes);
            let weekday = calendar::weekday(year, month, day);
            DayView { date, day, weekday, minutes, share: minutes as f64 / max as f64 }
        })
        .collect()
}

/// The share of the first entry in all plays of the month.
fn top_share(summary: &Summary, card: CardKind) -> Option<f64> {
    let total = summary.totals.plays.filter(|&plays| plays > 0)?;
    let top = match card {
        CardKind::Songs => summary.songs.first()?.plays?,
        CardKind::Artists => summary.artists.first()?.plays?,
    };
    Some((top as f64 / total as f64).min(1.0))
}

struct Safe<'a> {
    warnings: Vec<Warning>,
    locale: &'a Locale,
}

impl Safe<'_> {
    fn song(&mut self, index: usize, song: &Song) -> SongView {
        let path = format!("songs[{index}]");
        SongView {
            index,
            title: self.required(&format!("{path}.title"), &song.title),
            artists: each(&song.artists)
                .filter_map(|(i, name)| self.optional(&format!("{path}.artists[{i}]"), name))
                .collect(),
            album: song
                .album
                .as_deref()
                .and_then(|album| self.optional(&format!("{path}.album"), album)),
            plays: song.plays,
            minutes: song.minutes,
            cover: song.cover.clone(),
        }
    }

    fn artist(&mut self, index: usize, artist: &Artist) -> ArtistView {
        ArtistView {
            index,
            name: self.required(&format!("artists[{index}].name"), &artist.name),
            plays: artist.plays,
            minutes: artist.minutes,
            image: artist.image.clone(),
        }
    }

    /// A text that may vanish: none if nothing of it can be seen.
    fn optional(&mut self, path: &str, text: &str) -> Option<String> {
        let safe = make_safe(text);
        if !safe.changes.is_empty() {
            let message = safe.changes.join("; ");
            self.warnings.push(Warning::new(WarningCode::TextMadeSafe, path, message));
        }
        (!safe.text.is_empty()).then_some(safe.text)
    }

    /// A text that a row cannot do without: the label for untitled things if it is blank.
    fn required(&mut self, path: &str, text: &str) -> String {
        if let Some(text) = self.optional(path, text) {
            return text;
        }
        let message = "blank; the card shows a stand-in";
        self.warnings.push(Warning::new(WarningCode::TextMadeSafe, path, message));
        self.locale.file.labels.get("untitled").cloned().unwrap_or_else(|| "—".to_owned())
    }
}

/// The shape of the context, for checking templates before the first card.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A string, number or truth value.
    Scalar,
    /// Not known; everything is allowed on it.
    Any,
    /// A list of one shape.
    List(Box<Shape>),
    /// Fixed fields.
    Map(Vec<(String, Shape)>),
}

impl Shape {
    pub(crate) fn map<'a>(fields: impl IntoIterator<Item = (&'a str, Shape)>) -> Self {
        Self::Map(fields.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect())
    }

    pub(crate) fn scalars<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self::map(names.into_iter().map(|name| (name, Shape::Scalar)))
    }

    fn list_of(shape: Shape) -> Self {
        Self::List(Box::new(shape))
    }
}

/// The shape of [`build`]'s value, with the theme's and the label files' names.
pub(crate) fn shape(theme: &[String], labels: &[String]) -> Vec<(String, Shape)> {
    let scalars = |names: &[&str]| Shape::scalars(names.iter().copied());
    let day = scalars(&["date", "day", "weekday", "minutes", "share"]);
    let song = Shape::map([
        ("artists", Shape::list_of(Shape::Scalar)),
        ("index", Shape::Scalar),
        ("title", Shape::Scalar),
        ("album", Shape::Scalar),
        ("plays", Shape::Scalar),
        ("minutes", Shape::Scalar),
        ("cover", Shape::Scalar),
    ]);
    let fields = [
        ("user", scalars(&["id", "name"])),
        ("period", scalars(&["year", "month", "time_zone"])),
        ("locale", Shape::Scalar),
        ("source", Shape::Scalar),
        ("coverage", scalars(&["days", "of"])),
        ("totals", scalars(&["minutes", "plays", "songs", "artists", "new_artists"])),
        ("songs", Shape::list_of(song)),
        ("artists", Shape::list_of(scalars(&["index", "name", "plays", "minutes", "image"]))),
        ("genres", Shape::list_of(scalars(&["index", "name", "share"]))),
        ("days", Shape::list_of(day.clone())),
        ("best_day", day),
        ("max_day", Shape::Scalar),
        ("weekday_minutes", Shape::list_of(Shape::Scalar)),
        ("top_share", Shape::Scalar),
        ("rtl", Shape::Scalar),
        ("card", Shape::Scalar),
        ("theme", Shape::scalars(theme.iter().map(String::as_str))),
        ("labels", Shape::scalars(labels.iter().map(String::as_str))),
    ];
    fields.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect()
}

//! The words by which qualifiers are known.
//!
//! They are folded as `kind::fold` does. A phrase with spaces matches whole words; one without is
//! of a script that has no spaces, or a stem.

/// Begins the credit of another person.
pub(super) const CREDIT: &[&str] = &[
    " feat ",
    " ft ",
    " featuring ",
    " prod ",
    " produced by ",
    " duet with ",
    " duo con ",
    " duo avec ",
];

/// May begin a credit, in brackets.
pub(super) const WITH: &[&str] = &["with", "w", "con", "avec", "mit", "com"];

/// Behind one of [`WITH`], says that it is no credit.
pub(super) const NOT_A_NAME: &[&str] = &[
    "you", "u", "me", "us", "him", "her", "them", "it", "a", "an", "my", "your", "love", "no",
    "te", "ti", "mi", "tu", "toi", "moi", "nous", "vous", "elle", "lui", "dir", "mir", "euch",
    "uns", "ihm", "ihr", "voce", "amor", "out", "strings",
];

/// Begins the number of a part.
pub(super) const PART: &[&str] = &[
    "part", "pt", "parts", "pts", "vol", "volume", "chapter", "teil", "parte", "partie", "kapitel",
];

/// Begins the name of a film or the like.
pub(super) const ORIGIN: &[&str] = &[
    " from ",
    " theme from ",
    " music from ",
    " aus ",
    " de la pelicula ",
    " de la serie ",
    " do filme ",
    " da novela ",
    " dal film ",
    " del film ",
    " du film ",
    " extrait de ",
    " tire de ",
];

/// Behind a dash, says that it is an origin and not a name such as `From Now On`.
pub(super) const ORIGIN_NOUN: &[&str] = &[
    "motion picture",
    " film",
    " movie ",
    " series ",
    " musical ",
    " vault ",
    " album ",
    " score ",
    " broadway ",
    " pelicula ",
    " serie",
    " novela ",
    " netflix ",
    " game ",
];

/// Says anywhere that it is an origin.
pub(super) const ORIGIN_NAMED: &[&str] = &[
    "soundtrack",
    " ost ",
    " original score ",
    " bande originale ",
    " banda sonora ",
    " trilha sonora ",
    " colonna sonora ",
    "サウンドトラック",
    "主題歌",
    "オープニングテーマ",
    "エンディングテーマ",
];
/// Says of an origin that it is a stage: `From MTV Unplugged`.
pub(super) const STAGE: &[&str] =
    &[" unplugged ", " live at ", " live in ", " live session", " sessions ", " concert "];

/// Says anywhere that it is a concert or a session.
pub(super) const LIVE: &[&str] = &[
    " live at ",
    " live from ",
    " live version ",
    " live session",
    " recorded live ",
    " live performance ",
    " live recording ",
    " live take ",
    " live acoustic ",
    " acoustic live ",
    " unplugged live ",
    " unplugged ",
    " ao vivo ",
    " en vivo ",
    " en directo ",
    " en direct ",
    " dal vivo ",
    " in concert ",
    " en concert ",
    " en concierto ",
    " concert version ",
    " canli ",
    " canlı ",
    " na zywo ",
    " session ",
    " sessions ",
    " tiny desk ",
    " kexp ",
    "ライブ",
    "ライヴ",
    "라이브",
    "现场",
    "現場",
    "концерт",
    "вживую",
    "חי בהופעה",
];
/// May follow `live` behind a dash: `Live Forever` there is a song.
pub(super) const AFTER_LIVE: &[&str] = &[
    "at",
    "in",
    "on",
    "from",
    "version",
    "session",
    "sessions",
    "acoustic",
    "recording",
    "take",
    "edit",
    "mix",
    "bbc",
    "mtv",
    "performance",
    "studio",
    "lounge",
    "im",
    "beim",
    "vom",
    "aus",
    "aux",
    "au",
    "unplugged",
    "remastered",
    "remaster",
    "medley",
    "concert",
    "radio",
    "video",
    "demo",
    "en",
    "ver",
];

/// Says anywhere that it is a remix.
pub(super) const REMIX: &[&str] = &[
    " remix",
    " rmx ",
    " rework ",
    " reworked ",
    " refix ",
    " bootleg ",
    " mashup ",
    "リミックス",
    "リミクス",
    "리믹스",
    "混音",
    "ремикс",
    " remezcla ",
    " remezclado ",
    " vip mix ",
];

/// Says anywhere that it is acoustic.
pub(super) const ACOUSTIC: &[&str] = &[
    " acoustic",
    " acustic",
    " akusti",
    " acoustique ",
    " stripped ",
    "アコースティック",
    "어쿠스틱",
    "акустик",
    " desplugado ",
];

/// Says anywhere that nobody sings.
pub(super) const INSTRUMENTAL: &[&str] = &[
    " instrumental",
    " karaoke ",
    " off vocal ",
    " backing track ",
    " inst ",
    "インスト",
    "カラオケ",
    "инструментал",
    "伴奏",
];

/// Says anywhere that it is a demo.
pub(super) const DEMO: &[&str] =
    &[" demo ", " demos ", " demo tape ", " outtake ", " rough mix ", "デモ", " maqueta "];
/// A twelve-inch single is a longer cut, a seven-inch one the usual; folding loses the quote.
pub(super) const TWELVE_INCH: [&str; 4] = ["12\"", "12”", "12″", "12''"];

/// Says anywhere that it is another recording.
pub(super) const RECORDING: &[&str] = &[
    " re recorded ",
    " rerecorded ",
    " re recording ",
    " rerecording ",
    " extended ",
    " sped up ",
    " speed up ",
    " slowed ",
    " nightcore ",
    " orchestral ",
    " a cappella ",
    " acapella ",
    " acappella ",
    " reprise ",
    " interlude ",
    " intro ",
    " outro ",
    " skit ",
    " cover ",
    " alternate ",
    " alternative ",
    " rehearsal ",
    " reimagined ",
    " revisited ",
    " en espanol ",
    " in english ",
    " auf deutsch ",
    "カバー",
    "カヴァー",
];

/// Says anywhere that it is a version, of whatever kind.
pub(super) const VERSION: &[&str] = &[
    "version ",
    " ver ",
    " versie ",
    " versao ",
    " versione ",
    "バージョン",
    "ヴァージョン",
    "버전",
    "版",
    "версия",
];
/// Nouns for a cut of the same take.
pub(super) const CUTS: &[&str] = &[
    "version",
    "ver",
    "versie",
    "versao",
    "versione",
    "edit",
    "mix",
    "cut",
    "size",
    "master",
    "originalversion",
    "albumversion",
    "singleversion",
    "バージョン",
    "ヴァージョン",
    "버전",
];
/// Words beside a cut that leave it the same take.
pub(super) const ADJECTIVES: &[&str] = &[
    "mono",
    "stereo",
    "single",
    "album",
    "radio",
    "original",
    "originale",
    "originala",
    "lp",
    "ep",
    "explicit",
    "clean",
    "censored",
    "uncensored",
    "short",
    "full",
    "length",
    "main",
    "video",
    "tv",
    "standard",
    "the",
    "uk",
    "us",
    "usa",
    "digital",
    "digitally",
    "deluxe",
    "bonus",
    "track",
    "anniversary",
    "inch",
    "newly",
    "new",
    "and",
    "アルバム",
    "シングル",
];
/// Of those, the ones that are a qualifier behind a dash without a noun.
pub(super) const ALONE: &[&str] = &["mono", "stereo", "single", "explicit"];

/// Says anywhere that it is about the release.
pub(super) const EDITION: &[&str] = &[
    " edition",
    " deluxe ",
    " bonus ",
    " expanded ",
    " anniversary ",
    " edicion ",
    " edicao ",
    " ausgabe ",
    " edizione ",
    " official ",
    " lyric video ",
    " lyrics ",
    " visualizer ",
    " visualiser ",
    " music video ",
    " official audio ",
    " hd ",
    " hq ",
    "限定盤",
    "通常盤",
];

/// Says anywhere that it is a remaster.
pub(super) const REMASTER: &[&str] =
    &["remaster", "リマスター", "リマスタリング", "리마스터", "ремастер"];

//! Checks on what the repository carries for ever: sizes and licences.

use super::File;
use crate::bless::is_golden;

/// A golden is a picture at a third of the size; a larger one compares more than it tells.
const GOLDEN_LIMIT: usize = 200 * 1024;

/// Nothing else but a font has a reason to be larger; history never forgets a file.
const FILE_LIMIT: usize = 1_500_000;

const FONTS: &str = "templates/fonts/";

/// No file is larger than its kind may be.
pub fn size(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| !is_font(file)) {
        let limit = if is_golden(&file.path) { GOLDEN_LIMIT } else { FILE_LIMIT };
        if file.bytes.len() > limit {
            let size = file.bytes.len();
            complaints.push(format!("{}: has {size} bytes, the limit is {limit}", file.path));
        }
    }
    complaints
}

/// Every font is named in a text beside it, and a licence lies there too.
pub fn font_licences(files: &[File]) -> Vec<String> {
    let beside: Vec<&File> = files.iter().filter(|file| file.path.starts_with(FONTS)).collect();
    let has_licence = beside.iter().any(|file| is_licence(file));
    let mut complaints = Vec::new();
    for font in files.iter().filter(|file| is_font(file)) {
        if !font.path.starts_with(FONTS) {
            complaints.push(format!("{}: a font outside {FONTS}", font.path));
        } else if !has_licence {
            complaints.push(format!("{}: no licence lies in {FONTS}", font.path));
        } else if !beside.iter().any(|file| names(file, font.name())) {
            complaints.push(format!("{}: no text in {FONTS} names it", font.path));
        }
    }
    complaints
}

fn is_font(file: &File) -> bool {
    [".ttf", ".otf", ".ttc", ".woff2"].iter().any(|ending| file.path.ends_with(ending))
}

fn is_licence(file: &File) -> bool {
    let name = file.name().to_uppercase();
    ["LICENSE", "LICENCE", "OFL", "CC-BY"].iter().any(|start| name.starts_with(start))
}

fn names(file: &File, font: &str) -> bool {
    file.text().is_some_and(|text| text.contains(font))
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    #[test]
    fn each_kind_of_file_has_its_limit() {
        let golden = "wrapped-core/tests/golden/a.png";
        assert!(size(&[file(golden, vec![0; GOLDEN_LIMIT])]).is_empty());
        assert_eq!(size(&[file(golden, vec![0; GOLDEN_LIMIT + 1])]).len(), 1);
        assert_eq!(size(&[file("fixtures/a.zip", vec![0; FILE_LIMIT + 1])]).len(), 1);
        assert!(size(&[file("templates/fonts/a.ttc", vec![0; FILE_LIMIT + 1])]).is_empty());
    }

    #[test]
    fn a_font_needs_a_licence_and_a_line_about_it() {
        let font = || file("templates/fonts/A.ttf", b"\0");
        let licence = || file("templates/fonts/licences/OFL-A.txt", "licence");
        let list = || file("templates/fonts/README.md", "| A.ttf | OFL |");
        assert!(font_licences(&[font(), licence(), list()]).is_empty());
        assert_eq!(font_licences(&[font(), list()]).len(), 1);
        assert_eq!(font_licences(&[font(), licence()]).len(), 1);
        assert_eq!(font_licences(&[file("fixtures/A.ttf", b"\0")]).len(), 1);
    }
}

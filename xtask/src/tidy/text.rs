//! Checks on what files say.
//!
//! The needles are put together at compile time, so that this file does not contain them.

use super::File;

/// Package registries are reached through their clients; a file that names a host breaks where a
/// mirror serves them.
const REGISTRY_HOSTS: &[&str] = &[
    concat!("crates", ".io"),
    concat!("registry.", "npmjs"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("deb.", "debian"),
    concat!("static.", "rust-lang"),
];

/// Folders of somebody's machine; a path in a tracked file starts at the root of the workspace.
const MACHINE_PATHS: &[&str] = &[
    concat!("/", "work/"),
    concat!("/", "root/"),
    concat!("/", "home/"),
    concat!("/", "Users/"),
    concat!("/", "tmp/w"),
    concat!("..", "/shared"),
];

/// Marks that mean "not finished".
const LEFTOVERS: &[&str] = &[concat!("FIX", "ME"), concat!("todo", "!("), concat!("dbg", "!(")];

/// What the README promises a stranger.
const README_COMMANDS: &[&str] =
    &["cargo run --release -- render fixtures/summaries/october.json", "cargo xtask test"];

/// Longer files tell more than one story.
const LONG_FILE_LINES: usize = 400;

/// No file but a lock names a package registry's host.
pub fn registry_hosts(files: &[File]) -> Vec<String> {
    let files = files.iter().filter(|file| !file.is_lock());
    lines_with(files, REGISTRY_HOSTS, "names a package registry's host")
}

/// No file names an absolute path of one machine.
pub fn machine_paths(files: &[File]) -> Vec<String> {
    let files = files.iter().filter(|file| !file.is_lock());
    lines_with(files, MACHINE_PATHS, "names a path of one machine")
}

/// No source says that it is unfinished.
pub fn leftovers(files: &[File]) -> Vec<String> {
    lines_with(files.iter().filter(|file| !file.is_lock()), LEFTOVERS, "left over")
}

/// The README contains the commands that make the cards and run the tests.
pub fn readme_commands(files: &[File]) -> Vec<String> {
    let readme = files.iter().find(|file| file.path == "README.md").and_then(File::text);
    let Some(readme) = readme else { return vec!["README.md: is missing".to_owned()] };
    let missing = README_COMMANDS.iter().filter(|command| !readme.contains(*command));
    missing.map(|command| format!("README.md: does not say `{command}`")).collect()
}

/// Source files over the soft limit; advice, not a complaint.
pub fn long_files(files: &[File]) -> Vec<String> {
    let sources = files.iter().filter(|file| file.path.ends_with(".rs"));
    let counted =
        sources.filter_map(|file| Some((file, file.text()?.lines().count()))).collect::<Vec<_>>();
    let long = counted.iter().filter(|(_, lines)| *lines > LONG_FILE_LINES);
    long.map(|(file, lines)| format!("{} has {lines} lines", file.path)).collect()
}

/// A complaint for each line that contains one of `needles`.
fn lines_with<'a>(
    files: impl Iterator<Item = &'a File>,
    needles: &[&str],
    what: &str,
) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let Some(text) = file.text() else { continue };
        for (index, line) in text.lines().enumerate() {
            let found = needles.iter().find(|needle| stands_alone(line, needle));
            if let Some(needle) = found {
                complaints.push(format!("{}:{}: {what} ({needle})", file.path, index + 1));
            }
        }
    }
    complaints
}

/// Whether `needle` occurs where no word runs into it: `/x/` is not in `a/x/`.
fn stands_alone(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || "_-~}>)".contains(before))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    #[test]
    fn a_registry_host_is_found_except_in_locks() {
        let line = format!("url = \"https://{}/x\"", REGISTRY_HOSTS[0]);
        let files = [file("a.toml", format!("\n{line}")), file("Cargo.lock", &line)];
        let complaints = registry_hosts(&files);
        assert_eq!(complaints.len(), 1);
        assert!(complaints[0].starts_with("a.toml:2: "), "{complaints:?}");
    }

    #[test]
    fn a_machine_path_is_found_but_not_a_folder_of_that_name() {
        for needle in MACHINE_PATHS {
            let complaints = machine_paths(&[file("a.md", format!("see {needle}x"))]);
            assert_eq!(complaints.len(), 1, "{needle}");
        }
        let inner = format!("out{}cards", MACHINE_PATHS[0]);
        assert!(machine_paths(&[file("a.md", inner)]).is_empty());
    }

    #[test]
    fn leftovers_are_found_in_text_only() {
        let text = format!("// {} later", LEFTOVERS[0]);
        assert_eq!(leftovers(&[file("a.rs", &text)]).len(), 1);
        assert!(leftovers(&[file("a.png", format!("\0{text}"))]).is_empty());
    }

    #[test]
    fn the_readme_says_both_commands() {
        let good = README_COMMANDS.join("\n");
        assert!(readme_commands(&[file("README.md", good)]).is_empty());
        assert_eq!(readme_commands(&[file("README.md", README_COMMANDS[1])]).len(), 1);
        assert_eq!(readme_commands(&[]), ["README.md: is missing"]);
    }

    #[test]
    fn long_sources_are_listed() {
        let long = "\n".repeat(LONG_FILE_LINES + 1);
        assert_eq!(long_files(&[file("a.rs", &long), file("a.json", &long)]).len(), 1);
        assert!(long_files(&[file("a.rs", "\n".repeat(LONG_FILE_LINES))]).is_empty());
    }

    #[test]
    fn this_file_does_not_contain_what_it_looks_for() {
        let this = [file("text.rs", include_str!("text.rs"))];
        assert!(registry_hosts(&this).is_empty());
        assert!(machine_paths(&this).is_empty());
        assert!(leftovers(&this).is_empty());
    }
}

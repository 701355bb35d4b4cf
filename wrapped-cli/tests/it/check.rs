//! What every test needs: the binary, the fixtures, and the answers to look into.

use std::ffi::OsStr;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What a process left: exit code, standard output, standard error.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Run {
    /// Fails the test with what was said if the code is another.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stderr, self.text());
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    /// Kind, path and message of an error told as JSON.
    #[track_caller]
    pub fn error(&self) -> (String, String, String) {
        let value: Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|_| panic!("{}", self.stderr));
        let text = |key: &str| value["error"][key].as_str().unwrap_or_default().to_owned();
        (text("code"), text("path"), text("message"))
    }
}

/// The binary, in an environment that does not know about colours.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wrapped"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

pub fn finish(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Run { code: status.code(), stdout, stderr: String::from_utf8(stderr).unwrap() }
}

pub fn wrapped<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    finish(command().args(arguments))
}

/// The binary with something on its standard input, in a folder.
pub fn piped(arguments: &[&str], folder: &Path, input: &[u8]) -> Run {
    let mut child = command()
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // It may stop reading before the end, when there is too much.
    let _ = stdin.write_all(input);
    drop(stdin);
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    Run { code: status.code(), stdout, stderr: String::from_utf8(stderr).unwrap() }
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

pub fn summary(name: &str) -> PathBuf {
    fixtures().join("summaries").join(name)
}

pub fn october() -> PathBuf {
    summary("october.json")
}

/// October as a value, to be changed.
pub fn october_value() -> Value {
    serde_json::from_slice(&std::fs::read(october()).unwrap()).unwrap()
}

/// `render` at the smallest size, with more arguments.
pub fn render(summary: &Path, out: &Path, more: &[&str]) -> Run {
    let mut command = command();
    command.arg("render").arg(summary).arg("--out").arg(out).args(["--scale", "0.25"]);
    finish(command.args(more))
}

pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The names in a folder, sorted; of hidden files too.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// What a PNG says of itself: width, height, colour, and its text chunks.
pub struct Png {
    pub size: (u32, u32),
    pub color: png::ColorType,
    pub texts: Vec<(String, String)>,
    pub pixels: Vec<u8>,
}

#[track_caller]
pub fn png(bytes: &[u8]) -> Png {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    reader.finish().unwrap();
    let info = reader.info();
    let mut texts: Vec<(String, String)> = Vec::new();
    for chunk in &info.uncompressed_latin1_text {
        texts.push((chunk.keyword.clone(), chunk.text.clone()));
    }
    for chunk in &info.compressed_latin1_text {
        texts.push((chunk.keyword.clone(), chunk.get_text().unwrap()));
    }
    for chunk in &info.utf8_text {
        texts.push((chunk.keyword.clone(), chunk.get_text().unwrap()));
    }
    Png { size: (info.width, info.height), color: info.color_type, texts, pixels }
}

#[track_caller]
pub fn png_at(path: &Path) -> Png {
    png(&std::fs::read(path).unwrap())
}

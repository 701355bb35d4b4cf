//! `cargo xtask fonts`: builds `templates/fonts/` from the packages that ship
//! the fonts, by the recipe in `xtask/fonts/`.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Where the fonts come from on a Debian system.
const DEBIAN_PACKAGES: [&str; 5] =
    ["fonts-inter", "fonts-noto-core", "fonts-noto-extra", "fonts-noto-mono", "fonts-noto-cjk"];

/// The colour emoji font; the recipe also pins the digest of its file.
const EMOJI_PACKAGE: &str = "twemoji-colr-font@15.0.3";

/// Installs what the recipe needs, runs it and writes `templates/fonts/`.
///
/// # Errors
///
/// When a package cannot be installed, or when the recipe or its final check
/// fails; each says which command it was.
pub fn run() -> Result<()> {
    let root = workspace_root()?;
    let work = env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), PathBuf::from)
        .join("fonts");
    fs::create_dir_all(&work).with_context(|| format!("cannot create {}", work.display()))?;

    install_debian_packages()?;
    let python = install_python(&root, &work)?;
    let emoji = install_emoji(&work)?;

    let out = root.join("templates").join("fonts");
    say("cutting the fonts; this takes three minutes on two cores");
    command(&python)
        // The recipe's folder is under version control; keep its caches out.
        .arg("-B")
        .arg(root.join("xtask").join("fonts").join("build.py"))
        .arg(&out)
        .arg(&emoji)
        .run()?;
    say(&format!("wrote {}", out.display()));
    Ok(())
}

fn workspace_root() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .context("xtask's folder has no parent, but it lies in the workspace")
}

/// Installs the packages that `dpkg` does not know yet, with `sudo` unless root.
fn install_debian_packages() -> Result<()> {
    let missing: Vec<&str> =
        DEBIAN_PACKAGES.into_iter().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!("installing the Debian packages {}", missing.join(", ")));
    let mut install = if is_root() {
        command("apt-get")
    } else {
        let mut sudo = command("sudo");
        sudo.arg("apt-get");
        sudo
    };
    install.args(["install", "--yes", "--no-install-recommends"]).args(missing).run().context(
        "the sources of the fonts are Debian packages: run this on Debian or in a Debian container",
    )
}

fn is_installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status}", package])
        .output()
        .is_ok_and(|output| output.stdout == b"installed")
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// A virtual environment with the pinned requirements; returns its Python.
fn install_python(root: &Path, work: &Path) -> Result<PathBuf> {
    let environment = work.join("venv");
    let python = environment.join("bin").join("python");
    if !python.exists() {
        say(&format!("making a Python environment in {}", environment.display()));
        command("python3").args(["-m", "venv"]).arg(&environment).run().context(
            "the recipe is Python: install python3 and python3-venv, then run this again",
        )?;
    }
    let requirements = root.join("xtask").join("fonts").join("requirements.txt");
    say(&format!("installing what {} pins", requirements.display()));
    command(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
        .arg(&requirements)
        .run()?;
    Ok(python)
}

/// Fetches the emoji font's package and unpacks it; returns the font file.
fn install_emoji(work: &Path) -> Result<PathBuf> {
    let folder = work.join("twemoji");
    let font = folder.join("package").join("twemoji.woff2");
    if font.exists() {
        return Ok(font);
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    say(&format!("fetching npm's {EMOJI_PACKAGE}"));
    // `pack` fetches and runs no script, unlike `install`.
    command("npm")
        .args(["pack", "--silent", EMOJI_PACKAGE, "--pack-destination"])
        .arg(&folder)
        .run()
        .context("the emoji font comes from npm: install npm, then run this again")?;
    let archive = format!("{}.tgz", EMOJI_PACKAGE.replace('@', "-"));
    command("tar").arg("-xzf").arg(folder.join(archive)).arg("-C").arg(&folder).run()?;
    if !font.exists() {
        bail!("{EMOJI_PACKAGE} holds no {}", font.display());
    }
    Ok(font)
}

fn say(message: &str) {
    println!("fonts: {message}");
}

fn command(program: impl AsRef<OsStr>) -> Command {
    Command::new(program)
}

/// Runs a command to its end and turns a failure into an error that shows it.
trait Run {
    fn run(&mut self) -> Result<()>;
}

impl Run for Command {
    fn run(&mut self) -> Result<()> {
        let status = self.status().with_context(|| format!("cannot start {self:?}"))?;
        if !status.success() {
            bail!("{self:?} ended with {status}");
        }
        Ok(())
    }
}

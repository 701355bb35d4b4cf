//! The browser's target: finding or installing a compiler for it, and the check that the crates
//! which the browser uses compile.
//!
//! There are two ways to a wasm32 standard library. Where rustup can reach its server, it adds the
//! target. Elsewhere Debian's packages carry a compiler with the *matching* library source, and
//! cargo builds the library on the fly.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{process, setup, workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// The crates that the browser uses.
const PACKAGES: &[&str] = &["wrapped-core", "wrapped-import"];

/// The standard library is 20 MB; a server that has not sent it by then is not reachable.
const RUSTUP_LIMIT: Duration = Duration::from_secs(60);

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld"];

/// A way to compile for wasm32.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Toolchain {
    /// The toolchain in use has the target's standard library.
    InUse,
    /// Debian's compiler builds the standard library from Debian's source.
    Debian,
}

/// `cargo xtask wasm [--debian]`.
pub fn run(args: &[String]) -> Result<()> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [] => {
            setup::ensure(&[setup::WASM])?;
            check()
        }
        ["--debian"] => {
            if !has_debian() {
                install_debian()?;
            }
            check_with(Toolchain::Debian)
        }
        _ => bail!("`cargo xtask wasm` takes only --debian, not {}", args.join(" ")),
    }
}

/// Checks the browser's crates with whatever toolchain is there.
pub fn check() -> Result<()> {
    check_with(find_toolchain().context("no compiler for wasm32 is installed")?)
}

/// A check, not a build: what can fail for this target fails at its types and features, and
/// generating code for every dependency once more would cost minutes.
fn check_with(toolchain: Toolchain) -> Result<()> {
    let mut cargo = match toolchain {
        Toolchain::InUse => process::cargo(),
        Toolchain::Debian => debian_cargo()?,
    };
    cargo.current_dir(workspace::root()).args(["check", "--target", TARGET]);
    cargo.arg("--no-default-features");
    for package in PACKAGES {
        cargo.args(["--package", package]);
    }
    if toolchain == Toolchain::Debian {
        cargo.args(["-Z", "build-std=std,panic_abort"]);
        // This compiler shares no artefact with the tests; optimising macros that run once would
        // take longer than everything else.
        cargo.args(["--config", "profile.dev.package.'*'.opt-level=0"]);
    }
    process::run(&mut cargo)
}

/// The toolchain that can compile for wasm32 now, if there is one.
pub fn find_toolchain() -> Option<Toolchain> {
    if in_use_has_target() {
        Some(Toolchain::InUse)
    } else if has_debian() {
        Some(Toolchain::Debian)
    } else {
        None
    }
}

/// Adds the target with rustup, or else installs Debian's compiler.
pub fn install_toolchain() -> Result<()> {
    if process::find("rustup").is_some() {
        let mut rustup = Command::new("rustup");
        match process::run_within(RUSTUP_LIMIT, rustup.args(["target", "add", TARGET])) {
            // A rustup that serves another toolchain than the one in use succeeds in vain.
            Ok(()) if in_use_has_target() => return Ok(()),
            Ok(()) => println!("rustup added the target to another toolchain than the one in use"),
            Err(error) => println!("{error:#}; trying Debian's compiler instead"),
        }
    }
    install_debian().with_context(|| format!("`rustup target add {TARGET}` did not help either"))
}

fn install_debian() -> Result<()> {
    setup::apt_install(DEBIAN_PACKAGES)?;
    if has_debian() {
        return Ok(());
    }
    let found = debian_version().unwrap_or_else(|| "none".to_owned());
    bail!(
        "Debian's rustc-web is {found}, and the workspace needs {}; add Debian's security updates \
         to the package sources, or use a rustup that can add {TARGET}",
        env!("CARGO_PKG_RUST_VERSION")
    )
}

fn in_use_has_target() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut rustc = Command::new(rustc);
    rustc.current_dir(workspace::root()).args(["--print", "target-libdir", "--target", TARGET]);
    process::output(&mut rustc).is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

/// Whether Debian's compiler, cargo, library source and linker are there and new enough.
fn has_debian() -> bool {
    let Some(version) = debian_version() else { return false };
    let source = format!("/usr/src/rustc-{version}/library/std");
    Path::new(DEBIAN_CARGO).is_file()
        && Path::new(&source).is_dir()
        && linker().is_some()
        && at_least(&version, env!("CARGO_PKG_RUST_VERSION"))
}

/// The version of Debian's compiler, `1.96.0`.
fn debian_version() -> Option<String> {
    let said = process::output(without_rustup(&mut Command::new(DEBIAN_RUSTC)).arg("-V")).ok()?;
    said.split_whitespace().nth(1).map(str::to_owned)
}

fn debian_cargo() -> Result<Command> {
    let mut cargo = Command::new(DEBIAN_CARGO);
    without_rustup(&mut cargo)
        // `-Z build-std` is the one unstable thing here.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", DEBIAN_RUSTC)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker().context("no wasm linker")?);
    Ok(cargo)
}

/// Removes what rustup and `cargo run` put into the environment for *their* toolchain: libraries
/// and proxies that another compiler must not pick up.
fn without_rustup(command: &mut Command) -> &mut Command {
    for name in ["RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "CARGO", "RUSTDOC", "RUSTFLAGS"] {
        command.env_remove(name);
    }
    command
}

/// LLVM's linker: the one that ships inside the toolchain in use, else the system's.
fn linker() -> Option<PathBuf> {
    let mut rustc = Command::new("rustc");
    let bundled =
        process::output(rustc.current_dir(workspace::root()).args(["--print", "sysroot"]))
            .map(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib"))
            .and_then(|rustlib| Ok(std::fs::read_dir(rustlib)?.flatten().collect::<Vec<_>>()))
            .into_iter()
            .flatten()
            .map(|folder| folder.path().join("bin/rust-lld"))
            .find(|file| file.is_file());
    bundled.or_else(|| ["rust-lld", "wasm-ld"].iter().find_map(|name| process::find(name)))
}

/// Compares dotted versions; a missing part counts as zero.
fn at_least(version: &str, wanted: &str) -> bool {
    fn parts(text: &str) -> [u32; 3] {
        let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
        [(); 3].map(|()| parts.next().unwrap_or(0))
    }
    parts(version) >= parts(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(at_least("1.96.0", "1.95"));
        assert!(at_least("1.100.0", "1.95"));
        assert!(!at_least("1.85.1", "1.95"));
    }

    #[test]
    fn an_unknown_flag_is_refused_before_anything_is_installed() {
        assert!(run(&["--release".to_owned()]).is_err());
    }
}

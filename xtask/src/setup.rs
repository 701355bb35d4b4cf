//! What the tests need beyond the Rust toolchain, and how each thing is installed.
//!
//! A check costs milliseconds, so a machine that has everything notices nothing. What is missing
//! is installed and said aloud; where that cannot be done, the error names what to install by hand.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::{process, wasm};

/// A package download may be slow, but a server that is silent for this long is not there.
const APT_LIMIT: Duration = Duration::from_secs(600);

/// One thing that the tests need.
pub struct Need {
    /// What it is.
    pub name: &'static str,
    /// What it is needed for, for the person who reads the log.
    pub purpose: &'static str,
    /// Whether it is there.
    pub present: fn() -> bool,
    /// How to get it; the error is a sentence that says what to do by hand.
    pub install: fn() -> Result<()>,
}

/// libFuzzer is C++, compiled by its crate's build script.
pub const CPP_COMPILER: Need = Need {
    name: "a C++ compiler",
    purpose: "the fuzz harness",
    present: || process::find("c++").is_some(),
    install: || apt_install(&["g++"]),
};

/// A PNG checker that shares no code with ours.
pub const PNGCHECK: Need = Need {
    name: "pngcheck",
    purpose: "a second opinion on the PNG files",
    present: || process::find("pngcheck").is_some(),
    install: || apt_install(&["pngcheck"]),
};

/// A compiler and a standard library for the browser's target.
pub const WASM: Need = Need {
    name: "the wasm32-unknown-unknown target",
    purpose: "the browser build",
    present: || wasm::find_toolchain().is_some(),
    install: wasm::install_toolchain,
};

/// Everything that `cargo xtask test` needs.
pub const ALL: &[Need] = &[CPP_COMPILER, PNGCHECK, WASM];

/// Installs what is missing of `needs`; tries all of them before it fails.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let mut failures = Vec::new();
    for need in needs {
        if (need.present)() {
            continue;
        }
        println!("{} is missing ({}): installing it", need.name, need.purpose);
        if let Err(error) = (need.install)() {
            failures.push(format!("{} ({}): {error:#}", need.name, need.purpose));
        } else if !(need.present)() {
            failures.push(format!("{} was installed but is not found afterwards", need.name));
        }
    }
    if !failures.is_empty() {
        bail!("{}", failures.join("\n"));
    }
    Ok(())
}

/// Installs Debian packages, or says which ones to install by hand.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("install by hand: apt-get install {}", packages.join(" "));
    if process::find("apt-get").is_none() {
        bail!("no apt-get here; {by_hand} (or what your system calls them)");
    }
    if !is_root() {
        bail!("only root can install packages; {by_hand}");
    }
    // An outdated list may name files that the mirror no longer has. A failed update is no reason
    // to stop: the list at hand may still be good.
    if let Err(error) = process::run_within(APT_LIMIT, apt().arg("update")) {
        println!("{error:#}; going on with the package list at hand");
    }
    let mut install = apt();
    install.args(["install", "-y", "--no-install-recommends"]).args(packages);
    match process::run_within(APT_LIMIT, &mut install) {
        Ok(()) => Ok(()),
        Err(error) => bail!("{error:#}; {by_hand}"),
    }
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    // Wait for another apt that is running rather than fail; give up on a silent server.
    apt.args(["-q", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::http::Timeout=30"]);
    apt
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Need =
        Need { name: "here", purpose: "a test", present: || true, install: || bail!("not asked") };
    const NOWHERE: Need = Need {
        name: "nowhere",
        purpose: "a test",
        present: || false,
        install: || bail!("install it by hand"),
    };
    const LIAR: Need =
        Need { name: "liar", purpose: "a test", present: || false, install: || Ok(()) };

    #[test]
    fn what_is_there_is_not_installed_again() {
        ensure(&[HERE]).unwrap();
    }

    #[test]
    fn every_missing_thing_is_named_with_what_to_do() {
        let error = ensure(&[NOWHERE, HERE, LIAR]).unwrap_err().to_string();
        assert!(error.contains("nowhere (a test): install it by hand"), "{error}");
        assert!(error.contains("liar was installed but is not found"), "{error}");
    }
}

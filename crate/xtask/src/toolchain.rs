//! Which cargo compiles for wasm: the one that runs this task, unless `npm run setup` had to find
//! another because that one has no standard library for the target.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, io};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::workspace::Workspace;

/// Compiler and target of the shipped module.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A toolchain without a standard library for wasm, and the sources to build one from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct BuildStd {
    cargo: PathBuf,
    rustc: PathBuf,
    /// What `rustc` calls to link a wasm module.
    linker: PathBuf,
}

/// A `cargo <subcommand>` for the wasm target, run in the root of the repository.
pub fn cargo(workspace: &Workspace, subcommand: &str) -> Result<Command> {
    let mut command = match build_std(&workspace.toolchain_file())? {
        Some(toolchain) => from_source(&toolchain, subcommand),
        None => usual(subcommand),
    };
    command
        .args(["--target", TARGET])
        .env("CARGO_ENCODED_RUSTFLAGS", rustflags())
        .current_dir(workspace.root());
    Ok(command)
}

/// Panics name the source that they are in. Where a machine keeps the sources of its crates is nobody
/// else's business, and would make of one commit as many modules as there are machines.
fn rustflags() -> OsString {
    let given = env::var_os("CARGO_ENCODED_RUSTFLAGS").unwrap_or_else(|| {
        env::var("RUSTFLAGS")
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join("\u{1f}")
            .into()
    });
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")));
    let Some(home) = home else { return given };
    let mut flags = given;
    if !flags.is_empty() {
        flags.push("\u{1f}");
    }
    flags.push("--remap-path-prefix=");
    flags.push(home.join("registry").join("src"));
    flags.push("=/crates");
    flags
}

fn usual(subcommand: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.arg(subcommand);
    command
}

/// `-Zbuild-std` is what builds the standard library along with the crate. It is not stable, and
/// `RUSTC_BOOTSTRAP` is how a distribution's stable compiler is allowed to.
fn from_source(toolchain: &BuildStd, subcommand: &str) -> Command {
    let mut command = Command::new(&toolchain.cargo);
    command
        .args([subcommand, "-Zbuild-std=std,panic_abort"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", &toolchain.rustc)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &toolchain.linker);
    // This task was itself started by a cargo, whose word on the toolchain must not be inherited.
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "LD_LIBRARY_PATH"] {
        command.env_remove(name);
    }
    command
}

fn build_std(file: &Path) -> Result<Option<BuildStd>> {
    let text = match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.with_context(|| format!("cannot read {}", file.display()))?,
    };
    let toolchain: BuildStd = serde_json::from_str(&text).with_context(|| {
        format!("{} is not understood: delete it and run `npm run setup`", file.display())
    })?;
    Ok(Some(toolchain))
}

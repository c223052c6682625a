//! Runs wasm-opt over the module. It comes from the `binaryen` package of the root's `node_modules`.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// The level, how large a function with one caller may be to become a part of it, then what a browser
/// does not need. What the compiler was allowed to use wasm-opt reads from the module itself.
///
/// A browser compiles a function when it is first called, and again, well, when it was called often: a
/// loop within one that is called once stays slow to its end. Without a limit all of a load becomes one
/// function of 60 KB. With it the first load of 100,000 samples takes two thirds of the time, and gzip
/// makes 122.8 KB of what was 132.5, since parts that are alike stay alike.
pub const FLAGS: [&str; 6] = [
    "-O3",
    "--one-caller-inline-max-function-size",
    "20",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Replaces the module by its optimised form. The new file is written beside the old one and then
/// renamed: an interrupted run leaves no half of a module.
pub fn module(workspace: &Workspace) -> Result<()> {
    let (module, program) = (workspace.wasm(), workspace.binaryen().join("bin/wasm-opt"));
    if !program.is_file() {
        bail!("{} is missing: run `npm run setup`", program.display());
    }
    let optimised = module.with_extension("wasm.new");
    let status = Command::new("node")
        .arg(&program)
        .arg(&module)
        .args(FLAGS)
        .arg("-o")
        .arg(&optimised)
        .status()
        .context("cannot start node, which runs wasm-opt: run `npm run setup`")?;
    if !status.success() {
        bail!("wasm-opt failed on {}", module.display());
    }
    fs::rename(&optimised, &module)
        .with_context(|| format!("cannot replace {}", module.display()))?;
    Ok(())
}

//! Runs wasm-opt over the module. It comes from the `binaryen` package of the root's `node_modules`.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// The level, how large a function may be that is put into its only caller, then what a browser does
/// not need. The level hardly matters to the size: on one module, gzip made 199.2 KB of -O3, 198.2 KB
/// of -Os and 199.5 KB of -Oz, so the fastest code is taken. Without the limit all of a load becomes one
/// function of 60 KB and a thousand locals, whose numbers take two bytes each and which gzip finds
/// little in; and a browser, which optimises the functions that are called often, leaves a loop within
/// one that is called once slow to its end. What the compiler was allowed to use wasm-opt reads from
/// the module itself.
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

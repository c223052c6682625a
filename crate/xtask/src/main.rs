//! Developer tasks: builds the wasm module, runs wasm-bindgen and wasm-opt over it, and checks its size.
//!
//! Each step is a file: `compile` (cargo) → `bindgen` (the JavaScript around the module) →
//! `optimise` (wasm-opt) → `size` (the budget). `stamp` lets the last three be skipped when what
//! they read has not changed, `toolchain` says which cargo compiles for wasm, `workspace` says
//! where things lie.

mod bindgen;
mod compile;
mod optimise;
mod size;
mod stamp;
mod toolchain;
mod workspace;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::stamp::Stamp;
use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Developer tasks of the project")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the panel's wasm module into plugin/src/core/generated and check its size
    Wasm,
    /// Print the size of the module that was built last, against its budget
    Size,
}

fn main() -> Result<()> {
    let workspace = Workspace::find()?;
    match Cli::parse().task {
        Task::Wasm => wasm(&workspace)?,
        Task::Size => {}
    }
    size::check(&workspace)
}

fn wasm(workspace: &Workspace) -> Result<()> {
    bindgen::check_versions(workspace)?;
    let compiled = compile::panel(workspace)?;
    let stamp = Stamp::of(workspace, &compiled)?;
    if stamp.is_current(workspace) {
        return Ok(());
    }
    bindgen::generate(workspace, &compiled)?;
    optimise::module(workspace)?;
    stamp.write(workspace)
}

//! Compiles `crate/panel` for wasm and says where the module lies.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::toolchain;
use crate::workspace::{MODULE, Workspace};

/// One line of `cargo build --message-format=json`; lines about anything but an artifact have
/// none of these fields.
#[derive(Deserialize)]
struct Message {
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Runs cargo, whose own progress and errors go to the terminal, and returns the module's path.
/// Cargo is asked for the path, since a target folder may be set anywhere.
pub fn panel(workspace: &Workspace) -> Result<PathBuf> {
    let mut child = toolchain::cargo(workspace, "build")?
        .args(["--package", "timeline-panel", "--lib", "--profile", "wasm", "--locked"])
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo: run `npm run setup`")?;
    let lines = BufReader::new(child.stdout.take().context("cargo has no output")?).lines();
    let mut module = None;
    for line in lines {
        module = module_in(&line?).or(module);
    }
    if !child.wait()?.success() {
        bail!("crate/panel does not compile for {}: see cargo's errors above", toolchain::TARGET);
    }
    module.with_context(|| {
        format!("cargo built no {MODULE}.wasm: crate/panel/Cargo.toml needs `[lib]` with name = \"{MODULE}\" and crate-type = [\"cdylib\", \"rlib\"]")
    })
}

fn module_in(line: &str) -> Option<PathBuf> {
    let message: Message = serde_json::from_str(line).ok()?;
    if message.target?.name != MODULE {
        return None;
    }
    message.filenames.into_iter().find(|file| file.extension().is_some_and(|end| end == "wasm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_is_the_wasm_file_of_the_panel_among_all_artifacts() {
        let other = r#"{"reason":"compiler-artifact","target":{"name":"other"},"filenames":["/t/other.wasm"]}"#;
        let panel = r#"{"reason":"compiler-artifact","target":{"name":"timeline_panel"},"filenames":["/t/libtimeline_panel.rlib","/t/timeline_panel.wasm"]}"#;
        let end = r#"{"reason":"build-finished","success":true}"#;
        assert_eq!(module_in(other), None);
        assert_eq!(module_in(panel), Some(PathBuf::from("/t/timeline_panel.wasm")));
        assert_eq!(module_in(end), None);
    }
}

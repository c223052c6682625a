//! Runs wasm-bindgen, as a library: so its version is in Cargo.lock and nothing is installed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use wasm_bindgen_cli_support::Bindgen;

use crate::workspace::{MODULE, Workspace};

const LIBRARY: &str = "wasm-bindgen";
const GENERATOR: &str = "wasm-bindgen-cli-support";

#[derive(Deserialize)]
struct LockFile {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

/// Fails unless the library that the panel is compiled with and the generator that reads the
/// compiled module are of one version: their common format has no compatibility between versions.
pub fn check_versions(workspace: &Workspace) -> Result<()> {
    let file = workspace.lock_file();
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    one_version(&text)
}

fn one_version(lock: &str) -> Result<()> {
    let lock: LockFile = toml::from_str(lock).context("Cargo.lock is not understood")?;
    let versions = |name: &str| -> Vec<&str> {
        lock.package.iter().filter(|p| p.name == name).map(|p| p.version.as_str()).collect()
    };
    match (versions(LIBRARY).as_slice(), versions(GENERATOR).as_slice()) {
        ([], _) => bail!("crate/panel does not depend on {LIBRARY}"),
        ([library], [generator]) if library == generator => Ok(()),
        ([library], [generator]) => bail!(
            "Cargo.lock has {LIBRARY} {library} and {GENERATOR} {generator}, which must be the same: run `cargo update -p {GENERATOR} --precise {library}`, or the other way round"
        ),
        (libraries, generators) => bail!(
            "Cargo.lock must have one {LIBRARY} and one {GENERATOR}; it has {libraries:?} and {generators:?}"
        ),
    }
}

/// Writes the module and the JavaScript and TypeScript around it into the plugin's sources.
pub fn generate(workspace: &Workspace, compiled: &Path) -> Result<()> {
    let out = workspace.generated();
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    Bindgen::new()
        .web(true)?
        .typescript(true)
        .input_path(compiled)
        .out_name(MODULE)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&out)
        .context("wasm-bindgen cannot read the compiled module")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(library: &str, generator: &str) -> String {
        format!(
            "[[package]]\nname = \"{LIBRARY}\"\nversion = \"{library}\"\n[[package]]\nname = \"{GENERATOR}\"\nversion = \"{generator}\"\n"
        )
    }

    #[test]
    fn library_and_generator_of_one_version_pass() {
        assert!(one_version(&lock("0.2.130", "0.2.130")).is_ok());
    }

    #[test]
    fn two_versions_are_named_with_the_command_that_mends_them() {
        let error = one_version(&lock("0.2.129", "0.2.130")).unwrap_err().to_string();
        assert!(error.contains("wasm-bindgen 0.2.129"), "{error}");
        assert!(
            error.contains("cargo update -p wasm-bindgen-cli-support --precise 0.2.129"),
            "{error}"
        );
    }
}

//! Whether the generated files still belong to what cargo compiled: wasm-opt takes seconds, and
//! most builds change nothing in the module.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::optimise;
use crate::workspace::Workspace;

/// A hash over everything that the generated files depend on.
#[derive(Debug, PartialEq, Eq)]
pub struct Stamp(String);

impl Stamp {
    /// The compiled module, the versions in the lock file (wasm-bindgen's is among them), wasm-opt's
    /// version and flags.
    pub fn of(workspace: &Workspace, compiled: &Path) -> Result<Self> {
        let package = workspace.binaryen().join("package.json");
        let mut hash = Sha256::new();
        for file in [compiled, &workspace.lock_file(), &package] {
            let bytes = fs::read(file)
                .with_context(|| format!("cannot read {}: run `npm run setup`", file.display()))?;
            // The length keeps the end of one file from reading as the start of the next.
            hash.update(bytes.len().to_le_bytes());
            hash.update(&bytes);
        }
        hash.update(optimise::FLAGS.join(" "));
        Ok(Self(format!("{:x?}", hash.finalize().as_slice())))
    }

    pub fn is_current(&self, workspace: &Workspace) -> bool {
        workspace.wasm().is_file()
            && fs::read_to_string(path(workspace)).is_ok_and(|written| written == self.0)
    }

    pub fn write(&self, workspace: &Workspace) -> Result<()> {
        let path = path(workspace);
        fs::write(&path, &self.0).with_context(|| format!("cannot write {}", path.display()))
    }
}

fn path(workspace: &Workspace) -> PathBuf {
    workspace.generated().join(".stamp")
}

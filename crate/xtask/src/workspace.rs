//! Where things lie, from the root of the repository.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The first part of the name of every generated file; the `[lib]` name of `crate/panel`.
pub const MODULE: &str = "timeline_panel";

/// The repository.
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the root from the crate's own folder, which cargo names when it runs the task. The
    /// path is not taken at compile time: a target folder may outlive a moved repository.
    pub fn find() -> Result<Self> {
        let own = env::var_os("CARGO_MANIFEST_DIR")
            .context("CARGO_MANIFEST_DIR is not set: start this as `cargo xtask …`")?;
        let root = Path::new(&own)
            .ancestors()
            .nth(2)
            .context("crate/xtask does not lie two folders below the root of the repository")?;
        Ok(Self { root: root.to_owned() })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn lock_file(&self) -> PathBuf {
        self.root.join("Cargo.lock")
    }

    /// What `npm run setup` found out about the compiler for wasm.
    pub fn toolchain_file(&self) -> PathBuf {
        self.root.join(".cache/toolchain.json")
    }

    /// Where the plugin's TypeScript imports the module from.
    pub fn generated(&self) -> PathBuf {
        self.root.join("plugin/src/core/generated")
    }

    pub fn wasm(&self) -> PathBuf {
        self.generated().join(format!("{MODULE}_bg.wasm"))
    }

    pub fn binaryen(&self) -> PathBuf {
        self.root.join("node_modules/binaryen")
    }
}

//! The size of the module as a browser fetches it, against its budget.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::workspace::Workspace;

/// Bytes after gzip that the module may have. What the budget protects is the cold start, of which
/// compiling takes 3 to 7 ms for 250 KB (`npm run bench`): ten KB more after gzip are half a
/// millisecond, once, and are cached under the module's hash from then on.
const BUDGET: usize = 140 * 1024;

/// Prints the module's size and fails above the budget.
pub fn check(workspace: &Workspace) -> Result<()> {
    let file = workspace.wasm();
    let bytes = fs::read(&file)
        .with_context(|| format!("cannot read {}: run `cargo xtask wasm`", file.display()))?;
    let zipped = gzip(&bytes)?;
    println!(
        "wasm: {} KB, {} KB gzip (budget {} KB)",
        kilobytes(bytes.len()),
        kilobytes(zipped),
        kilobytes(BUDGET)
    );
    if zipped > BUDGET {
        bail!("the module is {} bytes over its budget after gzip", zipped - BUDGET);
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn kilobytes(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1024.0)
}

#![doc = include_str!("../README.md")]

pub mod raw;
pub mod story;
pub mod walk;

/// A way to read bytes as frames and walk with them.
pub type Target = fn(&[u8]);

/// All ways, by the names of their fuzz targets and of their folders in `fuzz/corpus`.
pub const TARGETS: [(&str, Target); 2] = [("story", story::run), ("raw", raw::run)];

//! The core: turns the series that a data source returned into the rows of a timeline and the scene that draws them. Pure Rust, no browser, no I/O.

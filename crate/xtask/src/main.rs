//! Developer tasks: builds the wasm module, runs wasm-bindgen and wasm-opt over it, and checks its size.
fn main() {}

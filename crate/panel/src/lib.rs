//! The wasm surface of the core: takes columns from the panel, asks the core, paints its scene on a canvas. Converts, decides nothing.

//! Hands libFuzzer's bytes to `hostile::story`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::story::run(bytes));

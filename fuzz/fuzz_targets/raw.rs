//! Hands libFuzzer's bytes to `hostile::raw`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hostile::raw::run(bytes));

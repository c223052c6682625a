//! Seeded choices that depend on what they are for and on nothing else.

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014): every bit of the result depends on
/// every bit of the argument.
pub const fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Uniform in `0.0..1.0`, the same for the same seed and names.
pub fn share(seed: u64, names: &[u64]) -> f64 {
    let bits = names.iter().fold(seed, |state, name| mix(state ^ mix(*name)));
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

//! Seeded randomness: every stream is named by what it is for, so that one more draw in one place
//! moves nothing elsewhere.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::world::Spread;

/// One named stream of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream that belongs to `seed` and the names in `path`, in order.
    pub(crate) fn new(seed: u64, path: &[u64]) -> Self {
        let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
        for part in path {
            state = mix(state ^ mix(*part));
        }
        Self(ChaCha8Rng::seed_from_u64(state))
    }

    /// Uniform in `0.0..1.0`.
    pub(crate) fn share(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    /// True with the given probability.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A length of time drawn from a log-normal spread, in microseconds and never negative.
    pub(crate) fn micros(&mut self, spread: Spread) -> i64 {
        // Box-Muller; 1 - u keeps the logarithm away from zero.
        let radius = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        let normal = radius * (std::f64::consts::TAU * self.share()).cos();
        (spread.median_ms * 1_000.0 * (spread.sigma * normal).exp()) as i64
    }

    /// A length of time drawn from a log-normal spread, in whole milliseconds.
    pub(crate) fn millis(&mut self, spread: Spread) -> i64 {
        self.micros(spread) / 1_000
    }

    /// Milliseconds until the next arrival of a Poisson process.
    pub(crate) fn until_next(&mut self, per_hour: f64) -> i64 {
        (-(1.0 - self.share()).ln() / per_hour * 3_600_000.0) as i64
    }

    /// Lower-case hexadecimal digits.
    pub(crate) fn hex(&mut self, digits: usize) -> String {
        (0..digits).filter_map(|_| char::from_digit(self.0.random_range(0..16_u32), 16)).collect()
    }
}

/// The finaliser of `SplitMix64`: spreads neighbouring numbers over the whole range.
pub(crate) fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

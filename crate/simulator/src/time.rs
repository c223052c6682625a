//! Units of time. Every instant is unix milliseconds, every length milliseconds, unless the name
//! says otherwise.

/// An instant: milliseconds since the Unix epoch.
pub type UnixMillis = i64;

/// A length of time in milliseconds.
pub type Millis = i64;

/// Milliseconds of a second.
pub(crate) const SECOND: Millis = 1_000;
/// Milliseconds of a minute.
pub(crate) const MINUTE: Millis = 60 * SECOND;
/// Milliseconds of an hour.
pub(crate) const HOUR: Millis = 60 * MINUTE;

/// The instant as the custom resource keeps it: a Kubernetes `metav1.Time` is written to JSON
/// with whole seconds, so it reads rounded down.
pub(crate) fn whole_second(at: UnixMillis) -> UnixMillis {
    at - at.rem_euclid(SECOND)
}

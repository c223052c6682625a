//! What the names of all workflows begin with, which tells none of them from another.

/// Length in bytes of what two names have in common at their beginning.
pub(super) fn common(a: &str, b: &str) -> usize {
    let same = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y);
    same.map_or(a.len().min(b.len()), |((at, _), _)| at)
}

/// What may be left out of a name: up to the last separator, which leaves something of it.
pub(super) fn cut(name: &str, common: usize) -> usize {
    let shared = name.get(..common).unwrap_or_default();
    shared.rfind(['.', '/', ':']).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_whole_parts_that_all_of_them_begin_with() {
        let of = |a: &str, b: &str| cut(a, common(a, b));
        assert_eq!(of("flyte.etl.orders", "flyte.etl.outlets"), "flyte.etl.".len());
        assert_eq!(of("orders", "outlets"), 0);
        assert_eq!(of("é.a", "è.a"), 0);
        assert_eq!(of("flyte.etl", "flyte.etl.daily"), "flyte.".len());
    }
}

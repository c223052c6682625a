//! The page in `docs/`: the tables, and how to read them.

/// The page.
pub fn page(tables: &str, quick: bool) -> String {
    let command = if quick {
        "npm run accuracy -- --quick --write docs/accuracy.md"
    } else {
        "npm run accuracy -- --write docs/accuracy.md"
    };
    format!(
        "{}\nMade by `{command}`; the same sources make the same page.\n\n{tables}",
        include_str!("page.md")
    )
}

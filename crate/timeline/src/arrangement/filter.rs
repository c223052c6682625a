//! Which rows hold what the user looks for.

use crate::run::{Run, Runs, State};
use crate::text::Text;

/// More words than these are not looked for.
const MOST_WORDS: usize = 32;

/// What every text of the runs holds of the words looked for, so that each text is looked through
/// once and not once a row.
pub(super) struct Search {
    words: Vec<String>,
    /// By text: a bit for each word that it holds.
    held: Vec<u32>,
}

impl Search {
    pub fn new(runs: &Runs, search: &str) -> Self {
        let words: Vec<String> =
            search.split_whitespace().take(MOST_WORDS).map(str::to_ascii_lowercase).collect();
        let texts = if words.is_empty() { 0 } else { runs.texts.len() };
        let held = (0..texts)
            .map(|text| bits(&words, runs.texts.get(Text(u32::try_from(text).unwrap_or(u32::MAX)))))
            .collect();
        Self { words, held }
    }

    /// Whether a run holds every word, in one text or another.
    pub fn finds(&self, runs: &Runs, run: &Run) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let held = |text: Text| self.held.get(text.0 as usize).copied().unwrap_or_default();
        let wanted = u32::MAX >> (MOST_WORDS - self.words.len());
        let mut found = [run.execution, run.workflow, run.project, run.domain]
            .into_iter()
            .fold(bits(&self.words, state(run.state)), |found, text| found | held(text));
        for piece in runs.pieces(run).iter().chain(runs.contained(run)) {
            found |= held(piece.node);
        }
        found == wanted
    }
}

fn bits(words: &[String], text: &str) -> u32 {
    let mut bits = 0;
    for (bit, word) in words.iter().enumerate() {
        if holds(text, word) {
            bits |= 1 << bit;
        }
    }
    bits
}

/// Whether a text holds a word, capitals of ASCII or not: those of other alphabets would bring their
/// tables into the module.
fn holds(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    text.windows(word.len().max(1)).any(|window| window.eq_ignore_ascii_case(word))
}

fn state(state: State) -> &'static str {
    match state {
        State::Succeeded => "succeeded",
        State::Failed => "failed",
        State::Aborted => "aborted",
        State::Running => "running",
        State::Mixed => "several",
        State::Unknown => "ended",
    }
}

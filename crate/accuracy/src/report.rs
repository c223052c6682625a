//! Writes what was measured as Markdown.

use std::fmt::Write;

use flyte_simulator::Deployment;

use crate::cell::{Cell, Trouble};
use crate::measure::{Measured, Tally};
use crate::stage::Stage;

/// So many false claims are written out.
const MOST_EXAMPLES: usize = 20;

const HEAD: &str = "finished | whole | alone | identifiable | claims | false | short | of alone | of all | beyond | groups | median | largest | conserved |";
const RULE: &str = "---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";

/// The tables: everything by deployment, load and interval without trouble, then by trouble and by
/// deployment and shape, then the means, then what is false.
pub fn tables(all: &[Measured]) -> String {
    let mut text = String::new();
    let total = sum(all.iter());
    let _ = writeln!(
        text,
        "{} simulated executions in {} cells; {} claims of {} identifiable runs; **{} false**.\n",
        total.executions,
        all.len(),
        total.claims(),
        total.identifiable(),
        total.wrong
    );
    let _ = writeln!(text, "## By load and scrape interval, nothing going wrong\n");
    let _ = writeln!(text, "| deployment | load | interval | {HEAD}\n| --- | ---: | ---: | {RULE}");
    let calm = all.iter().filter(|measured| measured.cell.trouble == Trouble::Calm);
    for (key, tally) in
        grouped(calm, |cell| format!("{} | {} | {} s", cell.deployment, cell.load, cell.interval_s))
    {
        let _ = writeln!(text, "| {key} | {}", row(&tally));
    }
    let _ = writeln!(text, "\n## By what goes wrong, all loads and intervals\n");
    let _ = writeln!(text, "| deployment | trouble | {HEAD} plain |\n| --- | --- | {RULE} ---: |");
    for (key, tally) in
        grouped(all.iter(), |cell| format!("{} | {}", cell.deployment, cell.trouble.word()))
    {
        let _ = writeln!(text, "| {key} | {} {} |", row(&tally), relative(tally.plain));
    }
    let _ = writeln!(text, "\n## By shape, all loads, intervals and troubles\n");
    let _ = writeln!(text, "| deployment | shapes | {HEAD}\n| --- | --- | {RULE}");
    for (key, tally) in
        grouped(all.iter(), |cell| format!("{} | {}", cell.deployment, cell.shapes.word()))
    {
        let _ = writeln!(text, "| {key} | {}", row(&tally));
    }
    errors(all, &mut text);
    left_out(all, &mut text);
    false_claims(all, &mut text);
    text
}

fn errors(all: &[Measured], text: &mut String) {
    let _ = writeln!(
        text,
        "\n## How far a run is from the mean that stands for it, at worst\n\n\
         | deployment | row | {} |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |",
        Stage::ALL.map(Stage::id).join(" | ")
    );
    let seconds = |errors: [f64; 5]| errors.map(|ms| format!("{:.1} s", ms / 1_000.0)).join(" | ");
    for deployment in [Deployment::Core, Deployment::Binary] {
        let tally = sum(all.iter().filter(|measured| measured.cell.deployment == deployment));
        let _ = writeln!(text, "| {deployment} | group | {} |", seconds(tally.group_error));
        if tally.mean_error.iter().any(|error| *error > 0.0) {
            let _ =
                writeln!(text, "| {deployment} | whole range | {} |", seconds(tally.mean_error));
        }
    }
}

fn left_out(all: &[Measured], text: &mut String) {
    let _ = writeln!(
        text,
        "\n## Runs that are not asked about\n\n\
         | deployment | finished | began before the range | torn by a restart | whole | shown as running |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |"
    );
    for (key, tally) in grouped(all.iter(), |cell| cell.deployment.to_string()) {
        let Tally { finished, begun, torn, whole, stuck, .. } = tally;
        let _ = writeln!(text, "| {key} | {finished} | {begun} | {torn} | {whole} | {stuck} |");
    }
}

fn false_claims(all: &[Measured], text: &mut String) {
    let wrong: Vec<_> = all.iter().flat_map(|measured| &measured.wrong).collect();
    if wrong.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n## False claims\n\n```text");
    for claim in wrong.iter().take(MOST_EXAMPLES) {
        let _ = writeln!(text, "{} {}", claim.cell, claim.text);
    }
    let more = wrong.len().saturating_sub(MOST_EXAMPLES);
    if more > 0 {
        let _ = writeln!(text, "… and {more} more; --cell shows those of one cell");
    }
    let _ = writeln!(text, "```");
}

/// Every cell on a line of its own.
pub fn cells(all: &[Measured]) -> String {
    let mut text = format!("| cell | {HEAD} plain |\n| --- | {RULE} ---: |\n");
    for Measured { cell, tally, .. } in all {
        let _ = writeln!(text, "| {cell} | {} {} |", row(tally), relative(tally.plain));
    }
    text
}

fn row(tally: &Tally) -> String {
    let claimed = tally.claims();
    let identifiable = tally.identifiable();
    let alone = tally.alone + tally.named;
    let of_alone = share(tally.recovered_alone, alone);
    let of_all = share(tally.recovered, identifiable);
    let mut groups = tally.groups.clone();
    groups.sort_by(f64::total_cmp);
    let size = |position: usize| {
        groups.get(position).map_or("–".to_owned(), |runs| format!("{runs:.0}"))
    };
    format!(
        "{} | {} | {alone} | {identifiable} | {claimed} | {} | {} | {of_alone} | {of_all} | {} | {} | {} | {} | {} |",
        tally.finished,
        tally.whole,
        tally.wrong,
        tally.short,
        tally.correct - tally.recovered,
        groups.len(),
        size(groups.len() / 2),
        size(groups.len().saturating_sub(1)),
        relative(tally.conservation),
    )
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        "–".to_owned()
    } else {
        format!("{:.1} %", part as f64 / whole as f64 * 100.0)
    }
}

fn relative(difference: f64) -> String {
    if difference == 0.0 {
        "0".to_owned()
    } else if difference < 1e-9 {
        "< 1e-9".to_owned()
    } else {
        format!("{difference:.1e}")
    }
}

/// Tallies by a key, in the order in which the keys first appear.
fn grouped<'a>(
    all: impl Iterator<Item = &'a Measured>,
    key: impl Fn(&Cell) -> String,
) -> Vec<(String, Tally)> {
    let mut groups: Vec<(String, Tally)> = Vec::new();
    for measured in all {
        let key = key(&measured.cell);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, tally)) => tally.add(&measured.tally),
            None => groups.push((key, measured.tally.clone())),
        }
    }
    groups
}

/// All tallies added up.
pub fn sum<'a>(all: impl Iterator<Item = &'a Measured>) -> Tally {
    let mut total = Tally::default();
    for measured in all {
        total.add(&measured.tally);
    }
    total
}

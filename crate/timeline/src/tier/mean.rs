//! A row that is the mean of several runs, or of one: what counters grew by, shared out over the runs
//! that ended.
//!
//! Exact for any counters of any deployment, since growth is additive: a mean is the sum's growth
//! over the count's. A bar is one mean run: what belongs to the run once is its own mean, and what
//! belongs to its nodes is the growth of all of them over the number of runs, so that the pieces add
//! up to what a run takes. The mean of a single observation is kept beside it.

use super::pieces::{self, Assembly, Endings, Reading, Total};
use crate::profile::Profile;
use crate::run::{Kind, Notes, Piece, Run, State, Tier, is_derived};
use crate::series::Labels;
use crate::text::{Text, Texts};
use crate::unit::{Millis, UnixMillis};

/// What a row is made of.
pub(super) struct Mean<'a> {
    pub tier: Tier,
    pub kind: Kind,
    /// Whose it is; the node is not asked.
    pub labels: Labels,
    pub readings: &'a [Reading],
    /// When the last of it ended, where that is known.
    pub end: Option<UnixMillis>,
    /// Notes that are known already.
    pub notes: Notes,
    /// Whether a completion latency is an abort's. Where nobody can tell, it is left to the derived
    /// stage.
    pub completion_is_abort: bool,
}

/// The row; none where there is neither time nor a run in it.
pub(super) fn row(profile: &Profile, texts: &Texts, mean: &Mean<'_>) -> Option<(Run, Vec<Piece>)> {
    let Assembly { mut pieces, mut contained, endings, set_aside, notes: found } =
        pieces::assemble(profile, texts, mean.readings);
    let mut notes = mean.notes;
    notes.add(found);
    let aborted = if mean.completion_is_abort { endings.completion } else { Total::default() };
    let ended = endings.succeeded.count + endings.failed.count + aborted.count;
    let accepted = pieces::accepted(profile, mean.readings);
    let count = if ended > 0.0 { ended } else { accepted };
    if pieces.is_empty() && count == 0.0 {
        return None;
    }
    if count == 0.0 {
        notes.add(Notes::NO_RUNS);
    } else if ended == 0.0 {
        notes.add(Notes::NONE_ENDED);
    }
    share_out(profile, &mut pieces, count, &mut notes);
    let wall = (ended > 0.0).then(|| {
        if accepted == 0.0 {
            notes.add(Notes::NO_ACCEPTANCE);
        }
        let running = endings.succeeded.sum + endings.failed.sum + aborted.sum;
        Millis(running.0 / ended) + pieces::outside(profile, &pieces)
    });
    pieces::close(profile, &mut pieces, wall, &mut notes);
    for piece in pieces.iter_mut().filter(|piece| is_derived(profile, piece.stage)) {
        piece.sum = Millis(piece.value.0 * count);
    }
    share_out(profile, &mut contained, count, &mut notes);
    pieces.extend_from_slice(&contained);
    let run = Run {
        tier: mean.tier,
        kind: mean.kind,
        state: if mean.kind == Kind::Run { state(&endings, ended) } else { State::Mixed },
        execution: Text::EMPTY,
        workflow: mean.labels.workflow,
        project: mean.labels.project,
        domain: mean.labels.domain,
        end: mean.end,
        late: None,
        wall,
        runs: count,
        failed: endings.failed.count,
        aborted: aborted.count,
        set_aside: Millis(if count > 0.0 { set_aside.0 / count } else { set_aside.0 }),
        notes,
        begin: None,
        lengths: Vec::new(),
        waited: None,
        first: 0,
        end_piece: 0,
        contained: u32::try_from(contained.len()).unwrap_or(u32::MAX),
    };
    Some((run, pieces))
}

/// Gives every piece its value in one mean run. Runs that have begun need not be those that ended, so
/// acceptance with its parts is shared out over its own.
fn share_out(profile: &Profile, pieces: &mut [Piece], count: f64, notes: &mut Notes) {
    let acceptance = profile.acceptance();
    let own = pieces.iter().find(|piece| acceptance == Some(piece.stage));
    let accepted = own.map_or(0.0, |piece| piece.count);
    for piece in pieces {
        let once = acceptance == Some(profile.whole_of(piece.stage)) && accepted > 0.0;
        let runs = match (once, count > 0.0) {
            (true, _) => accepted,
            (false, true) => count,
            (false, false) => piece.count,
        };
        if runs > 0.0 {
            piece.value = Millis(piece.sum.0 / runs);
        } else {
            notes.add(Notes::TOTALS);
        }
    }
}

fn state(endings: &Endings, ended: f64) -> State {
    if ended == 0.0 {
        State::Running
    } else if endings.failed.count > 0.0 {
        State::Failed
    } else if endings.succeeded.count > 0.0 {
        State::Succeeded
    } else {
        State::Aborted
    }
}

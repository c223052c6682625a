//! How a counter grew: increment by increment, over restarts and gaps.
//!
//! A summary's `_sum` and `_count` are two counters of one process: they are scraped together and
//! begin anew together. They are therefore read together where they have the same samples, so that
//! a restart which only one of them shows (a long duration right after it) is seen for both. A
//! restart that only another counter of the process shows is told from outside.

use crate::series::{Growth, SampleView, is_plausible};

/// What a counter's first sample is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The series appeared while others were there already, so all that is in it was added since.
    Increment,
    /// It is only where the query begins: what is in it was there before.
    Baseline,
}

/// What was added between two scrapes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Increment {
    /// The scrape before, ms since the epoch: nothing of it was there yet.
    pub from: f64,
    /// The scrape that shows it, ms since the epoch.
    pub to: f64,
    /// Of the sum, in the metric's unit.
    pub sum: f64,
    /// Of the count.
    pub count: f64,
}

/// What is known of a counter beside its samples.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// How it grows.
    pub growth: Growth,
    /// What its first sample is.
    pub first: First,
    /// When its process was scraped, ms since the epoch, ascending; empty where nobody knows.
    pub scrapes: &'a [f64],
    /// First scrapes of its process after each restart, ms since the epoch, ascending.
    pub restarts: &'a [f64],
}

impl Default for Setting<'_> {
    fn default() -> Self {
        Self { growth: Growth::Counter, first: First::Baseline, scrapes: &[], restarts: &[] }
    }
}

/// Walks over a `_sum` and its `_count`, either of which may be absent, and hands every increment
/// to `add`. Answers with the first scrapes after the restarts that these samples show by
/// themselves.
pub fn walk(
    sum: Option<SampleView<'_>>,
    count: Option<SampleView<'_>>,
    setting: &Setting<'_>,
    mut add: impl FnMut(Increment),
) -> Vec<f64> {
    let mut restarts = Vec::new();
    match (sum, count) {
        (Some(sum), Some(count)) if sum.times == count.times => {
            let samples = sum.times.iter().zip(sum.values.iter().zip(count.values));
            let samples = samples.filter(|(_, (s, c))| is_plausible(**s) && is_plausible(**c));
            let samples = samples.map(|(t, (s, c))| Sample { time: *t, sum: *s, count: *c });
            steps(samples, setting, &mut restarts, &mut add);
        }
        (sum, count) => {
            let views = [(sum, true), (count, false)];
            for (view, is_sum) in
                views.into_iter().filter_map(|(view, is_sum)| Some((view?, is_sum)))
            {
                let sample = |(time, value)| {
                    let (sum, count) = if is_sum { (value, 0.0) } else { (0.0, value) };
                    Sample { time, sum, count }
                };
                steps(view.iter().map(sample), setting, &mut restarts, &mut add);
            }
        }
    }
    restarts
}

#[derive(Clone, Copy)]
struct Sample {
    time: f64,
    sum: f64,
    count: f64,
}

fn steps(
    samples: impl Iterator<Item = Sample>,
    setting: &Setting<'_>,
    restarts: &mut Vec<f64>,
    add: &mut impl FnMut(Increment),
) {
    let mut last: Option<Sample> = None;
    // A restart of the process that this counter has not shown yet.
    let mut pending = false;
    for now in samples {
        let Some(before) = last.replace(now) else {
            let whole = setting.first == First::Increment || setting.growth == Growth::Increase;
            if whole {
                emit(add, setting.scrape_before(now.time), now.time, now.sum, now.count);
            }
            continue;
        };
        if setting.growth == Growth::Increase {
            emit(add, setting.scrape_before(now.time), now.time, now.sum, now.count);
            continue;
        }
        if now.sum == before.sum
            && now.count == before.count
            && !setting.skips(before.time, now.time)
        {
            // What is carried over a restart, as a history without staleness markers does, is not
            // a counter that began anew.
            pending |= setting.restarted(before.time, now.time);
            continue;
        }
        // A sum does not grow without its count, nor does a series leave a scrape and come back.
        let anew = now.sum < before.sum
            || now.count < before.count
            || (now.count == before.count && now.count > 0.0)
            || setting.skips(before.time, now.time);
        if anew {
            restarts.push(setting.scrape_after(before.time).min(now.time));
        }
        if anew || pending || setting.restarted(before.time, now.time) {
            emit(add, setting.scrape_before(now.time), now.time, now.sum, now.count);
        } else {
            emit(add, before.time, now.time, now.sum - before.sum, now.count - before.count);
        }
        pending = false;
    }
}

fn emit(add: &mut impl FnMut(Increment), from: f64, to: f64, sum: f64, count: f64) {
    if sum > 0.0 || count > 0.0 {
        add(Increment { from, to, sum, count });
    }
}

impl Setting<'_> {
    /// The process's scrape before one, or the scrape itself where there is none.
    fn scrape_before(&self, time: f64) -> f64 {
        let position = self.scrapes.partition_point(|scrape| *scrape < time);
        position.checked_sub(1).and_then(|before| self.scrapes.get(before)).copied().unwrap_or(time)
    }

    /// The process's scrape after one: by then it had restarted, if the next sample shows that it did.
    fn scrape_after(&self, time: f64) -> f64 {
        let position = self.scrapes.partition_point(|scrape| *scrape <= time);
        self.scrapes.get(position).copied().unwrap_or(f64::INFINITY)
    }

    /// Whether a restart came between two scrapes.
    fn restarted(&self, before: f64, now: f64) -> bool {
        let position = self.restarts.partition_point(|restart| *restart <= before);
        self.restarts.get(position).is_some_and(|restart| *restart <= now)
    }

    /// Whether the process was scraped between two samples of the series.
    fn skips(&self, before: f64, now: f64) -> bool {
        let position = self.scrapes.partition_point(|scrape| *scrape <= before);
        self.scrapes.get(position).is_some_and(|scrape| *scrape < now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: [f64; 6] = [0.0, 15.0, 30.0, 45.0, 60.0, 75.0];

    /// Increments as `sum/count@from..to`, and the restarts.
    fn walked(sum: &[f64], count: &[f64], setting: &Setting<'_>) -> (Vec<String>, Vec<f64>) {
        let kept: Vec<usize> = (0..sum.len()).filter(|i| !sum[*i].is_nan()).collect();
        let pick = |values: &[f64]| kept.iter().map(|i| values[*i]).collect::<Vec<_>>();
        let (times, sum, count) = (pick(&TIMES), pick(sum), pick(count));
        let mut told = Vec::new();
        let restarts = walk(
            Some(SampleView { times: &times, values: &sum }),
            Some(SampleView { times: &times, values: &count }),
            setting,
            |i| told.push(format!("{}/{}@{}..{}", i.sum, i.count, i.from, i.to)),
        );
        (told, restarts)
    }

    const NONE: f64 = f64::NAN;

    #[test]
    fn a_counter_grows_by_the_differences_of_its_samples() {
        let (told, restarts) =
            walked(&[5.0, 5.0, 9.0, 20.0], &[1.0, 1.0, 2.0, 4.0], &Setting::default());
        assert_eq!(told, ["4/1@15..30", "11/2@30..45"]);
        assert!(restarts.is_empty());
    }

    #[test]
    fn the_first_sample_of_a_series_that_appears_is_an_increment() {
        let setting = Setting { first: First::Increment, scrapes: &TIMES, ..Setting::default() };
        let (told, _) = walked(&[NONE, 5.0, 9.0], &[NONE, 1.0, 2.0], &setting);
        assert_eq!(told, ["5/1@0..15", "4/1@15..30"]);
    }

    #[test]
    fn a_restart_begins_a_new_counter() {
        let (told, restarts) = walked(
            &[50.0, 60.0, 7.0, 8.0],
            &[5.0, 6.0, 1.0, 2.0],
            &Setting { scrapes: &TIMES, ..Setting::default() },
        );
        assert_eq!(told, ["10/1@0..15", "7/1@15..30", "1/1@30..45"]);
        assert_eq!(restarts, [30.0]);
    }

    #[test]
    fn a_restart_that_only_the_count_shows_is_seen_for_the_sum_too() {
        let (told, restarts) = walked(
            &[50.0, 60.0, 900.0],
            &[5.0, 6.0, 1.0],
            &Setting { scrapes: &TIMES, ..Setting::default() },
        );
        assert_eq!(told, ["10/1@0..15", "900/1@15..30"]);
        assert_eq!(restarts, [30.0]);
    }

    #[test]
    fn a_sum_that_grows_without_its_count_began_anew() {
        let (told, restarts) =
            walked(&[50.0, 60.0], &[1.0, 1.0], &Setting { scrapes: &TIMES, ..Setting::default() });
        assert_eq!(told, ["60/1@0..15"]);
        assert_eq!(restarts, [15.0]);
    }

    #[test]
    fn a_series_that_leaves_a_scrape_and_comes_back_began_anew() {
        let setting = Setting { scrapes: &TIMES, ..Setting::default() };
        let (told, restarts) = walked(&[50.0, NONE, 80.0], &[1.0, NONE, 2.0], &setting);
        assert_eq!(told, ["80/2@15..30"]);
        assert_eq!(restarts, [15.0], "it was gone by the scrape that it is missing from");
        // Where the whole process missed the scrape, it is a difference like any other.
        let scrapes = [0.0, 30.0];
        let setting = Setting { scrapes: &scrapes, ..Setting::default() };
        assert_eq!(walked(&[50.0, NONE, 80.0], &[1.0, NONE, 2.0], &setting).0, ["30/1@0..30"]);
    }

    #[test]
    fn a_restart_that_another_counter_shows_begins_this_one_anew_when_it_moves() {
        let setting = Setting { scrapes: &TIMES, restarts: &[30.0], ..Setting::default() };
        let (told, restarts) = walked(&[50.0, 50.0, 80.0], &[1.0, 1.0, 2.0], &setting);
        assert_eq!(told, ["80/2@15..30"]);
        assert!(restarts.is_empty());
        // Carried over for a while, since a history may lack the marks that end a series.
        let (told, _) =
            walked(&[50.0, 50.0, 50.0, 50.0, 80.0], &[1.0, 1.0, 1.0, 1.0, 2.0], &setting);
        assert_eq!(told, ["80/2@45..60"]);
    }

    #[test]
    fn a_sample_without_a_value_is_no_sample() {
        let sum = SampleView { times: &TIMES[..3], values: &[5.0, NONE, 9.0] };
        let count = SampleView { times: &TIMES[..3], values: &[1.0, NONE, 3.0] };
        let mut told = Vec::new();
        walk(Some(sum), Some(count), &Setting::default(), |i| told.push((i.sum, i.count)));
        assert_eq!(told, [(4.0, 2.0)]);
    }

    #[test]
    fn a_sum_whose_count_was_scraped_at_other_times_is_read_alone() {
        let sum = SampleView { times: &TIMES[..3], values: &[1.0, 2.0, 5.0] };
        let count = SampleView { times: &TIMES[1..3], values: &[1.0, 2.0] };
        let mut total = (0.0, 0.0);
        walk(Some(sum), Some(count), &Setting::default(), |i| {
            total = (total.0 + i.sum, total.1 + i.count);
        });
        assert_eq!(total, (4.0, 1.0));
    }

    #[test]
    fn increases_are_taken_as_they_are() {
        let view = SampleView { times: &TIMES[..3], values: &[1.0, 0.0, 1.0] };
        let setting = Setting { growth: Growth::Increase, scrapes: &TIMES, ..Setting::default() };
        let mut told = Vec::new();
        walk(Some(view), None, &setting, |i| told.push((i.from, i.to, i.sum)));
        assert_eq!(told, [(0.0, 0.0, 1.0), (15.0, 30.0, 1.0)]);
    }
}

//! How a counter grew: increment by increment, over restarts and gaps.
//!
//! A summary's `_sum` and `_count` are two counters of one process: they are scraped together and
//! begin anew together. They are therefore read together where they have the same samples, so that
//! a restart which only one of them shows (a long duration right after it) is seen for both. A
//! restart that only another counter of the process shows is told from outside.

use crate::series::{Changes, Growth, SampleView, is_plausible};

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
    /// Whether the series is in every scrape of its process from its first to its last.
    pub gapless: bool,
}

impl Default for Setting<'_> {
    fn default() -> Self {
        Self {
            growth: Growth::Counter,
            first: First::Baseline,
            scrapes: &[],
            restarts: &[],
            gapless: false,
        }
    }
}

/// Walks over a `_sum` and its `_count`, either of which may be absent, and hands every increment
/// to `add`. Answers with the first scrapes after the restarts that these samples show by
/// themselves.
pub fn walk(
    sum: Option<SampleView<'_>>,
    count: Option<SampleView<'_>>,
    setting: &Setting<'_>,
    add: &mut dyn FnMut(Increment),
) -> Vec<f64> {
    let mut restarts = Vec::new();
    let mut walker = Walker { setting, last: None, pending: false, restarts: &mut restarts, add };
    match (sum, count) {
        (Some(sum), Some(count))
            if std::ptr::eq(sum.times, count.times) || sum.times == count.times =>
        {
            walker.walk(sum.times, Some(sum), Some(count));
        }
        (sum, count) => {
            walker.walk(sum.map_or(&[], |view| view.times), sum, None);
            walker.last = None;
            walker.pending = false;
            walker.walk(count.map_or(&[], |view| view.times), None, count);
        }
    }
    restarts
}

#[derive(Clone, Copy, Default)]
struct Sample {
    time: f64,
    sum: f64,
    count: f64,
}

/// What is not there never changes.
fn changes(view: Option<SampleView<'_>>) -> Option<Changes<'_>> {
    view.map_or(Some(Changes::default()), |view| view.changes)
}

struct Walker<'a> {
    setting: &'a Setting<'a>,
    last: Option<Sample>,
    /// A restart of the process that this counter has not shown yet.
    pending: bool,
    restarts: &'a mut Vec<f64>,
    add: &'a mut dyn FnMut(Increment),
}

impl Walker<'_> {
    /// Walks over samples of the same ascending times; of a view that is not there, all are zero.
    fn walk(&mut self, times: &[f64], sum: Option<SampleView<'_>>, count: Option<SampleView<'_>>) {
        if self.setting.gapless
            && self.setting.growth == Growth::Counter
            && let (Some(of_sum), Some(of_count)) = (changes(sum), changes(count))
        {
            let first = |view: Option<SampleView<'_>>| {
                view.and_then(|view| view.values.first().copied()).unwrap_or_default()
            };
            self.leap(times, (first(sum), of_sum), (first(count), of_count));
            return;
        }
        for (position, time) in times.iter().enumerate() {
            let value = |view: Option<SampleView<'_>>| {
                view.map_or(Some(0.0), |view| view.values.get(position).copied())
            };
            if let (Some(sum), Some(count)) = (value(sum), value(count))
                && is_plausible(sum)
                && is_plausible(count)
            {
                self.step(Sample { time: *time, sum, count });
            }
        }
    }

    /// Leaps from change to change. Where every value is a sample, and the process has no scrape that
    /// the series is missing from, what lies between tells nothing.
    fn leap(&mut self, times: &[f64], sum: (f64, Changes<'_>), count: (f64, Changes<'_>)) {
        let ((sum, mut of_sum), (count, mut of_count)) = (sum, count);
        let Some(time) = times.first() else { return };
        let mut now = Sample { time: *time, sum, count };
        self.step(now);
        let mut visited = 0;
        while let Some(change) =
            [of_sum.next_position(), of_count.next_position()].into_iter().flatten().min()
        {
            let position = change as usize;
            if position > visited + 1 {
                now.time = times.get(position - 1).copied().unwrap_or(now.time);
                self.step(now);
            }
            now.time = times.get(position).copied().unwrap_or(now.time);
            now.sum = of_sum.take(change).unwrap_or(now.sum);
            now.count = of_count.take(change).unwrap_or(now.count);
            self.step(now);
            visited = position;
        }
    }

    fn step(&mut self, now: Sample) {
        let setting = self.setting;
        let Some(before) = self.last.replace(now) else {
            let whole = setting.first == First::Increment || setting.growth == Growth::Increase;
            if whole {
                emit(self.add, setting.scrape_before(now.time), now.time, now.sum, now.count);
            }
            return;
        };
        if setting.growth == Growth::Increase {
            emit(self.add, setting.scrape_before(now.time), now.time, now.sum, now.count);
            return;
        }
        let skips = !setting.gapless && setting.skips(before.time, now.time);
        if now.sum == before.sum && now.count == before.count && !skips {
            // What is carried over a restart, as a history without staleness markers does, is not
            // a counter that began anew.
            self.pending |= setting.restarted(before.time, now.time);
            return;
        }
        // A sum does not grow without its count, nor does a series leave a scrape and come back.
        let anew = now.sum < before.sum
            || now.count < before.count
            || (now.count == before.count && now.count > 0.0)
            || skips;
        if anew {
            self.restarts.push(setting.scrape_after(before.time).min(now.time));
        }
        if anew || self.pending || setting.restarted(before.time, now.time) {
            emit(self.add, setting.scrape_before(now.time), now.time, now.sum, now.count);
        } else {
            let (sum, count) = (now.sum - before.sum, now.count - before.count);
            emit(self.add, before.time, now.time, sum, count);
        }
        self.pending = false;
    }
}

fn emit(add: &mut dyn FnMut(Increment), from: f64, to: f64, sum: f64, count: f64) {
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
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    use super::*;

    const TIMES: [f64; 6] = [0.0, 15.0, 30.0, 45.0, 60.0, 75.0];

    /// Increments as `sum/count@from..to`, and the restarts.
    fn walked(sum: &[f64], count: &[f64], setting: &Setting<'_>) -> (Vec<String>, Vec<f64>) {
        let kept: Vec<usize> = (0..sum.len()).filter(|i| !sum[*i].is_nan()).collect();
        let pick = |values: &[f64]| kept.iter().map(|i| values[*i]).collect::<Vec<_>>();
        let (times, sum, count) = (pick(&TIMES), pick(sum), pick(count));
        let mut told = Vec::new();
        let restarts = walk(
            Some(SampleView { times: &times, values: &sum, ..SampleView::default() }),
            Some(SampleView { times: &times, values: &count, ..SampleView::default() }),
            setting,
            &mut |i| told.push(format!("{}/{}@{}..{}", i.sum, i.count, i.from, i.to)),
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
        let sum =
            SampleView { times: &TIMES[..3], values: &[5.0, NONE, 9.0], ..SampleView::default() };
        let count =
            SampleView { times: &TIMES[..3], values: &[1.0, NONE, 3.0], ..SampleView::default() };
        let mut told = Vec::new();
        walk(Some(sum), Some(count), &Setting::default(), &mut |i| told.push((i.sum, i.count)));
        assert_eq!(told, [(4.0, 2.0)]);
    }

    #[test]
    fn a_sum_whose_count_was_scraped_at_other_times_is_read_alone() {
        let sum =
            SampleView { times: &TIMES[..3], values: &[1.0, 2.0, 5.0], ..SampleView::default() };
        let count =
            SampleView { times: &TIMES[1..3], values: &[1.0, 2.0], ..SampleView::default() };
        let mut total = (0.0, 0.0);
        walk(Some(sum), Some(count), &Setting::default(), &mut |i| {
            total = (total.0 + i.sum, total.1 + i.count);
        });
        assert_eq!(total, (4.0, 1.0));
    }

    /// Where values change, and to what.
    fn changes(values: &[f64]) -> (Vec<u32>, Vec<f64>) {
        let changed = values.windows(2).zip(1..).filter(|(pair, _)| pair[0] != pair[1]);
        changed.map(|(pair, position)| (position, pair[1])).unzip()
    }

    fn known<'a>(values: &'a [f64], (positions, to): &'a (Vec<u32>, Vec<f64>)) -> SampleView<'a> {
        let changes = Some(Changes { positions, values: to });
        SampleView { times: &TIMES[..values.len()], values, changes }
    }

    proptest! {
        #[test]
        fn leaping_from_change_to_change_tells_what_walking_from_sample_to_sample_does(
            samples in vec((select(vec![0.0, 1.0, 5.0, 9.0]), select(vec![0.0, 1.0, 2.0])), 0..=6),
            restarts in subsequence(TIMES.to_vec(), 0..=3),
            first in select(vec![First::Baseline, First::Increment]),
        ) {
            let (sum, count): (Vec<f64>, Vec<f64>) = samples.into_iter().unzip();
            let (of_sum, of_count) = (changes(&sum), changes(&count));
            let told = |gapless, count: Option<SampleView<'_>>| {
                let (restarts, scrapes) = (restarts.as_slice(), &TIMES[..]);
                let setting = Setting { first, scrapes, restarts, gapless, ..Setting::default() };
                let mut told = Vec::new();
                let shown = walk(Some(known(&sum, &of_sum)), count, &setting, &mut |i| told.push(i));
                (told, shown)
            };
            for count in [Some(known(&count, &of_count)), None] {
                prop_assert_eq!(told(true, count), told(false, count));
            }
        }
    }

    #[test]
    fn increases_are_taken_as_they_are() {
        let view =
            SampleView { times: &TIMES[..3], values: &[1.0, 0.0, 1.0], ..SampleView::default() };
        let setting = Setting { growth: Growth::Increase, scrapes: &TIMES, ..Setting::default() };
        let mut told = Vec::new();
        walk(Some(view), None, &setting, &mut |i| told.push((i.from, i.to, i.sum)));
        assert_eq!(told, [(0.0, 0.0, 1.0), (15.0, 30.0, 1.0)]);
    }
}

//! Finds out what a series is called, and remembers it: the same names come thousands of times.

use super::MetricNames;
use super::census::Census;
use super::name::{self, Name};
use super::pods::PodMetric;
use crate::known::{self, Known};
use crate::profile::Profile;
use crate::text::{Text, Texts};

/// What Grafana adds to the refId of the instant half of a query that is asked both ways.
pub(super) const INSTANT_SUFFIX: &str = "-Instant";

/// What a series is.
pub(super) enum Named {
    /// A metric, and whether the series still carries its name.
    Known(Name, bool),
    /// A metric of a pod.
    Pod(PodMetric),
    /// A name that the profile does not have.
    Unknown(Text),
    /// No name at all.
    Nameless,
}

/// What a name means.
#[derive(Clone, Copy)]
enum Meaning {
    Known(Name),
    Pod(PodMetric),
}

impl Meaning {
    fn named(self, carried: bool) -> Named {
        match self {
            Self::Known(name) => Named::Known(name, carried),
            Self::Pod(metric) => Named::Pod(metric),
        }
    }
}

/// What a series is known by.
pub(super) struct Clues {
    /// `__name__`.
    pub name: Text,
    /// Name of the field, then of the frame.
    pub names: [Text; 2],
    /// The query's refId.
    pub query: Text,
    /// Its legend.
    pub display: Text,
}

/// What was asked before, and what it turned out to mean.
#[derive(Default)]
struct Answers {
    known: Known,
    all: Vec<([Text; 2], Option<Meaning>)>,
}

impl Answers {
    fn of(&mut self, key: [Text; 2], find: &dyn Fn() -> Option<Meaning>) -> Option<Meaning> {
        let Self { known, all } = self;
        let hash = known::hash(&key.map(|text| u64::from(text.0)));
        let number = known.number(hash, &mut |n| all.get(n).is_some_and(|(own, _)| *own == key));
        if number == all.len() {
            all.push((key, find()));
        }
        all.get(number).and_then(|(_, meaning)| *meaning)
    }
}

pub(super) struct Naming<'a> {
    profile: &'a Profile,
    metrics: &'a MetricNames,
    /// What each text means as a metric's name, once it was asked.
    meanings: Answers,
    /// What each query is called, once it was asked.
    aliases: Answers,
}

impl<'a> Naming<'a> {
    /// Every metric that the user names must be one.
    pub fn new(profile: &'a Profile, metrics: &'a MetricNames, census: &mut Census) -> Self {
        for (query, metric) in metrics {
            if by_alias(profile, metric).is_none() {
                census.wrong_mappings.push((query.clone(), metric.clone()));
            }
        }
        Self { profile, metrics, meanings: Answers::default(), aliases: Answers::default() }
    }

    /// What stands before the known names.
    pub fn prefixes(&self, texts: &Texts) -> Vec<String> {
        let names = self.meanings.all.iter().filter_map(|([text, _], meaning)| match meaning {
            Some(Meaning::Known(name)) => Some((*text, name)),
            _ => None,
        });
        let prefix =
            |(text, name): (Text, &Name)| texts.get(text).get(..name.prefix).map(str::to_owned);
        names
            .filter(|(_, name)| !name.unlabelled)
            .filter_map(prefix)
            .filter(|prefix| !prefix.is_empty())
            .collect()
    }

    pub fn name_of(&mut self, texts: &Texts, clues: &Clues) -> Named {
        if !clues.name.is_empty() {
            return match self.meaning(texts, clues.name) {
                Some(meaning) => meaning.named(true),
                None => Named::Unknown(clues.name),
            };
        }
        if let Some(meaning) = clues.names.into_iter().find_map(|text| self.meaning(texts, text)) {
            return meaning.named(true);
        }
        let alias = self.alias(texts, clues.query, clues.display);
        alias.map_or(Named::Nameless, |meaning| meaning.named(false))
    }

    fn meaning(&mut self, texts: &Texts, text: Text) -> Option<Meaning> {
        if text.is_empty() {
            return None;
        }
        let profile = self.profile;
        self.meanings.of([text, Text::EMPTY], &|| {
            let name = texts.get(text);
            let pod = || PodMetric::by_name(name).map(Meaning::Pod);
            name::by_name(profile, name).map(Meaning::Known).or_else(pod)
        })
    }

    /// What the user calls the query: in the options first, then by its refId, then by its legend.
    fn alias(&mut self, texts: &Texts, query: Text, display: Text) -> Option<Meaning> {
        let (profile, metrics) = (self.profile, self.metrics);
        self.aliases.of([query, display], &|| {
            let ref_id = texts.get(query);
            let ref_id = ref_id.strip_suffix(INSTANT_SUFFIX).unwrap_or(ref_id);
            metrics
                .get(ref_id)
                .and_then(|metric| by_alias(profile, metric))
                .or_else(|| by_alias(profile, ref_id))
                .or_else(|| by_alias(profile, texts.get(display)))
        })
    }
}

fn by_alias(profile: &Profile, text: &str) -> Option<Meaning> {
    let pod = || PodMetric::by_alias(text).map(Meaning::Pod);
    name::by_alias(profile, text).map(Meaning::Known).or_else(pod)
}

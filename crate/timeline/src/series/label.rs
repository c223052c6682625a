//! Label sets, and the strings of the frames that they are made of.

use super::Labels;
use super::frame::Field;
use super::pods::{self, PodLabels};
use crate::known::mix;
use crate::text::{Text, Texts};

/// What a label's key means to the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Name,
    Quantile,
    Project,
    Domain,
    Workflow,
    Execution,
    Node,
    /// Another of Flyte's own keys, whose value differs within one process.
    Flyte,
    /// Of a pod, at this position.
    Pod(u8),
    Other,
}

impl Key {
    fn of(text: &str) -> Self {
        match text {
            "__name__" => Self::Name,
            "quantile" => Self::Quantile,
            "project" => Self::Project,
            "domain" => Self::Domain,
            "wf" => Self::Workflow,
            "exec_id" => Self::Execution,
            "node" => Self::Node,
            _ => match pods::key(text) {
                Some(position) => Self::Pod(position),
                None if FLYTE_KEYS.contains(&text) => Self::Flyte,
                None => Self::Other,
            },
        }
    }
}

/// The rest of the keys that Flyte can be told to give its metrics
/// (`flytestdlib/contextutils/context.go:13-32`, `cmd/single/start.go:250-256`).
const FLYTE_KEYS: [&str; 14] = [
    "app_name",
    "failure_type",
    "job_id",
    "lp",
    "ns",
    "res_ver",
    "routine",
    "runtime_type",
    "runtime_version",
    "signal",
    "task",
    "tasktype",
    "type",
    "x-request-id",
];

/// A label set while it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LabelSet {
    pub labels: Labels,
    pub pod: PodLabels,
    pub identity: u64,
    /// `__name__`.
    pub name: Text,
    pub is_quantile: bool,
    /// Same for all series of one process: what the scrape added to Flyte's own labels.
    pub process: u64,
}

impl LabelSet {
    /// Adds a label. An empty value is no label.
    fn add(&mut self, key: Key, key_text: Text, value: Text) {
        if value.is_empty() {
            return;
        }
        match key {
            Key::Name => self.name = value,
            Key::Quantile => self.is_quantile = true,
            Key::Project => self.labels.project = value,
            Key::Domain => self.labels.domain = value,
            Key::Workflow => self.labels.workflow = value,
            Key::Execution => self.labels.execution = value,
            Key::Node => self.labels.node = value,
            Key::Pod(position) => self.pod.set(position, value),
            Key::Flyte | Key::Other => {}
        }
        // Sums, so that the order of the labels does not matter.
        let label = mix(u64::from(key_text.0) << 32 | u64::from(value.0));
        if !matches!(key, Key::Name) {
            self.identity = self.identity.wrapping_add(label);
        }
        if matches!(key, Key::Other | Key::Pod(_)) {
            self.process = self.process.wrapping_add(label);
        }
    }
}

/// The strings of the frames: which text each is, and what it means as a label's key.
pub(super) struct Strings {
    /// By position.
    ids: Vec<Text>,
    /// By text.
    keys: Vec<Key>,
}

impl Strings {
    pub fn new(strings: &[String], texts: &mut Texts) -> Self {
        let ids: Vec<Text> = strings.iter().map(|text| texts.intern(text)).collect();
        let mut keys = vec![Key::Other; texts.len()];
        for id in &ids {
            if let Some(key) = keys.get_mut(id.0 as usize) {
                *key = Key::of(texts.get(*id));
            }
        }
        Self { ids, keys }
    }

    /// The text of a string; empty for a position that there is not.
    pub fn text(&self, string: u32) -> Text {
        self.ids.get(string as usize).copied().unwrap_or_default()
    }

    /// Adds a label to a set. Key and value are positions.
    pub fn add(&self, set: &mut LabelSet, key: u32, value: u32) {
        let key = self.text(key);
        let meaning = self.keys.get(key.0 as usize).copied().unwrap_or(Key::Other);
        set.add(meaning, key, self.text(value));
    }

    /// The labels that a field carries.
    pub fn label_set(&self, field: &Field<'_>) -> LabelSet {
        let mut set = LabelSet::default();
        for pair in field.labels.chunks_exact(2) {
            if let [key, value] = pair {
                self.add(&mut set, *key, *value);
            }
        }
        set
    }
}

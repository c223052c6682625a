//! A user's own stages and names, added to a profile.
//!
//! ```json
//! {
//!   "stages": [
//!     {
//!       "name": "Result upload", "metric": "user:upload_seconds", "owner": "user",
//!       "partOf": "task", "colour": "#d98cb3", "help": "Time in which the task wrote its results."
//!     },
//!     { "id": "queueing", "name": "Propeller's queue" }
//!   ],
//!   "metrics": { "node:success_duration_ms": "job:node_success_ms" }
//! }
//! ```
//!
//! Everything that is wrong is told by its path, and then nothing of it is taken.

use super::value::{Errors, Object, Value, text};
use super::{Measure, Metric, Metrics, Owner, Profile, Role, Scope, Stage, StageId, Unit};
use crate::colour::{self, Rgb, Token};
use crate::notice;
use crate::unit::Millis;

/// Most stages that a user can add: more than that nobody tells apart, and all positions fit a byte.
const MOST_STAGES: usize = 24;
/// Most metrics of one of them.
const MOST_METRICS: usize = 8;
/// Most that is told of what is wrong.
const MOST_ERRORS: usize = 10;
/// Longest name, in characters.
const LONGEST_NAME: usize = 60;
/// Longest name of a metric, in characters.
const LONGEST_METRIC: usize = 200;
/// Longest help, in characters: it is a sentence, or two.
const LONGEST_HELP: usize = 500;

/// Colours by the meaning that they have in the built-in table.
const TOKENS: [(&str, Token); 7] = [
    ("acceptance", colour::ACCEPTANCE),
    ("transition", colour::TRANSITION),
    ("queueing", colour::QUEUEING),
    ("pod-start", colour::POD_START),
    ("task", colour::TASK),
    ("failure", colour::FAILURE),
    ("neutral", colour::NEUTRAL),
];

impl Profile {
    /// This profile with what the user adds and changes.
    ///
    /// # Errors
    /// A sentence for everything that is wrong, the path of the field first.
    pub fn with(self, user: &Value) -> Result<Self, Vec<String>> {
        if matches!(user, Value::Null) {
            return Ok(self);
        }
        let mut errors = Errors::default();
        let order = (0..self.stages.len()).collect();
        let mut draft = Draft { built_in: self.stages.len(), profile: self, order };
        if let Some(top) = Object::of(user, String::new(), &mut errors) {
            top.allow(&["stages", "metrics"], &mut errors);
            draft.rename(&top, &mut errors);
            let stages = top.list("stages", &mut errors);
            for (position, value) in stages.iter().enumerate().take(MOST_STAGES) {
                let path = ["stages[", &position.to_string(), "]"].concat();
                if let Some(stage) = Object::of(value, path, &mut errors) {
                    draft.stage(&stage, &mut errors);
                }
            }
            if stages.len() > MOST_STAGES {
                errors.add("stages", &["more than 24 stages"]);
            }
        }
        errors.0.truncate(MOST_ERRORS);
        if errors.0.is_empty() { Ok(draft.finish()) } else { Err(errors.0) }
    }
}

/// A profile while it is changed. Its stages stay where they are, the new ones behind them, and
/// `order` says how they follow each other.
struct Draft {
    profile: Profile,
    built_in: usize,
    order: Vec<usize>,
}

impl Draft {
    /// Gives built-in metrics the names that they have in the user's Prometheus.
    fn rename(&mut self, top: &Object<'_>, errors: &mut Errors) {
        let Some(metrics) = top.get("metrics") else { return };
        let Some(names) = Object::of(metrics, top.path("metrics"), errors) else { return };
        for (old, value) in names.fields() {
            let path = ["metrics[\"", old, "\"]"].concat();
            let Some(position) = self.profile.metrics.iter().position(|m| m.key == old) else {
                let known = notice::joined(&mut self.profile.metrics.iter().map(|m| m.key));
                errors.add(&path, &["no built-in metric; they are ", &known]);
                continue;
            };
            let object = match value {
                Value::Object(_) => Object::of(value, path.clone(), errors),
                _ => None,
            };
            let name = match &object {
                Some(object) => {
                    object.allow(&["name", "unit"], errors);
                    object.text("name", LONGEST_METRIC, errors)
                }
                None => text(value, &path, LONGEST_METRIC, errors),
            };
            let Some(name) =
                name.and_then(|name| self.metric_name(name, &path, Some(position), errors))
            else {
                continue;
            };
            let unit = object.and_then(|object| unit(&object, errors));
            if let Some(metric) = self.profile.metrics.get_mut(position) {
                metric.unit = unit.unwrap_or(metric.unit);
                metric.suffix = name.into();
            }
        }
    }

    /// A metric's name without its part, unless it cannot be one or is another's.
    fn metric_name(
        &self,
        name: &str,
        path: &str,
        except: Option<usize>,
        errors: &mut Errors,
    ) -> Option<String> {
        let base = name.strip_suffix("_sum").or(name.strip_suffix("_count")).unwrap_or(name);
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '.');
        if base.is_empty() || !base.chars().all(fits) {
            errors
                .add(path, &["\"", name, "\" is no metric's name: letters, digits, _ and : only"]);
            return None;
        }
        // As names are compared elsewhere: exporters rewrite what stands between the words.
        let (others, own) = (self.profile.metrics.iter().enumerate(), folded(base, '_'));
        let others = others.filter(|(position, _)| Some(*position) != except);
        let mut others = others.map(|(_, metric)| metric.suffix.as_ref());
        let ends_with = |long: &str, short: &str| {
            long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
        };
        let other = others.find(|other| {
            let other = folded(other, '_');
            ends_with(&other, &own) || ends_with(&own, &other)
        });
        if let Some(other) = other {
            let why = if other == base { " is read already" } else { " cannot be told from it" };
            errors.add(path, &["\"", name, "\": ", other, why]);
            return None;
        }
        Some(base.to_owned())
    }

    /// Adds a stage, or changes the built-in one of that id.
    fn stage(&mut self, object: &Object<'_>, errors: &mut Errors) {
        let before = errors.0.len();
        let id = object.text("id", LONGEST_NAME, errors).map(str::to_owned);
        let known = id.as_deref().and_then(|id| self.profile.position(id));
        match known {
            Some(StageId(position)) if usize::from(position) < self.built_in => {
                self.change(usize::from(position), object, errors);
            }
            _ => self.add(id, object, before, errors),
        }
    }

    fn change(&mut self, position: usize, object: &Object<'_>, errors: &mut Errors) {
        let known = ["id", "name", "colour", "color", "help", "hidden"];
        for (field, _) in object.fields().filter(|(field, _)| !known.contains(field)) {
            let what = "is fixed for a built-in stage, which can change its name, colour and help and be \
                        hidden; its metrics are renamed under metrics";
            object.refuse(field, &[what], errors);
        }
        let name = object.text("name", LONGEST_NAME, errors);
        let colour = colour(object, errors);
        let help = object.text("help", LONGEST_HELP, errors);
        let hidden = object.flag("hidden", errors);
        let Some(stage) = self.profile.stages.get_mut(position) else { return };
        if let Some(name) = name {
            let parts = stage.undivided.strip_prefix(stage.name.as_ref()).unwrap_or_default();
            stage.undivided = [name, parts].concat().into();
            stage.name = name.to_owned().into();
        }
        if let Some(help) = help {
            stage.help = help.to_owned().into();
        }
        stage.colour = colour.unwrap_or(stage.colour);
        stage.is_hidden = hidden;
    }

    fn add(&mut self, id: Option<String>, object: &Object<'_>, before: usize, errors: &mut Errors) {
        let known = [
            "id", "name", "metric", "unit", "owner", "colour", "color", "after", "before", "scope",
            "partOf", "help", "hidden",
        ];
        object.allow(&known, errors);
        let name = object.text("name", LONGEST_NAME, errors);
        if object.get("name").is_none() {
            object.refuse("name", &["is missing"], errors);
        }
        let id = id.unwrap_or_else(|| folded(name.unwrap_or_default(), '-'));
        if self.profile.position(&id).is_some() {
            object.refuse("id", &["there is a stage \"", &id, "\" already"], errors);
        }
        let whole = self.whole(object, errors);
        let scope = self.scope(object, whole, errors);
        let metrics = self.metrics(object, errors);
        let owner = owner(object, errors);
        let colour = colour(object, errors).unwrap_or(match owner {
            Owner::Kubernetes => colour::POD_START,
            Owner::User => colour::TASK,
            Owner::Flyte | Owner::Derived => colour::QUEUEING,
        });
        let help = object.text("help", LONGEST_HELP, errors).map(str::to_owned);
        let is_hidden = object.flag("hidden", errors);
        let place = self.place(object, scope, whole, errors);
        if errors.0.len() > before {
            return;
        }
        let name = name.unwrap_or_default().to_owned();
        let stage = StageId(u8::try_from(self.profile.stages.len()).unwrap_or(u8::MAX));
        let names = notice::joined(&mut metrics.iter().map(|(name, _)| name.as_str()));
        let help = help
            .unwrap_or_else(|| ["A stage of this panel's own, measured by ", &names, "."].concat());
        self.order.insert(place, usize::from(stage.0));
        self.profile.stages.push(Stage {
            id: id.into(),
            undivided: name.clone().into(),
            name: name.into(),
            owner,
            colour,
            scope,
            measure: whole.map_or(Measure::Whole, Measure::PartOf),
            metrics: Metrics::Outcomes,
            reads_high: Millis::ZERO,
            help: help.into(),
            contains_nodes: false,
            is_added: true,
            is_hidden,
        });
        let role = Role::Stage(stage);
        for (name, unit) in metrics {
            self.profile.metrics.push(Metric {
                key: "",
                suffix: name.into(),
                aliases: &[],
                unit,
                role,
            });
        }
    }

    /// The stage of which it is a part.
    fn whole(&self, object: &Object<'_>, errors: &mut Errors) -> Option<StageId> {
        let id = object.text("partOf", LONGEST_NAME, errors)?;
        let found = self.profile.position(id).and_then(|at| Some((at, self.profile.stage(at)?)));
        let Some((position, stage)) = found else {
            object.refuse("partOf", &[&self.no_stage(id)], errors);
            return None;
        };
        let why = match stage.measure {
            Measure::Remainder => {
                "\" is what is left when all other stages are taken off; leave partOf out"
            }
            Measure::PartOf(_) => "\" is itself a part; name the stage of which that is a part",
            Measure::Whole if self.completion() == Some(position) => "\" can have no parts",
            Measure::Whole => return Some(position),
        };
        object.refuse("partOf", &["\"", id, why], errors);
        None
    }

    fn scope(&self, object: &Object<'_>, whole: Option<StageId>, errors: &mut Errors) -> Scope {
        let of_whole = whole.and_then(|whole| self.profile.stage(whole)).map(|stage| stage.scope);
        let scope = match object.text("scope", LONGEST_NAME, errors) {
            None => return of_whole.unwrap_or(Scope::Node),
            Some("node") => Scope::Node,
            Some("run") => Scope::Run,
            Some(other) => {
                object.refuse("scope", &["\"", other, "\" is no scope; use node or run"], errors);
                return Scope::Node;
            }
        };
        if of_whole.is_some_and(|whole| whole != scope) {
            object.refuse(
                "scope",
                &["a part has the scope of the stage that it is a part of"],
                errors,
            );
        }
        scope
    }

    /// Names and units of its metrics.
    fn metrics(&self, object: &Object<'_>, errors: &mut Errors) -> Vec<(String, Unit)> {
        let values = match object.get("metric") {
            Some(Value::List(values)) if (1..=MOST_METRICS).contains(&values.len()) => values,
            Some(Value::List(_)) => {
                object.refuse("metric", &["one to 8 names are expected"], errors);
                return Vec::new();
            }
            Some(value) => std::slice::from_ref(value),
            None => {
                let what = "is missing: the name of a metric, or a list of names";
                object.refuse("metric", &[what], errors);
                return Vec::new();
            }
        };
        let said = unit(object, errors);
        let mut metrics: Vec<(String, Unit)> = Vec::new();
        for value in values {
            let path = object.path("metric");
            let Some(name) = text(value, &path, LONGEST_METRIC, errors) else { continue };
            let Some(name) = self.metric_name(name, &path, None, errors) else { continue };
            let Some(unit) = said.or_else(|| unit_in(&name)) else {
                if object.get("unit").is_none() {
                    let what = ["is missing, and ", &name, " does not end in one; use ", UNITS];
                    object.refuse("unit", &what, errors);
                }
                continue;
            };
            if metrics.iter().any(|(other, _)| *other == name) {
                errors.add(&path, &["\"", &name, "\" is there twice"]);
            }
            metrics.push((name, unit));
        }
        metrics
    }

    /// Where in the order it stands.
    fn place(
        &self,
        object: &Object<'_>,
        scope: Scope,
        whole: Option<StageId>,
        errors: &mut Errors,
    ) -> usize {
        let at = |id: StageId| {
            self.order.iter().position(|stage| *stage == usize::from(id.0)).unwrap_or_default()
        };
        let is_node = |stage: &usize| {
            self.profile.stages.get(*stage).is_some_and(|stage| stage.scope == Scope::Node)
        };
        let last =
            [self.completion(), self.profile.remainder()].into_iter().flatten().map(at).min();
        let last = last.unwrap_or(self.order.len());
        let mut place = match (whole, scope) {
            (Some(whole), _) => at(whole),
            (None, Scope::Node) => {
                self.order.iter().rposition(is_node).map_or(last, |node| node + 1)
            }
            (None, Scope::Run) => last,
        };
        let mut field = "after";
        for (side, behind) in [("after", 1), ("before", 0)] {
            let Some(id) = object.text(side, LONGEST_NAME, errors) else { continue };
            match self.profile.position(id) {
                Some(stage) => place = at(stage) + behind,
                None => object.refuse(side, &[&self.no_stage(id)], errors),
            }
            field = side;
        }
        if object.get("after").is_some() && object.get("before").is_some() {
            object.refuse("before", &["say either after or before"], errors);
        }
        let first = self.profile.acceptance().map_or(0, |acceptance| at(acceptance) + 1);
        if scope == Scope::Node && !(first..=last).contains(&place) {
            let what =
                "a stage of nodes comes after acceptance and before completion; use the scope run";
            object.refuse(field, &[what], errors);
        }
        place
    }

    fn completion(&self) -> Option<StageId> {
        self.profile.metrics.iter().find_map(|metric| match metric.role {
            Role::Completion(stage) => Some(stage),
            _ => None,
        })
    }

    fn no_stage(&self, id: &str) -> String {
        let known = notice::joined(&mut self.profile.stages.iter().map(|stage| stage.id.as_ref()));
        ["\"", id, "\" is no stage; those before it are ", &known].concat()
    }

    /// The profile with its stages in order.
    fn finish(self) -> Profile {
        let Self { mut profile, order, .. } = self;
        let moved = |id: StageId| {
            let position = order.iter().position(|stage| *stage == usize::from(id.0));
            StageId(position.and_then(|position| u8::try_from(position).ok()).unwrap_or(u8::MAX))
        };
        for metric in &mut profile.metrics {
            metric.role = match metric.role {
                Role::Stage(stage) => Role::Stage(moved(stage)),
                Role::Acceptance(stage) => Role::Acceptance(moved(stage)),
                Role::Completion(stage) => Role::Completion(moved(stage)),
                other @ (Role::Succeeded | Role::Failed | Role::Ended) => other,
            };
        }
        for stage in &mut profile.stages {
            if let Measure::PartOf(whole) = stage.measure {
                stage.measure = Measure::PartOf(moved(whole));
            }
        }
        let ordered = order.iter().filter_map(|stage| profile.stages.get(*stage)).cloned();
        profile.stages = ordered.collect();
        profile
    }
}

const UNITS: &str = "s, ms, us or ns";

fn unit(object: &Object<'_>, errors: &mut Errors) -> Option<Unit> {
    let text = object.text("unit", LONGEST_NAME, errors)?;
    let unit = match text {
        "s" => Unit::Seconds,
        "ms" => Unit::Millis,
        // Both of Unicode's: micro sign and Greek mu.
        "us" | "\u{b5}s" | "\u{3bc}s" => Unit::Micros,
        "ns" => Unit::Nanos,
        _ => {
            object.refuse("unit", &["\"", text, "\" is no unit; use ", UNITS], errors);
            return None;
        }
    };
    Some(unit)
}

/// The unit in which a metric's name ends, as is the custom.
fn unit_in(name: &str) -> Option<Unit> {
    let name = name.strip_suffix("_total").unwrap_or(name);
    match name.rsplit(['_', ':', '.']).next()? {
        "s" | "seconds" => Some(Unit::Seconds),
        "ms" | "milliseconds" => Some(Unit::Millis),
        "us" | "microseconds" => Some(Unit::Micros),
        "ns" | "nanoseconds" => Some(Unit::Nanos),
        _ => None,
    }
}

fn owner(object: &Object<'_>, errors: &mut Errors) -> Owner {
    match object.text("owner", LONGEST_NAME, errors) {
        None | Some("user") => Owner::User,
        Some("flyte") => Owner::Flyte,
        Some("kubernetes") => Owner::Kubernetes,
        Some(other) => {
            object.refuse(
                "owner",
                &["\"", other, "\" owns no time; use flyte, kubernetes or user"],
                errors,
            );
            Owner::User
        }
    }
}

fn colour(object: &Object<'_>, errors: &mut Errors) -> Option<Token> {
    let field = if object.get("color").is_some() { "color" } else { "colour" };
    let value = object.get(field)?;
    if let Value::Object(_) = value {
        let themes = Object::of(value, object.path(field), errors)?;
        themes.allow(&["dark", "light"], errors);
        let [dark, light] = ["dark", "light"].map(|theme| {
            if themes.get(theme).is_none() {
                themes.refuse(theme, &["is missing"], errors);
            }
            let text = themes.text(theme, LONGEST_NAME, errors)?;
            let rgb = hex(text);
            if rgb.is_none() {
                themes.refuse(theme, &["\"", text, "\" is no colour; use \"#rrggbb\""], errors);
            }
            rgb
        });
        return Some(Token { dark: dark?, light: light? });
    }
    let text = text(value, &object.path(field), LONGEST_NAME, errors)?;
    let token = TOKENS.iter().find(|(name, _)| *name == text).map(|(_, token)| *token);
    let token = token.or_else(|| hex(text).map(|rgb| Token { dark: rgb, light: rgb }));
    if token.is_none() && !text.is_empty() {
        let names = notice::joined(&mut TOKENS.iter().map(|(name, _)| *name));
        let known = "\" is no colour; use \"#rrggbb\", one for each theme as dark and light, or ";
        object.refuse(field, &["\"", text, known, &names], errors);
    }
    token
}

/// `#rrggbb`, or `#rgb`.
fn hex(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#')?;
    let mut value = 0_u32;
    for digit in digits.chars() {
        value = value.checked_mul(16)? + digit.to_digit(16)?;
    }
    let part = |shift: u32, mask: u32| u8::try_from(value >> shift & mask).ok();
    match digits.len() {
        3 => Some(Rgb(part(8, 15)? * 17, part(4, 15)? * 17, part(0, 15)? * 17)),
        6 => Some(Rgb(part(16, 255)?, part(8, 255)?, part(0, 255)?)),
        _ => None,
    }
}

/// `Result upload` as `result-upload`, `node:time` as `node_time`. ASCII alone is folded: tables of all
/// letters would be a tenth of the module.
fn folded(name: &str, separator: char) -> String {
    let fold = |c: char| match c {
        _ if !c.is_ascii() || c.is_ascii_alphanumeric() => c.to_ascii_lowercase(),
        _ => separator,
    };
    name.chars().map(fold).collect()
}

#[cfg(test)]
mod tests;

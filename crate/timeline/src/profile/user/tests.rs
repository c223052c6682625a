use super::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn object(fields: &[(&str, Value)]) -> Value {
    Value::Object(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn stages(stages: &[Value]) -> Value {
    object(&[("stages", Value::List(stages.to_vec()))])
}

/// A stage with a name and a metric, and what else is said.
fn stage(name: &str, more: &[(&str, Value)]) -> Value {
    let metric = format!("user:{}_ms", folded(name, '_'));
    let mut fields = vec![("name", text(name)), ("metric", text(&metric))];
    fields.extend(more.iter().cloned());
    object(&fields)
}

fn with(user: &Value) -> Profile {
    Profile::flyte1().with(user).expect("nothing wrong")
}

fn wrong(user: &Value) -> Vec<String> {
    Profile::flyte1().with(user).expect_err("something wrong")
}

/// What is wrong with a stage that says this beside its name and metric.
fn wrong_stage(more: &[(&str, Value)]) -> String {
    wrong(&stages(&[stage("Fine", &[]), stage("Upload", more)])).remove(0)
}

fn order(profile: &Profile) -> Vec<&str> {
    profile.stages.iter().map(|stage| stage.id.as_ref()).collect()
}

#[test]
fn a_stage_needs_a_name_and_a_metric_and_comes_after_the_other_stages_of_a_node() {
    let profile = with(&stages(&[stage("Result upload", &[])]));
    let position = profile.position("result-upload").unwrap();
    assert_eq!(order(&profile)[4..7], ["task", "result-upload", "completion"]);
    let stage = profile.stage(position).unwrap();
    assert_eq!(
        (stage.owner, stage.scope, stage.measure),
        (Owner::User, Scope::Node, Measure::Whole)
    );
    let metric = profile.metrics.last().unwrap();
    assert_eq!((metric.suffix.as_ref(), metric.unit), ("user:result_upload_ms", Unit::Millis));
    assert_eq!(metric.role, Role::Stage(position));
}

#[test]
fn a_part_stands_before_its_whole_and_the_others_still_point_where_they_did() {
    let profile = with(&stages(&[
        stage("Pull", &[("partOf", text("task"))]),
        stage("Submit", &[("before", text("acceptance")), ("scope", text("run"))]),
        stage("Event", &[("after", text("queueing"))]),
    ]));
    assert_eq!(
        order(&profile),
        [
            "submit",
            "acceptance",
            "transition",
            "queueing",
            "event",
            "pod-start",
            "pull",
            "task",
            "completion",
            "unattributed"
        ]
    );
    let task = profile.position("task").unwrap();
    assert_eq!(profile.pod_start(), Some((profile.position("pod-start").unwrap(), task)));
    assert_eq!(
        profile.stage(profile.position("pull").unwrap()).unwrap().measure,
        Measure::PartOf(task)
    );
    let stage_of = |suffix: &str| match profile
        .metrics
        .iter()
        .find(|metric| metric.suffix == suffix)
        .unwrap()
        .role
    {
        Role::Stage(stage) | Role::Acceptance(stage) | Role::Completion(stage) => {
            profile.stage(stage).unwrap().id.clone()
        }
        _ => unreachable!("{suffix}"),
    };
    assert_eq!(stage_of("node:success_duration_ms"), "task");
    assert_eq!(stage_of("workflow:acceptance_latency_ms"), "acceptance");
    assert_eq!(stage_of("workflow:completion_latency_ms"), "completion");
    assert_eq!(stage_of("user:event_ms"), "event");
}

#[test]
fn what_is_before_acceptance_or_after_the_end_makes_the_wall_clock_longer() {
    let run = ("scope", text("run"));
    let profile = with(&stages(&[
        stage("Submit", &[("before", text("acceptance")), run.clone()]),
        stage("Publish", &[("after", text("unattributed")), run.clone()]),
        stage("Inside", std::slice::from_ref(&run)),
        stage("Store", &[("partOf", text("acceptance")), ("after", text("acceptance"))]),
    ]));
    let outside = |id| profile.is_outside(profile.position(id).unwrap());
    assert!(["submit", "acceptance", "store", "publish"].into_iter().all(outside));
    assert!(!["inside", "task", "completion", "unattributed"].into_iter().any(outside));
}

#[test]
fn a_built_in_stage_can_be_renamed_recoloured_and_hidden() {
    let change = |id: &str, more: &[(&str, Value)]| {
        let mut fields = vec![("id", text(id))];
        fields.extend(more.iter().cloned());
        object(&fields)
    };
    let profile = with(&stages(&[
        change("task", &[("name", text("Training")), ("color", text("#fff"))]),
        change("transition", &[("hidden", Value::Flag(true))]),
    ]));
    let task = profile.stage(profile.position("task").unwrap()).unwrap();
    assert_eq!((task.name.as_ref(), task.colour.dark), ("Training", Rgb(255, 255, 255)));
    assert_eq!(task.undivided, "Training, incl. pod start", "what it holds stays said");
    assert!(profile.stages[1].is_hidden && !task.is_hidden);
}

#[test]
fn a_built_in_metric_is_read_under_the_name_and_in_the_unit_that_the_user_says() {
    let renamed = object(&[("name", text("job:node_success_seconds_sum")), ("unit", text("s"))]);
    let names =
        [("node:success_duration_ms", renamed), ("node:queueing_latency_ms", text("queued_ms"))];
    let profile = with(&object(&[("metrics", object(&names))]));
    let known: Vec<_> = profile.metrics.iter().map(|m| (m.suffix.as_ref(), m.unit)).collect();
    assert!(known.contains(&("job:node_success_seconds", Unit::Seconds)));
    assert!(known.contains(&("queued_ms", Unit::Millis)));
    assert!(!known.iter().any(|(name, _)| *name == "node:success_duration_ms"));
}

#[test]
fn a_field_that_is_wrong_is_named_with_what_it_may_be() {
    for (field, value, sentence) in [
        ("unit", text("msec"), "stages[1].unit: \"msec\" is no unit; use s, ms, us or ns"),
        ("unit", Value::Number(3.0), "stages[1].unit: a text, \"…\", is expected"),
        (
            "owner",
            text("me"),
            "stages[1].owner: \"me\" owns no time; use flyte, kubernetes or user",
        ),
        ("scope", text("task"), "stages[1].scope: \"task\" is no scope; use node or run"),
        ("name", text(" "), "stages[1].name: is empty"),
        ("id", text("fine"), "stages[1].id: there is a stage \"fine\" already"),
        (
            "partOf",
            text("pod-start"),
            "stages[1].partOf: \"pod-start\" is itself a part; name the stage of which that is a part",
        ),
        (
            "partOf",
            text("unattributed"),
            "stages[1].partOf: \"unattributed\" is what is left when all other stages are taken off; leave partOf out",
        ),
        (
            "partOf",
            text("upload"),
            "stages[1].partOf: \"upload\" is no stage; those before it are acceptance, transition, queueing, pod-start, task, completion, unattributed, fine",
        ),
        (
            "before",
            text("acceptance"),
            "stages[1].before: a stage of nodes comes after acceptance and before completion; use the scope run",
        ),
        ("hidden", text("yes"), "stages[1].hidden: true or false is expected"),
        (
            "colour",
            object(&[("dark", text("#12345g")), ("light", text("#fff"))]),
            "stages[1].colour.dark: \"#12345g\" is no colour; use \"#rrggbb\"",
        ),
        ("metric", Value::List(vec![]), "stages[1].metric: one to 8 names are expected"),
        (
            "metric",
            text("a b"),
            "stages[1].metric: \"a b\" is no metric's name: letters, digits, _ and : only",
        ),
        (
            "metric",
            text("up"),
            "stages[1].unit: is missing, and up does not end in one; use s, ms, us or ns",
        ),
        (
            "metric",
            text("latency_ms"),
            "stages[1].metric: \"latency_ms\": workflow:acceptance_latency_ms cannot be told from it",
        ),
        (
            "metric",
            text("node:queueing_latency_ms_sum"),
            "stages[1].metric: \"node:queueing_latency_ms_sum\": node:queueing_latency_ms is read already",
        ),
        (
            "metric",
            text("user:fine_ms_count"),
            "stages[1].metric: \"user:fine_ms_count\": user:fine_ms is read already",
        ),
    ] {
        // The last of two fields of a name is the one that JSON's parser keeps.
        let fields = [("name", text("Upload")), ("metric", text("user:upload_ms"))];
        let mut fields: Vec<_> = fields.into_iter().filter(|(name, _)| *name != field).collect();
        fields.push((field, value));
        let user = stages(&[stage("Fine", &[]), object(&fields)]);
        assert_eq!(wrong(&user), [sentence]);
    }
    assert_eq!(
        wrong_stage(&[("metrics", text("x_ms"))]).split(';').next(),
        Some("stages[1].metrics: no such field")
    );
    assert_eq!(wrong(&Value::List(vec![])), ["The JSON: an object, {…}, is expected"]);
    assert_eq!(wrong(&stages(&[text("x")])), ["stages[0]: an object, {…}, is expected"]);
    assert_eq!(
        wrong(&object(&[("stage", Value::List(vec![]))])),
        ["stage: no such field; use stages, metrics"]
    );
    let names = object(&[("node:success", text("x_ms"))]);
    assert!(
        wrong(&object(&[("metrics", names)]))[0]
            .starts_with("metrics[\"node:success\"]: no built-in metric;")
    );
    let fixed = object(&[("id", text("task")), ("unit", text("s"))]);
    assert!(
        wrong(&stages(&[fixed]))[0].starts_with("stages[0].unit: is fixed for a built-in stage")
    );
    let both = [("after", text("task")), ("before", text("task"))];
    assert_eq!(wrong_stage(&both), "stages[1].before: say either after or before");
    let part = [("partOf", text("task")), ("scope", text("run"))];
    assert!(wrong_stage(&part).starts_with("stages[1].scope: a part has the scope"));
}

#[test]
fn more_stages_than_a_person_tells_apart_are_refused() {
    let many: Vec<_> = (0..=MOST_STAGES).map(|n| stage(&format!("s{n}"), &[])).collect();
    assert_eq!(wrong(&stages(&many)), ["stages: more than 24 stages"]);
    assert_eq!(with(&stages(&many[1..])).stages.len(), 7 + MOST_STAGES);
}

#[test]
fn nothing_and_an_empty_object_change_nothing() {
    for user in [Value::Null, object(&[]), object(&[("stages", Value::Null)])] {
        assert_eq!(order(&with(&user)), order(&Profile::flyte1()));
    }
}

/// Any JSON, with the fields and the words that a profile has more often than chance would.
fn any_value() -> impl Strategy<Value = Value> {
    let word = select(vec![
        "task",
        "acceptance",
        "unattributed",
        "completion",
        "queueing",
        "pod-start",
        "a",
        "b",
        "run",
        "node",
        "s",
        "ms",
        "user",
        "flyte",
        "#fff",
        "#12g",
        "x_ms",
        "y:z_us",
        "node:success_duration_ms",
        "ended",
        "",
        "é",
    ])
    .prop_map(str::to_owned);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Flag),
        any::<f64>().prop_map(Value::Number),
        word.prop_map(Value::Text),
        ".{0,80}".prop_map(Value::Text),
    ];
    let field = select(vec![
        "stages",
        "metrics",
        "id",
        "name",
        "metric",
        "unit",
        "owner",
        "colour",
        "after",
        "before",
        "scope",
        "partOf",
        "help",
        "hidden",
        "dark",
        "light",
        "node:success_duration_ms",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 48, 12, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::List),
            vec((field.clone(), inner), 0..12).prop_map(Value::Object),
        ]
    })
}

/// Stages as a person would write them, right or wrong.
fn likely() -> impl Strategy<Value = Value> {
    let places = vec![
        "acceptance",
        "transition",
        "queueing",
        "pod-start",
        "task",
        "completion",
        "unattributed",
        "s0",
        "s1",
    ];
    let field = prop_oneof![
        (select(vec!["after", "before", "partOf"]), select(places)),
        (Just("scope"), select(vec!["run", "node"])),
        (Just("owner"), select(vec!["user", "kubernetes", "flyte"])),
    ];
    vec(vec(field, 0..3), 0..5).prop_map(|all| {
        let all = all.iter().enumerate().map(|(n, fields)| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, text(value))).collect();
            stage(&format!("s{n}"), &fields)
        });
        stages(&all.collect::<Vec<_>>())
    })
}

proptest! {
    #[test]
    fn whatever_the_json_says_it_is_a_whole_profile_or_told_what_is_wrong(
        user in prop_oneof![any_value(), likely(), vec(any_value(), 0..3).prop_map(|v| stages(&v))]
    ) {
        match Profile::flyte1().with(&user) {
            Err(errors) => prop_assert!(!errors.is_empty() && errors.len() <= MOST_ERRORS),
            Ok(profile) => {
                for metric in &profile.metrics {
                    if let Role::Stage(stage) | Role::Acceptance(stage) | Role::Completion(stage) = metric.role {
                        prop_assert!(profile.stage(stage).is_some(), "{}", metric.suffix);
                    }
                }
                for (id, stage) in profile.stages() {
                    prop_assert_eq!(profile.position(&stage.id), Some(id));
                    let whole = profile.stage(profile.whole_of(id)).expect("a stage");
                    prop_assert!(whole.measure == Measure::Whole || !stage.is_added);
                    prop_assert_eq!(whole.scope, stage.scope);
                }
                // Acceptance stays before every node, whatever comes between.
                let acceptance = profile.acceptance().expect("it is built in");
                let first = profile.stages().find(|(_, stage)| stage.scope == Scope::Node).expect("nodes").0;
                prop_assert!(acceptance < first);
            }
        }
    }
}

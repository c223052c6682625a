//! The program itself: the files that it writes and the pages that it serves.

#![cfg(all(unix, feature = "cli"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // The helpers of tests are tests too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

const START: i64 = 1_700_000_000;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_flyte-simulator"))
}

/// Six hours of the demo, with these further arguments, in a folder of that name.
fn backfill(name: &str, more: &[&str]) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&out);
    let (start, end) = (START.to_string(), (START + 6 * 3_600).to_string());
    let mut arguments = vec!["backfill", "--start", &start];
    if !more.contains(&"--end") {
        arguments.extend(["--end", &end]);
    }
    arguments.push("--out");
    let status = program().args(arguments).arg(&out).args(more).stdout(Stdio::null()).status();
    assert!(status.unwrap().success());
    out
}

fn meta(out: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(out.join("meta.json")).unwrap()).unwrap()
}

fn files(out: &Path) -> Vec<String> {
    let names = meta(out)["files"].as_array().unwrap().clone();
    names.iter().map(|name| fs::read_to_string(out.join(name.as_str().unwrap())).unwrap()).collect()
}

fn truth(out: &Path) -> Vec<Value> {
    let text = fs::read_to_string(out.join("truth.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Checks a file's order as Prometheus wants it and gives its samples by series.
fn samples(text: &str) -> BTreeMap<String, Vec<(f64, f64)>> {
    let (mut families, mut family) = (BTreeSet::new(), String::new());
    let mut samples: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    assert!(text.ends_with("\n# EOF\n"));
    for line in text.lines().filter(|line| !line.starts_with("# HELP ") && *line != "# EOF") {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            rest.split_once(' ').unwrap().0.clone_into(&mut family);
            assert!(families.insert(family.clone()), "{family} comes in two pieces");
            continue;
        }
        assert!(line.starts_with(&family), "{line} stands under {family}");
        let (rest, at) = line.rsplit_once(' ').unwrap();
        let (series, value) = rest.rsplit_once(' ').unwrap();
        let (at, value) = (at.parse().unwrap(), value.parse().unwrap());
        let seen = samples.entry(series.to_owned()).or_default();
        assert!(seen.last().is_none_or(|&(before, _)| before < at), "{series} goes back");
        seen.push((at, value));
    }
    samples
}

#[test]
fn a_backfill_is_ordered_as_prometheus_wants_it_and_counts_what_the_truth_says() {
    let arguments = ["--deployment", "core", "--instances", "2", "--jitter", "5s"];
    let out = backfill("ordered", &arguments);
    let mut last: BTreeMap<String, f64> = BTreeMap::new();
    let (mut count, mut window) = (0, i64::MIN);
    for text in files(&out) {
        let samples = samples(&text);
        let times = || samples.values().flatten().map(|&(at, _)| at as i64 / 7_200);
        assert!(times().all(|of| of == times().next().unwrap()), "one file for one block");
        assert!(times().next().unwrap() > window);
        window = times().next().unwrap();
        for (series, values) in samples {
            count += values.len();
            let before = last.insert(series.clone(), values.last().unwrap().1).unwrap_or(0.0);
            let counts = series.contains("_count{") || series.contains(":accepted{");
            assert!(!counts || before <= values[0].1, "{series} fell without a restart");
        }
    }
    assert_eq!(meta(&out)["samples"].as_u64().unwrap(), count as u64);
    let end = (START + 6 * 3_600 - 65) * 1_000; // Both targets are scraped after it.
    let accepted = last.iter().filter(|(series, _)| series.contains("workflow:accepted{"));
    let accepted: f64 = accepted.map(|(_, value)| value).sum();
    let truth = truth(&out);
    let running = |until: i64| {
        let ran = |e: &&Value| e["running_at"].as_i64().is_some_and(|at| at <= until);
        truth.iter().filter(ran).count() as f64
    };
    assert!(accepted > 50.0 && running(end) <= accepted && accepted <= running(end + 65_000));
}

#[test]
fn a_timeline_keeps_sums_and_counts_of_stages_only() {
    let kept = files(&backfill("timeline", &["--deployment", "binary", "--no-pods"])).concat();
    assert!(kept.contains("node:queueing_latency_ms_sum{") && kept.contains("workflow:accepted{"));
    for dropped in ["quantile=", "unlabeled", "round_time", "node_input", "kube_pod"] {
        assert!(!kept.contains(dropped), "{dropped}");
    }
    let all = files(&backfill("all", &["--deployment", "core", "--keep", "all"])).concat();
    for kept in ["quantile=\"0.99\"", "unlabeled", "round_time", "node_input", "kube_pod_created{"]
    {
        assert!(all.contains(kept), "{kept}");
    }
}

#[test]
fn a_series_ends_with_its_process_and_the_prefix_is_the_one_asked_for() {
    let arguments = ["--deployment", "core-exec", "--restart-every", "1h", "--prefix", "acme:"];
    let out = backfill("restarts", &arguments);
    assert_eq!(meta(&out)["restarts"].as_array().unwrap().len(), 6);
    let mut spans: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for (series, values) in files(&out).iter().flat_map(|text| samples(text)) {
        if series.starts_with("acme:workflow:accepted{") {
            let span = spans.entry(series).or_insert((values[0].0, 0.0));
            span.1 = values.last().unwrap().0;
        }
    }
    assert!(spans.len() > 50);
    for (series, (from, to)) in spans {
        let process = |at: f64| (at as i64 - START + 1_800) / 3_600;
        assert_eq!(process(from), process(to), "{series} outlives its process");
    }
}

#[test]
fn a_history_in_two_parts_has_the_samples_of_a_whole_one_and_the_cluster_asked_for() {
    let all = |folder: &Path| {
        let mut all: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
        for (series, values) in files(folder).iter().flat_map(|text| samples(text)) {
            assert!(series.contains("cluster=\"east\""), "{series}");
            all.entry(series).or_default().extend(values);
        }
        all
    };
    let cluster = ["--cluster", "east", "--deployment", "core-exec"];
    let half = (START + 3 * 3_600 + 100).to_string();
    let whole = backfill("whole", &cluster);
    let first = backfill("first", &[&cluster[..], &["--end", &half]].concat());
    let second = backfill("second", &[&cluster[..], &["--after", &half]].concat());
    let mut parts = all(&first);
    for (series, values) in all(&second) {
        parts.entry(series).or_default().extend(values);
    }
    assert_eq!(parts, all(&whole));
}

#[test]
fn bad_arguments_are_answered_with_what_is_wrong() {
    let cases = [
        (["--end", "5", "--start", "9"], "must be after --start"),
        (["--interval", "60s", "--jitter", "40s"], "shorter than half the interval"),
        (["--interval", "3h", "--jitter", "1s"], "--split must not be shorter"),
        (["--restart-every", "often", "--jitter", "1s"], "--restart-every"),
    ];
    for (arguments, message) in cases {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("never");
        let output = program().args(["backfill", "--out"]).arg(&out).args(arguments).output();
        let output = output.unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && errors.contains(message), "{errors}");
    }
}

/// A server that is ended with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(more: &[&str]) -> Self {
        let mut child = program().arg("serve").args(more).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("ready: http://").unwrap();
        let address = address.strip_suffix("/metrics").unwrap().to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn terminate(mut self) -> bool {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_server_answers_as_propeller_and_kube_state_metrics_do_and_ends_when_asked() {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let since = (now - 2 * 86_400).to_string();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("served.jsonl");
    let truth_file = file.to_str().unwrap().to_owned();
    let server = Server::start(&[
        "--deployment",
        "core",
        "--since",
        &since,
        "--instances",
        "2",
        "--truth",
        &truth_file,
    ]);
    for path in ["/metrics", "/instance/1/metrics", "/metrics?instance=1"] {
        let answer = server.get(path);
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("version=0.0.4"), "{path}");
        assert!(answer.contains("# TYPE flyte:propeller:all:workflow:success_duration_ms summary"));
    }
    assert!(server.get("/kube/metrics").contains("kube_pod_labels{namespace="));
    let missing = server.get("/instance/2/metrics");
    assert!(missing.starts_with("HTTP/1.1 404") && missing.contains("0 to 1"), "{missing}");
    let executions = |text: &str| text.lines().filter(|line| line.starts_with("{\"exec")).count();
    let told = executions(&server.get("/truth"));
    assert!(told > 500);
    assert!(server.terminate());
    assert!(executions(&fs::read_to_string(file).unwrap()) >= told);
}

//! Finds out whose a pod is: its execution, its node, and its workflow as the counters call it.

use super::join::Pod;
use crate::known::Known;
use crate::order::order;
use crate::series::Labels;
use crate::text::{Text, Texts};

/// The longest value of a label in Kubernetes.
const LONGEST_LABEL: usize = 63;

/// The domains of a Flyte that nobody configured. Together with the namespaces of such a Flyte, which
/// are `project-domain`, they tell where a project's name ends.
const DOMAINS: [&str; 3] = ["development", "staging", "production"];

/// Whose pods these are, as far as they say themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub namespace: Text,
    pub project: Text,
    pub domain: Text,
}

impl Place {
    /// Where a pod says it is.
    pub fn of(pod: &Pod) -> Self {
        let labels = &pod.labels;
        let (project, domain) = (labels.project(), labels.domain());
        Self { namespace: labels.namespace(), project, domain }
    }

    /// Whether what counters call a project and a domain can be this place: by the pods' own labels,
    /// else by the namespace. A namespace that is made by another rule says nothing.
    pub fn agrees(&self, texts: &Texts, project: &str, domain: &str) -> bool {
        if project.is_empty() || domain.is_empty() {
            return true;
        }
        if !self.project.is_empty() && !self.domain.is_empty() {
            return texts.get(self.project) == sanitized(project)
                && texts.get(self.domain) == sanitized(domain);
        }
        let namespace = texts.get(self.namespace);
        namespace == format!("{project}-{domain}") || split(namespace).is_none()
    }
}

/// Project and domain of a namespace as Flyte makes it unless told otherwise.
pub(super) fn split(namespace: &str) -> Option<(&str, &str)> {
    let (project, domain) = namespace.rsplit_once('-')?;
    (!project.is_empty() && DOMAINS.contains(&domain)).then_some((project, domain))
}

/// A value as Flyte makes it legal for a label: small letters, every run of anything but letters,
/// digits and hyphens one hyphen, at most 63 bytes, no hyphen at the ends (`SanitizeLabelValue` in
/// flytepropeller's `pkg/utils/k8s.go`).
pub(super) fn sanitized(value: &str) -> String {
    let mut clean = String::with_capacity(value.len());
    let mut replaced = false;
    for character in value.chars().map(|character| character.to_ascii_lowercase()) {
        let legal = matches!(character, 'a'..='z' | '0'..='9' | '-');
        if legal {
            clean.push(character);
        } else if !replaced {
            clean.push('-');
        }
        replaced = !legal;
    }
    let clean = clean.trim_matches('-');
    clean.get(..LONGEST_LABEL).unwrap_or(clean).trim_end_matches('-').to_owned()
}

/// The workflows that counters know, by their name as a label has it.
pub(super) struct Workflows(Vec<(String, Labels)>);

impl Workflows {
    pub fn of<'a>(texts: &Texts, labels: impl Iterator<Item = &'a Labels>) -> Self {
        let mut known = Known::default();
        let mut all: Vec<(String, Labels)> = Vec::new();
        for labels in labels.filter(|labels| !labels.workflow.is_empty()) {
            let labels = Labels { execution: Text::EMPTY, node: Text::EMPTY, ..*labels };
            let is = &mut |n: usize| all.get(n).is_some_and(|(_, known)| *known == labels);
            if known.number(labels.hash(), is) == all.len() {
                let workflow = texts.get(labels.workflow);
                let name = workflow.splitn(3, ':').nth(2).unwrap_or(workflow);
                all.push((sanitized(name), labels));
            }
        }
        let named = |position: usize| all.get(position).map(|(name, _)| name);
        let order = order(all.len(), &mut |a, b| named(a).cmp(&named(b)));
        Self(order.iter().filter_map(|position| all.get(*position as usize)).cloned().collect())
    }

    /// The workflow that a pod's label means at a place.
    pub fn find(&self, texts: &Texts, name: &str, place: &Place) -> Option<Labels> {
        let begin = self.0.partition_point(|(known, _)| known.as_str() < name);
        let named = self.0.iter().skip(begin).take_while(|(known, _)| known == name);
        let named = named.map(|(_, labels)| labels);
        named.copied().find(|labels| {
            let mut parts = texts.get(labels.workflow).splitn(3, ':');
            let (project, domain) = (parts.next(), parts.next());
            let own = |label: Text, part: Option<&'_ str>| match texts.get(label) {
                "" => part.unwrap_or_default().to_owned(),
                label => label.to_owned(),
            };
            let is_whole = parts.next().is_some();
            let (project, domain) = (project.filter(|_| is_whole), domain.filter(|_| is_whole));
            place.agrees(texts, &own(labels.project, project), &own(labels.domain, domain))
        })
    }
}

/// Tells a pod's node from its name, `<execution>-<node with its parents>-<attempt>`. A name that was
/// too long is a hash and tells nothing; the label alone does not tell `n0` from the `n0` inside `n2`.
pub(super) fn trace(texts: &mut Texts, pod: &mut Pod) {
    let execution = texts.get(pod.labels.execution());
    let path = texts
        .get(pod.labels.pod())
        .strip_prefix(execution)
        .and_then(|rest| rest.strip_prefix('-')?.rsplit_once('-'))
        .filter(|(path, attempt)| {
            !path.is_empty() && !attempt.is_empty() && attempt.bytes().all(|b| b.is_ascii_digit())
        })
        .map(|(path, _)| path.to_owned());
    pod.is_traced = path.is_some();
    pod.node = path.map_or(pod.labels.node(), |path| texts.intern(&path));
}

/// Which of the counters' nodes is a pod's. None where it is none of them, or may be several.
pub(super) fn node_of(texts: &Texts, nodes: &[(Text, String)], pod: &Pod) -> Option<Text> {
    let node = texts.get(pod.node);
    if pod.is_traced {
        let on_way = nodes.iter().filter(|(_, path)| leads_to(path, node));
        return on_way.max_by_key(|(_, path)| path.matches('/').count()).map(|(node, _)| *node);
    }
    let mut alike = nodes.iter().filter(|(_, path)| path.rsplit('/').next() == Some(node));
    let first = alike.next();
    first.filter(|_| alike.next().is_none()).map(|(node, _)| *node)
}

/// Whether a node's path (`n1/n1-n3`) is what a pod's name calls its node (`n1-0-n3`): the ids in
/// turn, each without what it repeats of its parent, and attempts between them.
fn leads_to(path: &str, traced: &str) -> bool {
    let mut rest = traced;
    let mut parent = "";
    for id in path.split('/') {
        let repeats = id.strip_prefix(parent).and_then(|own| own.strip_prefix('-'));
        let own = if parent.is_empty() { id } else { repeats.unwrap_or(id) };
        let Some(behind) = after(rest, own, parent.is_empty()) else { return false };
        (rest, parent) = (behind, id);
    }
    rest.is_empty()
}

/// What follows an id that stands at the front, or after a hyphen, and ends with one or at the end.
fn after<'a>(text: &'a str, id: &str, at_front: bool) -> Option<&'a str> {
    let ends = |rest: &&str| rest.is_empty() || rest.starts_with('-');
    if at_front {
        return text.strip_prefix(id).filter(ends);
    }
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('-') {
        if let Some(end) = behind.strip_prefix(id).filter(ends) {
            return Some(end);
        }
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_legal_as_flyte_does() {
        let long = "x".repeat(80);
        for (value, legal) in [
            ("example.two_task_wf", "example-two-task-wf"),
            ("Etl.._Orders-", "etl-orders"),
            ("a-.b", "a--b"),
            (&long, &long[..63]),
        ] {
            assert_eq!(sanitized(value), legal);
        }
    }

    #[test]
    fn the_way_to_a_node_is_what_its_pods_name_tells() {
        for (path, traced) in [
            ("n0", "n0"),
            ("n1/n1-n3", "n1-0-n3"),
            ("n1/n1-2-dn0", "n1-2-dn0"),
            ("n2/n0", "n2-0-n0"),
            ("n2/n0/n0-n1", "n2-0-n0-0-n0-n1"),
        ] {
            assert!(leads_to(path, traced), "{path} {traced}");
        }
        for (path, traced) in
            [("n0", "n2-0-n0"), ("n2/n1", "n2-0-n10"), ("n2", "n2-0-n0"), ("n2/n3/n0", "n2-0-n0")]
        {
            assert!(!leads_to(path, traced), "{path} {traced}");
        }
    }

    #[test]
    fn a_namespace_tells_project_and_domain_only_where_it_is_made_as_flyte_makes_it() {
        assert_eq!(split("shop-eu-production"), Some(("shop-eu", "production")));
        assert_eq!(split("team-a"), None);
        let mut texts = Texts::default();
        let at = |namespace| Place { namespace, ..Place::default() };
        let (production, own) = (texts.intern("shop-production"), texts.intern("team-a"));
        assert!(at(production).agrees(&texts, "shop", "production"));
        assert!(!at(production).agrees(&texts, "shop", "staging"));
        assert!(at(own).agrees(&texts, "shop", "staging"));
    }
}

//! Facets of one name put together into people.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::evidence::{ENOUGH, Post, Seen, exclude_each_other, posts, shared_pool};
use super::facet::{Home, Signature};
use super::group::{NameGroup, Occurrence};
use super::tenures::{self, ObservedOffice};
use crate::model::{Decision, EntityId, EntityKind, Outcome, ReportId};

/// A person: facets of one name that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonCluster {
    /// Derived from the name and the first home.
    pub id: EntityId,
    /// Ids that lead here: those of the other homes.
    pub aliases: Vec<EntityId>,
    /// The name as most reports write it.
    pub display_name: String,
    /// The facets, by what they say.
    pub members: Vec<Member>,
    /// Offices in time.
    pub offices: Vec<ObservedOffice>,
}

/// Reports that say the same of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The reports, in the order of their ids.
    pub reports: Vec<ReportId>,
    /// Why they are taken to speak of this person.
    pub decision: Decision,
}

impl PersonCluster {
    /// Every report that names the person, with why.
    pub fn reports(&self) -> impl Iterator<Item = (&ReportId, &Decision)> {
        self.members.iter().flat_map(|member| member.reports.iter().map(|report| (report, &member.decision)))
    }
}

/// Facets of one signature that are of one person beyond doubt.
struct Node<'a> {
    signature: &'a Signature,
    occurrences: Vec<(&'a ReportId, &'a Occurrence)>,
    seen: Seen,
}

/// A tie between two nodes: chance of a second bearer, the nodes, and the reason.
struct Tie {
    chance: f64,
    nodes: (usize, usize),
    reason: String,
}

/// Most pairs that are compared within a bucket one with each; in larger buckets each node is compared with its neighbours.
const WHOLE_BUCKET: usize = 48;
const NEIGHBOURS: usize = 8;

/// The people of a group whose name is borne by this share of the people.
pub(super) fn clusters(group: &NameGroup, share: f64) -> Vec<PersonCluster> {
    // A given name alone is no name to know people by across reports.
    let known_by_name = group.name_key.contains(' ');
    let nodes: Vec<Node<'_>> = group
        .signatures
        .iter()
        .flat_map(|(signature, occurrences)| nodes(signature, occurrences, if known_by_name { share } else { 1.0 }))
        .collect();
    let ties = if known_by_name { ties(&nodes, share) } else { Vec::new() };
    let components = join(&nodes, &ties);
    let mut people = name(group, &nodes, &components, &ties);
    people.sort_by(|a, b| a.id.cmp(&b.id));
    people
}

/// The facets of a signature as one node, if what it says is enough to know a person by, else each as its own.
fn nodes<'a>(signature: &'a Signature, occurrences: &'a BTreeMap<ReportId, Occurrence>, share: f64) -> Vec<Node<'a>> {
    let own = shared_pool(signature, signature, (None, None));
    if occurrences.len() < 2 || own.is_some_and(|(size, _)| share * size < ENOUGH) {
        return vec![node(signature, occurrences.iter().collect())];
    }
    occurrences.iter().map(|one| node(signature, vec![one])).collect()
}

fn node<'a>(signature: &'a Signature, occurrences: Vec<(&'a ReportId, &'a Occurrence)>) -> Node<'a> {
    let first = occurrences.iter().filter_map(|(_, one)| one.date?.earliest()).min();
    let last = occurrences.iter().filter_map(|(_, one)| one.date?.latest()).max();
    Node { signature, occurrences, seen: first.zip(last) }
}

/// Ties strong enough to join, strongest first.
fn ties(nodes: &[Node<'_>], share: f64) -> Vec<Tie> {
    let mut ties: Vec<Tie> = pairs(nodes)
        .into_iter()
        .filter_map(|(a, b)| {
            let (size, reason) = shared_pool(nodes[a].signature, nodes[b].signature, (nodes[a].seen, nodes[b].seen))?;
            Some(Tie { chance: share * size, nodes: (a, b), reason })
        })
        .collect();
    ties.sort_by(|one, other| one.chance.total_cmp(&other.chance).then(one.nodes.cmp(&other.nodes)));
    ties
}

/// Pairs of nodes that have something in common, each once.
fn pairs(nodes: &[Node<'_>]) -> BTreeSet<(usize, usize)> {
    let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let mut add = |key: String| {
            let bucket = buckets.entry(key).or_default();
            if bucket.last() != Some(&at) {
                bucket.push(at);
            }
        };
        for body in node.signature.bodies() {
            add(format!("body {}", body.id));
        }
        for home in node.signature.bodies().map(|body| &body.home).chain(&node.signature.setting) {
            if let Home::Unit { province_today, unit, .. } = home {
                add(format!("today {province_today}"));
                add(format!("unit {unit}"));
            }
        }
        if node.signature.is_national() {
            add("national".to_owned());
        }
    }
    let mut pairs = BTreeSet::new();
    for mut bucket in buckets.into_values() {
        bucket.sort_by_key(|at| (nodes[*at].seen.map(|seen| seen.0), *at));
        bucket.dedup();
        let reach = if bucket.len() <= WHOLE_BUCKET { bucket.len() } else { NEIGHBOURS };
        for (at, one) in bucket.iter().enumerate() {
            for other in bucket.iter().skip(at + 1).take(reach) {
                pairs.insert((*one.min(other), *one.max(other)));
            }
        }
    }
    pairs
}

/// Joins nodes along the ties, strongest first, where no post excludes another: the component of each node.
fn join(nodes: &[Node<'_>], ties: &[Tie]) -> Vec<usize> {
    let mut component: Vec<usize> = (0..nodes.len()).collect();
    let mut held: Vec<Vec<Post>> = nodes.iter().map(|node| posts(node.signature, node.seen)).collect();
    for tie in ties.iter().take_while(|tie| tie.chance < ENOUGH) {
        let (a, b) = (component[tie.nodes.0], component[tie.nodes.1]);
        let refused = a == b || held[a].iter().any(|one| held[b].iter().any(|other| exclude_each_other(one, other)));
        if refused {
            continue;
        }
        let (keep, give) = (a.min(b), a.max(b));
        for post in std::mem::take(&mut held[give]) {
            widen(&mut held[keep], post);
        }
        component.iter_mut().filter(|own| **own == give).for_each(|own| *own = keep);
    }
    component
}

/// Adds a post, or widens the time of the same post.
fn widen(posts: &mut Vec<Post>, post: Post) {
    match posts.iter_mut().find(|own| own.level == post.level && own.unit == post.unit) {
        Some(own) => {
            own.seen = (own.seen.0.min(post.seen.0), own.seen.1.max(post.seen.1));
            own.moved |= post.moved;
        }
        None => posts.push(post),
    }
}

/// A home that an id can be derived from, with the first day it was seen.
type Anchor = (Option<Date>, String);

/// Gives each component its id, names and decisions.
fn name(group: &NameGroup, nodes: &[Node<'_>], component: &[usize], ties: &[Tie]) -> Vec<PersonCluster> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, own) in component.iter().enumerate() {
        members.entry(*own).or_default().push(node);
    }
    let anchors: BTreeMap<usize, Vec<Anchor>> =
        members.iter().map(|(own, of)| (*own, anchors(of.iter().map(|at| &nodes[*at])))).collect();
    // Whoever was first seen at a home has its id.
    let mut owners: BTreeMap<&str, (bool, Option<Date>, usize)> = BTreeMap::new();
    for (own, homes) in &anchors {
        for (day, home) in homes {
            let claim = (day.is_none(), *day, *own);
            let owner = owners.entry(home).or_insert(claim);
            *owner = (*owner).min(claim);
        }
    }
    members
        .iter()
        .map(|(own, of)| {
            let mut ids = anchors[own]
                .iter()
                .filter(|(_, home)| owners.get(home.as_str()).is_some_and(|owner| owner.2 == *own))
                .map(|(_, home)| EntityId::derive(EntityKind::Person.prefix(), &[&group.name_key, home]));
            let id = ids.next().unwrap_or_else(|| {
                EntityId::derive(EntityKind::Person.prefix(), &[&group.name_key, first_report(nodes, of)])
            });
            PersonCluster {
                aliases: ids.filter(|alias| *alias != id).collect(),
                id,
                display_name: display_name(of.iter().map(|at| &nodes[*at])),
                members: of.iter().map(|at| member(*at, nodes, component, ties)).collect(),
                offices: tenures::observed(
                    of.iter().map(|at| (nodes[*at].signature, nodes[*at].occurrences.as_slice())),
                ),
            }
        })
        .collect()
}

/// Homes of a person, first seen first: provinces, the country, bodies; finer ones behind them, for where another of the name has
/// the coarse ones.
fn anchors<'a>(nodes: impl Iterator<Item = &'a Node<'a>>) -> Vec<Anchor> {
    let mut coarse: BTreeMap<String, Option<Date>> = BTreeMap::new();
    let mut fine: BTreeMap<String, Option<Date>> = BTreeMap::new();
    let earlier = |own: &mut Option<Date>, day: Option<Date>| {
        *own = match (*own, day) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    };
    for node in nodes {
        let day = node.seen.map(|seen| seen.0);
        for office in &node.signature.offices {
            let Some(body) = &office.body else { continue };
            let (home, unit) = match &body.home {
                Home::Unit { province, unit, level, .. } => (province.clone(), (*level > 0).then(|| unit.clone())),
                Home::Central if office.national => ("vn".to_owned(), None),
                _ => (body.id.to_string(), None),
            };
            earlier(coarse.entry(home).or_default(), day);
            let finer = unit.into_iter().chain([body.id.to_string(), format!("{} {}", office.title_key, body.id)]);
            finer.for_each(|home| earlier(fine.entry(home).or_default(), day));
        }
        if node.signature.bodies().next().is_none() {
            let province = node.signature.setting.as_ref().and_then(Home::province);
            let report = node.occurrences.first().map(|(report, _)| report.as_str());
            if let Some(home) = province.or(report) {
                earlier(coarse.entry(home.to_owned()).or_default(), day);
            }
        }
    }
    let in_order = |homes: BTreeMap<String, Option<Date>>| {
        let mut homes: Vec<Anchor> = homes.into_iter().map(|(home, day)| (day, home)).collect();
        homes.sort_by(|a, b| (a.0.is_none(), a.0, &a.1).cmp(&(b.0.is_none(), b.0, &b.1)));
        homes
    };
    fine.retain(|home, _| !coarse.contains_key(home));
    let mut all = in_order(coarse);
    all.extend(in_order(fine));
    all
}

/// The first report of a person, by date and id.
fn first_report<'a>(nodes: &[Node<'a>], of: &[usize]) -> &'a str {
    let all = of.iter().flat_map(|at| nodes[*at].occurrences.iter());
    let first = all.min_by_key(|(report, one)| {
        let day = one.date.and_then(|date| date.earliest());
        (day.is_none(), day, *report)
    });
    first.map_or("", |(report, _)| report.as_str())
}

/// The name as most reports write it; of equals the first in code point order.
fn display_name<'a>(nodes: impl Iterator<Item = &'a Node<'a>>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for node in nodes {
        for (_, one) in &node.occurrences {
            *counts.entry(&one.name).or_default() += 1;
        }
    }
    let most = counts.values().max().copied().unwrap_or_default();
    counts.iter().find(|(_, count)| **count == most).map_or_else(String::new, |(name, _)| (*name).to_owned())
}

/// The reports of one node, with why they are where they are.
fn member(at: usize, nodes: &[Node<'_>], component: &[usize], ties: &[Tie]) -> Member {
    const REASONS: usize = 3;
    let touches = |tie: &&Tie| tie.nodes.0 == at || tie.nodes.1 == at;
    let joined = |tie: &&Tie| component[tie.nodes.0] == component[tie.nodes.1];
    let mut reasons: Vec<String> = Vec::new();
    for tie in ties.iter().filter(touches).filter(joined).filter(|tie| tie.chance < ENOUGH) {
        if !reasons.contains(&tie.reason) && reasons.len() < REASONS {
            reasons.push(tie.reason.clone());
        }
    }
    let reports: Vec<ReportId> = nodes[at].occurrences.iter().map(|(report, _)| (*report).clone()).collect();
    if reports.len() > 1 && reasons.len() < REASONS {
        reasons.push(format!("{} reports say the same of the name", reports.len()));
    }
    let apart = ties.iter().filter(touches).find(|tie| !joined(tie));
    let outcome = match (reasons.is_empty(), apart) {
        (false, _) => Outcome::Known,
        (true, Some(tie)) => {
            reasons.push(format!("kept apart from another of the name: {} is not enough for so common a name, or their posts exclude each other", tie.reason));
            Outcome::Ambiguous
        }
        (true, None) => {
            reasons.push("no other report ties the name to anybody known".to_owned());
            Outcome::New
        }
    };
    Member { reports, decision: Decision { outcome, reasons } }
}

//! Sayings of one name put together into people.

use std::collections::{BTreeMap, BTreeSet};

use super::buckets::{looks, stands};
use super::evidence::{ENOUGH, MINISTRY, Post, Reason, exclude_each_other, pool, posts, shared_pool};
use super::identity::is_enough;
use super::saying::Saying;
use crate::model::{Decision, Outcome};

/// A tie between two sayings: chance of a second bearer, the sayings, and the reason.
struct Tie<'a> {
    chance: f64,
    ends: (usize, usize),
    reason: Reason<'a>,
}

/// Most sayings of a bucket that are all compared with one that looks into it; of larger buckets its neighbours in time are.
const WHOLE_BUCKET: usize = 48;
const NEIGHBOURS: usize = 8;

/// Sayings of one name, put together. They must hold all that stand in buckets into which one of them looks and that may tie, and be in the
/// order of their signatures: what comes out is a function of the set.
pub struct Clusters<'a> {
    sayings: &'a [Saying],
    share: f64,
    ties: Vec<Tie<'a>>,
    /// Per saying: the first of those it belongs with.
    component: Vec<usize>,
    /// Per saying: its ties, strongest first.
    of: Vec<Vec<usize>>,
}

impl<'a> Clusters<'a> {
    /// Puts the sayings together. `share` is the share of the people that bears the name; 1 for a given name alone, by which nobody is known.
    #[must_use]
    pub fn new(sayings: &'a [Saying], share: f64) -> Self {
        let ties = ties(sayings, share);
        let component = join(sayings, &ties, share);
        let mut of = vec![Vec::new(); sayings.len()];
        for (at, tie) in ties.iter().enumerate() {
            of[tie.ends.0].push(at);
            of[tie.ends.1].push(at);
        }
        Self { sayings, share, ties, component, of }
    }

    /// The sayings of each person, in the order of the first of them.
    #[must_use]
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, own) in self.component.iter().enumerate() {
            members.entry(*own).or_default().push(at);
        }
        members.into_values().collect()
    }

    /// True if these sayings speak of one person; false for one that is too common to tell: each of its reports may mean another.
    #[must_use]
    pub fn is_one(&self, group: &[usize]) -> bool {
        match group {
            [only] => is_enough(&self.sayings[*only].signature, self.share),
            _ => true,
        }
    }

    /// Why a saying is where it is; `others` are some of the name that it finds in buckets which tie nobody.
    #[must_use]
    pub fn decision(&self, at: usize, others: &[Saying]) -> Decision {
        const REASONS: usize = 3;
        let joined = |tie: &&Tie<'_>| self.component[tie.ends.0] == self.component[tie.ends.1];
        let own = || self.of[at].iter().map(|tie| &self.ties[*tie]);
        let mut reasons: Vec<String> = Vec::new();
        for tie in own().filter(joined).filter(|tie| tie.chance < ENOUGH) {
            if reasons.len() == REASONS {
                break;
            }
            let reason = tie.reason.to_string();
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let saying = &self.sayings[at];
        let (reports, enough) = (saying.reports(), is_enough(&saying.signature, self.share));
        if reports > 1 && enough && reasons.len() < REASONS {
            reasons.push(format!("{reports} reports say the same of the name"));
        }
        if !reasons.is_empty() {
            return Decision { outcome: Outcome::Known, reasons };
        }
        let apart = own().find(|tie| !joined(tie)).map(|tie| tie.reason);
        let apart =
            apart.or_else(|| others.iter().find_map(|other| self::reason(saying, other)).map(|(_, reason)| reason));
        match apart {
            Some(reason) => Decision {
                outcome: Outcome::Ambiguous,
                reasons: vec![format!(
                    "kept apart from another of the name: {reason} is not enough for so common a name, or their posts exclude each other"
                )],
            },
            None if reports > 1 => Decision {
                outcome: Outcome::Ambiguous,
                reasons: vec![format!("{reports} reports say the same, which is not enough for so common a name")],
            },
            None => Decision {
                outcome: Outcome::New,
                reasons: vec!["no other report ties the name to anybody known".to_owned()],
            },
        }
    }
}

fn reason<'a>(one: &'a Saying, other: &'a Saying) -> Option<(f64, Reason<'a>)> {
    shared_pool(&one.signature, &other.signature, (one.seen(), other.seen()))
}

/// Ties between sayings, strongest first.
fn ties(sayings: &[Saying], share: f64) -> Vec<Tie<'_>> {
    let mut ties: Vec<Tie<'_>> = pairs(sayings)
        .into_iter()
        .filter_map(|(a, b)| {
            let (size, reason) = reason(&sayings[a], &sayings[b])?;
            Some(Tie { chance: share * size, ends: (a, b), reason })
        })
        .collect();
    ties.sort_by(|one, other| one.chance.total_cmp(&other.chance).then(one.ends.cmp(&other.ends)));
    ties
}

/// Pairs of sayings of which one looks into a bucket of the other, each once.
fn pairs(sayings: &[Saying]) -> BTreeSet<(usize, usize)> {
    // By day of the first evidence.
    let order = |at: usize| (sayings[at].seen().map(|seen| seen.0), at);
    let mut standing: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, saying) in sayings.iter().enumerate() {
        for key in stands(&saying.signature) {
            standing.entry(key).or_default().push(at);
        }
    }
    standing.values_mut().for_each(|bucket| bucket.sort_by_key(|at| order(*at)));
    let mut pairs = BTreeSet::new();
    for (one, saying) in sayings.iter().enumerate() {
        for look in looks(&saying.signature) {
            let Some(bucket) = standing.get(&look.key) else { continue };
            for other in near(bucket, bucket.partition_point(|at| order(*at) < order(one))) {
                if *other != one {
                    pairs.insert((one.min(*other), one.max(*other)));
                }
            }
        }
    }
    pairs
}

/// All of a small bucket, of a larger one those around a place.
fn near(bucket: &[usize], place: usize) -> &[usize] {
    if bucket.len() <= WHOLE_BUCKET {
        return bucket;
    }
    bucket.get(place.saturating_sub(NEIGHBOURS)..bucket.len().min(place + NEIGHBOURS + 1)).unwrap_or_default()
}

/// Joins sayings along the ties, strongest first, where no post excludes another: the component of each.
///
/// That two ministries are led by two is held against common names alone: a report that gives the wrong one is likelier than a second minister of a rare name.
fn join(sayings: &[Saying], ties: &[Tie<'_>], share: f64) -> Vec<usize> {
    const COMMON: f64 = 0.001;
    let is_common = share * pool::MINISTERS >= COMMON;
    let mut component: Vec<usize> = (0..sayings.len()).collect();
    let own = |saying: &Saying| {
        let mut posts = posts(&saying.signature, saying.seen());
        posts.retain(|post| is_common || post.level != MINISTRY);
        posts
    };
    let mut held: Vec<Vec<Post>> = sayings.iter().map(own).collect();
    for tie in ties.iter().take_while(|tie| tie.chance < ENOUGH) {
        let (a, b) = (component[tie.ends.0], component[tie.ends.1]);
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

//! Which mention begins at a token: asked at every token by several recognisers, and answered by one load.

use super::Found;

/// For each token the mention that begins there, by its index in a list.
#[derive(Debug, Default)]
pub(super) struct Begins(Vec<u32>);

/// No mention begins here.
const NONE: u32 = u32::MAX;

impl Begins {
    /// Of mentions that begin together the first of the list.
    pub(super) fn first<T>(tokens: usize, mentions: &[Found<T>]) -> Self {
        Self::of(tokens, mentions.iter().enumerate().rev())
    }

    /// Of mentions that begin together the last of the list.
    pub(super) fn last<T>(tokens: usize, mentions: &[Found<T>]) -> Self {
        Self::of(tokens, mentions.iter().enumerate())
    }

    /// A later mention takes the place of an earlier one.
    fn of<'a, T: 'a>(tokens: usize, mentions: impl Iterator<Item = (usize, &'a Found<T>)>) -> Self {
        let mut begins = vec![NONE; tokens];
        for (index, mention) in mentions {
            if let (Some(slot), Ok(index)) = (begins.get_mut(mention.tokens.start), u32::try_from(index)) {
                *slot = index;
            }
        }
        Self(begins)
    }

    /// The index of the mention that begins at a token; `None` past the end too.
    #[inline]
    pub(super) fn at(&self, token: usize) -> Option<usize> {
        self.0.get(token).filter(|&&index| index != NONE).map(|&index| index as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_found_where_they_begin() {
        let found = |tokens| Found { tokens, value: () };
        let mentions = [found(1..4), found(1..2), found(3..4)];
        let (first, last) = (Begins::first(5, &mentions), Begins::last(5, &mentions));
        assert_eq!([0, 1, 2, 3, 9].map(|at| first.at(at)), [None, Some(0), None, Some(2), None]);
        assert_eq!(last.at(1), Some(1));
    }
}

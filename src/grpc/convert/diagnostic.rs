//! Diagnostics and the account of what was understood.

use super::offset;
use crate::grpc::generated::pb;
use crate::grpc::quote::Quotes;
use crate::model::{Account, Diagnostic, DiagnosticReason, ReportId, SentenceAccount, SkipReason, Span};

pub(super) fn diagnostic(report: &ReportId, diagnostic: Diagnostic, quotes: &Quotes) -> pb::Diagnostic {
    pb::Diagnostic {
        reason: reason(diagnostic.reason).into(),
        message: diagnostic.message,
        evidence: Some(quotes.at(report, diagnostic.span.unwrap_or_default())),
    }
}

pub(super) fn account(account: &Account) -> pb::Account {
    let (claimed, skipped, unclaimed) = account.counts();
    pb::Account {
        claimed_count: offset(claimed),
        skipped_count: offset(skipped),
        unclaimed_count: offset(unclaimed),
        sentences: account.sentences.iter().map(|&(span, state)| sentence(span, state)).collect(),
    }
}

fn sentence(span: Span, account: SentenceAccount) -> pb::Sentence {
    let (state, skip_reason) = match account {
        SentenceAccount::Claimed => (pb::SentenceState::Claimed, pb::SkipReason::Unspecified),
        SentenceAccount::Skipped(reason) => (pb::SentenceState::Skipped, skip(reason)),
        SentenceAccount::Unclaimed => (pb::SentenceState::Unclaimed, pb::SkipReason::Unspecified),
    };
    pb::Sentence {
        start_offset: offset(span.start),
        end_offset: offset(span.end),
        state: state.into(),
        skip_reason: skip_reason.into(),
    }
}

fn skip(reason: SkipReason) -> pb::SkipReason {
    match reason {
        SkipReason::Heading => pb::SkipReason::Heading,
        SkipReason::Caption => pb::SkipReason::Caption,
        SkipReason::Byline => pb::SkipReason::Byline,
        SkipReason::Boilerplate => pb::SkipReason::Boilerplate,
        SkipReason::Background => pb::SkipReason::Background,
    }
}

fn reason(reason: DiagnosticReason) -> pb::DiagnosticReason {
    match reason {
        DiagnosticReason::NoMeeting => pb::DiagnosticReason::NoMeeting,
        DiagnosticReason::NoDate => pb::DiagnosticReason::NoDate,
        DiagnosticReason::YearUnknown => pb::DiagnosticReason::YearUnknown,
        DiagnosticReason::ConflictingDates => pb::DiagnosticReason::ConflictingDates,
        DiagnosticReason::InconsistentFigure => pb::DiagnosticReason::InconsistentFigure,
        DiagnosticReason::AmbiguousPerson => pb::DiagnosticReason::AmbiguousPerson,
        DiagnosticReason::UnknownSpeaker => pb::DiagnosticReason::UnknownSpeaker,
        DiagnosticReason::UnclosedQuote => pb::DiagnosticReason::UnclosedQuote,
        DiagnosticReason::Truncated => pb::DiagnosticReason::Truncated,
        DiagnosticReason::LowCoverage => pb::DiagnosticReason::LowCoverage,
        DiagnosticReason::ConflictingReports => pb::DiagnosticReason::ConflictingReports,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_count_and_list_sentences() {
        let sentences = vec![
            (Span::new(0, 5), SentenceAccount::Skipped(SkipReason::Heading)),
            (Span::new(6, 20), SentenceAccount::Claimed),
        ];
        let message = account(&Account { sentences });
        assert_eq!((message.claimed_count, message.skipped_count, message.unclaimed_count), (1, 1, 0));
        assert_eq!(message.sentences[0].skip_reason(), pb::SkipReason::Heading);
        assert_eq!(message.sentences[1].state(), pb::SentenceState::Claimed);
    }
}

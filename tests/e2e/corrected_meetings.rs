//! What people know better of a meeting than the reports of it.

use bienban::grpc::generated::pb;
use pb::correction::Statement;
use prost_types::FieldMask;
use tonic::Code;

use crate::common::{Refusal, text};
use crate::curation::{REPORTS, meant, meeting, revert, with_reports};

#[tokio::test]
async fn a_meeting_says_what_was_corrected() {
    let server = with_reports().await;
    let before = meeting(&server, "r1").await;
    let convener = meant(&server, "UBND phường Bến Đò").await;
    let person = before.participants[0].person.clone().expect("one").name;
    let request = |etag: &str, paths: &[&str]| pb::CorrectMeetingRequest {
        meeting: Some(pb::Meeting {
            name: before.name.clone(),
            etag: etag.into(),
            title: "Giao ban tháng 8".into(),
            date: Some(pb::Date { edtf: "2023-08-04".into(), ..Default::default() }),
            convener: Some(pb::EntityRef { name: convener.clone(), ..Default::default() }),
            ..Default::default()
        }),
        update_mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
        author: "Lan".into(),
        reason: "theo giấy mời".into(),
        ..Default::default()
    };
    let mut asked = request(&before.etag, &["title", "date", "convener"]);
    asked.participants = vec![pb::ParticipantCorrection {
        person: person.clone(),
        role: pb::ParticipantRole::Chair.into(),
        remove: false,
    }];
    let made = server.curation().correct_meeting(asked.clone()).await.expect("corrected").into_inner();
    let after = made.meeting.expect("there");
    assert_eq!(after, meeting(&server, "r1").await);
    let date = after.date.clone().expect("one");
    assert_eq!((date.edtf.as_str(), date.basis(), date.evidence), ("2023-08-04", pb::DateBasis::Corrected, None));
    assert_eq!(
        (after.title.as_str(), after.convener.clone().expect("one").name),
        ("Giao ban tháng 8", convener.clone())
    );
    assert_eq!(after.participants[0].role(), pb::ParticipantRole::Chair);
    let fields: Vec<_> = after.corrections.iter().map(|mark| (mark.field.as_str(), mark.correction.as_str())).collect();
    let by = "corrections/c4";
    assert_eq!(fields, [("title", by), ("date", by), ("convener", by), ("participants", by)]);
    // Evidence and items are what they were.
    assert_eq!((&after.items, &after.mentions), (&before.items, &before.mentions));
    // Found by what is right.
    let listed = pb::ListMeetingsRequest {
        filter: "date = \"2023-08-04\"".into(),
        min_revision: made.revision,
        ..Default::default()
    };
    let listed = server.meetings().list_meetings(listed).await.expect("listed").into_inner().meetings;
    assert_eq!(listed.iter().map(|one| &one.name).collect::<Vec<_>>(), [&before.name]);

    let stale = server.curation().correct_meeting(asked).await.expect_err("stale");
    assert_eq!((stale.code(), Refusal::of(&stale).reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
    for (paths, fields) in [(&["items"][..], vec!["update_mask"]), (&[][..], vec!["update_mask"])] {
        let refused = server.curation().correct_meeting(request("", paths)).await.expect_err("refused");
        assert_eq!(
            (refused.code(), Refusal::of(&refused).fields),
            (Code::InvalidArgument, fields.iter().map(|f| (*f).into()).collect())
        );
    }
    let mut wrong = request("", &["convener"]);
    wrong.meeting.as_mut().expect("one").convener = Some(pb::EntityRef { name: person, ..Default::default() });
    let refused = server.curation().correct_meeting(wrong).await.expect_err("a person");
    assert_eq!(Refusal::of(&refused).fields, ["meeting.convener.name"]);
    assert_eq!(server.revision().await, 4);
    server.curation().revert_correction(revert(by)).await.expect("reverted");
    assert_eq!(meeting(&server, "r1").await, before);
}

#[tokio::test]
async fn a_figure_says_what_was_corrected_or_is_none() {
    let server = with_reports().await;
    let before = meeting(&server, "r3").await;
    let figure = before.figures[0].clone();
    assert_eq!((before.figures.len(), figure.value, figure.unit.as_str()), (1, 120.0, "cây"));
    let correct = async |right: pb::Figure, paths: &[&str], remove| {
        let figure = pb::FigureCorrection {
            place: Some(figure.evidence[0].clone()),
            update_mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
            values: Some(right),
            remove,
            places: Vec::new(),
        };
        let asked = pb::CorrectMeetingRequest {
            meeting: Some(pb::Meeting { name: before.name.clone(), ..Default::default() }),
            figures: vec![figure],
            author: "Lan".into(),
            reason: "đếm lại".into(),
            ..Default::default()
        };
        server.curation().correct_meeting(asked).await.map(tonic::Response::into_inner)
    };
    let right = pb::Figure {
        value: 1_020.5,
        unit: "cây xanh".into(),
        subject: "phường An Lạc".into(),
        period: Some(pb::Date { edtf: "2023-09".into(), ..Default::default() }),
        ..Default::default()
    };
    let refused = correct(pb::Figure { upper: Some(7.0), ..right.clone() }, &["upper", "unit"], false).await;
    assert_eq!(Refusal::of(&refused.expect_err("below the value")).fields, ["figures[0].values.upper"]);
    let refused = correct(pb::Figure::default(), &["unit", "indicator"], false).await.expect_err("no unit");
    assert_eq!(Refusal::of(&refused).fields, ["figures[0].values.unit"]);

    let made = correct(right, &["value", "unit", "subject", "period"], false).await.expect("corrected");
    let after = made.meeting.expect("there");
    let (now, mark) = (&after.figures[0], &after.corrections[0]);
    assert_eq!((now.value, now.unit.as_str(), now.subject.as_str()), (1_020.5, "cây xanh", "phường An Lạc"));
    assert_eq!((&now.text, &now.indicator, &now.evidence), (&figure.text, &figure.indicator, &figure.evidence));
    let period = now.period.clone().expect("one");
    assert_eq!((period.edtf.as_str(), period.basis(), period.evidence), ("2023-09", pb::DateBasis::Corrected, None));
    assert_eq!((after.corrections.len(), mark.field.as_str()), (1, "figures"));
    let kept = made.correction.expect("kept");
    let Some(Statement::Meeting(said)) = &kept.statement else { panic!("{kept:?}") };
    assert_eq!(
        (said.figures[0].places.len(), said.figures[0].values.as_ref().map(|one| one.value)),
        (1, Some(1_020.5))
    );

    // Found by what is right, and no more by what was wrong.
    let found = async |filter: &str| {
        let min_revision = server.revision().await;
        let request = pb::SearchFiguresRequest { filter: filter.into(), min_revision, ..Default::default() };
        server.search().search_figures(request).await.expect("found").into_inner().hits.len()
    };
    assert_eq!((found("value = 1020.5 AND period = 2023-09").await, found("value = 120").await), (1, 0));

    correct(pb::Figure::default(), &[], true).await.expect("removed");
    let without = meeting(&server, "r3").await;
    assert!(without.figures.is_empty());
    let refused = correct(pb::Figure::default(), &[], true).await.expect_err("none is there");
    assert_eq!(Refusal::of(&refused).fields, ["figures[0].place"]);
    for number in [5, 4] {
        server.curation().revert_correction(revert(&format!("corrections/c{number}"))).await.expect("reverted");
    }
    assert_eq!(meeting(&server, "r3").await, before);
}

#[tokio::test]
async fn an_item_says_what_was_corrected_for_as_long_as_its_words_are_there() {
    let server = with_reports().await;
    let before = meeting(&server, "r1").await;
    let speaker = meant(&server, "Lê Thị Thử").await;
    let item = before.items[0].clone();
    assert_eq!((before.items.len(), item.kind()), (1, pb::ItemKind::Directive));
    let right = pb::Item {
        kind: pb::ItemKind::Proposal.into(),
        speaker: Some(pb::EntityRef { name: speaker.clone(), ..Default::default() }),
        ..Default::default()
    };
    let request = |etag: &str, paths: &[&str], remove| pb::CorrectMeetingRequest {
        meeting: Some(pb::Meeting { name: before.name.clone(), etag: etag.into(), ..Default::default() }),
        items: vec![pb::ItemCorrection {
            name: item.name.clone(),
            update_mask: Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() }),
            values: Some(right.clone()),
            remove,
            places: Vec::new(),
        }],
        author: "Lan".into(),
        reason: "nghe băng ghi âm".into(),
        ..Default::default()
    };
    let refused = server.curation().correct_meeting(request("", &["kind"], false)).await.expect_err("of which record?");
    assert_eq!(Refusal::of(&refused).fields, ["meeting.etag"]);
    let asked = request(&before.etag, &["kind", "speaker", "deadline"], false);
    let made = server.curation().correct_meeting(asked).await.expect("corrected").into_inner();
    let is_right = |meeting: &pb::Meeting| {
        let item = &meeting.items[0];
        assert_eq!((item.kind(), item.deadline.clone()), (pb::ItemKind::Proposal, None));
        assert_eq!(item.speaker.clone().expect("one").display_name, "Lê Thị Thử");
        assert_eq!((meeting.corrections.len(), meeting.corrections[0].field.as_str()), (1, "items"));
    };
    is_right(&made.meeting.expect("there"));
    let correction = made.correction.expect("kept");
    let Some(Statement::Meeting(said)) = &correction.statement else { panic!("{correction:?}") };
    let place = &said.items[0].places[0];
    assert_eq!((place.start_offset, place.end_offset), (item.evidence[0].start_offset, item.evidence[0].end_offset));

    // Found by what is right, and no more by what was wrong.
    let found = async |filter: String| {
        let request = pb::SearchItemsRequest { filter, min_revision: server.revision().await, ..Default::default() };
        server.search().search_items(request).await.expect("found").into_inner().hits.len()
    };
    assert_eq!(found(format!("speaker = \"{speaker}\" AND kind = PROPOSAL AND date = \"2023-08-05\"")).await, 1);
    assert_eq!(found("kind = DIRECTIVE AND date = \"2023-08-05\"".into()).await, 0);

    // The words move, and the correction with them; the words go, and it waits.
    let (id, content) = REPORTS[0];
    let longer = content.replace(" Ông", " Hội nghị diễn ra trong nửa buổi sáng. Ông");
    server.ingest(text(id, &longer)).await.expect("kept");
    is_right(&meeting(&server, "r1").await);
    server.ingest(text(id, &content.replace("báo cáo", "gửi báo cáo"))).await.expect("kept");
    let other = meeting(&server, "r1").await;
    assert_eq!((other.items[0].kind(), other.corrections.len()), (pb::ItemKind::Directive, 0));
    let state = async || {
        let request = pb::GetCorrectionRequest { name: correction.name.clone(), min_revision: server.revision().await };
        server.curation().get_correction(request).await.expect("kept").into_inner().state()
    };
    assert_eq!(state().await, pb::CorrectionState::Inapplicable);
    server.ingest(text(id, content)).await.expect("kept");
    is_right(&meeting(&server, "r1").await);
    assert_eq!(state().await, pb::CorrectionState::Active);

    let etag = meeting(&server, "r1").await.etag;
    let made = server.curation().correct_meeting(request(&etag, &[], true)).await.expect("removed").into_inner();
    assert_eq!(made.meeting.expect("there").items, []);
    let etag = meeting(&server, "r1").await.etag;
    let refused = server.curation().correct_meeting(request(&etag, &["kind"], false)).await.expect_err("gone");
    assert_eq!(Refusal::of(&refused).fields, ["items[0].name"]);
    for name in [made.correction.expect("kept").name, correction.name.clone()] {
        server.curation().revert_correction(revert(&name)).await.expect("reverted");
    }
    let after = meeting(&server, "r1").await;
    assert_eq!((after.items, after.corrections), (before.items, before.corrections));
}

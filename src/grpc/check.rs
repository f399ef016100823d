//! Checks the shape of requests: resource names, numbers of enums, sizes. Every fault of a request is told at once.

use crate::model::{CorrectionId, Edtf, EntityId, EntityKind, IdError, MeetingId, ReportId, Revision};
use crate::service::api::{BATCH_MAX, PageRequest, View};
use crate::service::{ServiceError, Violation, ViolationReason};

use super::generated::pb;

/// The faults found so far in one request.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Violation>);

impl Faults {
    /// Notes a fault.
    pub(super) fn note(&mut self, field: &str, reason: ViolationReason, description: impl Into<String>) {
        self.0.push(Violation::new(field, reason, description));
    }

    /// A required name of a report.
    pub(super) fn report(&mut self, field: &str, name: &str) -> Option<ReportId> {
        self.name(field, name, ReportId::COLLECTION, ReportId::from_name)
    }

    /// A required name of a meeting.
    pub(super) fn meeting(&mut self, field: &str, name: &str) -> Option<MeetingId> {
        self.name(field, name, MeetingId::COLLECTION, MeetingId::from_name)
    }

    /// A required name of an entity.
    pub(super) fn entity(&mut self, field: &str, name: &str) -> Option<EntityId> {
        self.name(field, name, EntityId::COLLECTION, EntityId::from_name)
    }

    /// The names of a batch, at least one and at most [`BATCH_MAX`]; `None` if one is wrong.
    pub(super) fn batch<T>(
        &mut self,
        field: &str,
        names: &[String],
        one: impl Fn(&mut Self, &str, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        match names.len() {
            0 => self.note(field, ViolationReason::RequiredField, "must hold at least one name"),
            1..=BATCH_MAX => {}
            many => {
                let rule = format!("must hold at most {BATCH_MAX} names, not {many}");
                self.note(field, ViolationReason::InvalidField, rule);
            }
        }
        // Names beyond the bound are not looked at: as many faults as names would be no help.
        let names = names.iter().take(BATCH_MAX).enumerate();
        let ids: Vec<_> = names.map(|(i, name)| one(self, &format!("{field}[{i}]"), name)).collect();
        ids.into_iter().collect()
    }

    /// A required name of a correction.
    pub(super) fn correction(&mut self, field: &str, name: &str) -> Option<CorrectionId> {
        self.name(field, name, CorrectionId::COLLECTION, CorrectionId::from_name)
    }

    fn name<T>(
        &mut self,
        field: &str,
        name: &str,
        collection: &str,
        parse: impl Fn(&str) -> Result<T, IdError>,
    ) -> Option<T> {
        if name.is_empty() {
            self.note(field, ViolationReason::RequiredField, format!("must be set, as {collection}/…"));
            return None;
        }
        let id = parse(name);
        if let Err(error) = &id {
            self.note(field, ViolationReason::InvalidResourceName, format!("must be {collection}/…; {error}"));
        }
        id.ok()
    }

    /// An optional EDTF date.
    pub(super) fn date(&mut self, field: &str, text: &str) -> Option<Edtf> {
        if text.is_empty() {
            return None;
        }
        let date = text.parse::<Edtf>();
        if let Err(error) = &date {
            self.note(field, ViolationReason::InvalidDate, error.to_string());
        }
        date.ok()
    }

    /// An optional EDTF date with a known year.
    pub(super) fn dated(&mut self, field: &str, text: &str) -> Option<Edtf> {
        let date = self.date(field, text)?;
        if date.lacks_year() {
            self.note(field, ViolationReason::InvalidDate, "must have a known year");
            return None;
        }
        Some(date)
    }

    /// A revision to wait for.
    pub(super) fn min_revision(&mut self, number: i64) -> Revision {
        Revision(u64::try_from(number).unwrap_or_else(|_| {
            self.note("min_revision", ViolationReason::InvalidField, "must not be negative");
            0
        }))
    }

    /// A wish for a number of entries.
    pub(super) fn size(&mut self, field: &str, number: i32) -> u32 {
        u32::try_from(number).unwrap_or_else(|_| {
            self.note(field, ViolationReason::InvalidField, "must not be negative");
            0
        })
    }

    /// A page.
    pub(super) fn page(&mut self, size: i32, token: String) -> PageRequest {
        PageRequest { size: self.size("page_size", size), token }
    }

    /// A view, `default` where none is named.
    pub(super) fn view(&mut self, field: &str, number: i32, default: View) -> View {
        self.wish_for_view(field, number).unwrap_or(default)
    }

    /// A view, `None` where none is named.
    pub(super) fn wish_for_view(&mut self, field: &str, number: i32) -> Option<View> {
        match self.number::<pb::View>(field, number) {
            pb::View::Unspecified => None,
            pb::View::Basic => Some(View::Basic),
            pb::View::Full => Some(View::Full),
        }
    }

    /// A kind of entity, `None` for any.
    pub(super) fn entity_kind(&mut self, field: &str, number: i32) -> Option<EntityKind> {
        match self.number::<pb::EntityKind>(field, number) {
            pb::EntityKind::Unspecified => None,
            pb::EntityKind::Person => Some(EntityKind::Person),
            pb::EntityKind::Organization => Some(EntityKind::Organization),
            pb::EntityKind::Place => Some(EntityKind::Place),
            pb::EntityKind::LegalDocument => Some(EntityKind::LegalDocument),
        }
    }

    /// The enum's value for a number of the wire; UNSPECIFIED, and a fault, for numbers that it does not have.
    pub(super) fn number<E: TryFrom<i32> + Default>(&mut self, field: &str, number: i32) -> E {
        E::try_from(number).unwrap_or_else(|_| {
            self.note(field, ViolationReason::InvalidField, format!("has no value {number}"));
            E::default()
        })
    }

    /// The request, or all its faults.
    pub(super) fn finish<T>(self, request: Option<T>) -> Result<T, ServiceError> {
        match request {
            Some(request) if self.0.is_empty() => Ok(request),
            _ => Err(ServiceError::Invalid(self.0)),
        }
    }
}

/// The fields that a refused request is told of.
#[cfg(test)]
pub(super) fn faulty_fields<T>(refused: Result<T, ServiceError>) -> Vec<String> {
    let Err(ServiceError::Invalid(faults)) = refused else { panic!("accepted") };
    faults.into_iter().map(|fault| fault.field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(faults: &Faults) -> Vec<(&str, ViolationReason)> {
        faults.0.iter().map(|fault| (fault.field.as_str(), fault.reason)).collect()
    }

    #[test]
    fn names_belong_to_their_collection() {
        let mut faults = Faults::default();
        assert_eq!(faults.report("name", "reports/r1"), ReportId::parse("r1").ok());
        assert!(faults.meeting("name", "reports/r1").is_none());
        assert!(faults.entity("parent", "").is_none());
        assert!(faults.report("name", "reports/Báo").is_none());
        let expected = [
            ("name", ViolationReason::InvalidResourceName),
            ("parent", ViolationReason::RequiredField),
            ("name", ViolationReason::InvalidResourceName),
        ];
        assert_eq!(fields(&faults), expected);
    }

    #[test]
    fn numbers_have_bounds() {
        let mut faults = Faults::default();
        assert_eq!(faults.min_revision(-1), Revision(0));
        assert_eq!(faults.page(-1, String::new()).size, 0);
        assert_eq!(faults.view("view", 9, View::Full), View::Full);
        assert_eq!(faults.view("view", 1, View::Full), View::Basic);
        assert_eq!(faults.entity_kind("kind", 2), Some(EntityKind::Organization));
        assert_eq!(fields(&faults).len(), 3);
        assert!(matches!(faults.finish(Some(())), Err(ServiceError::Invalid(all)) if all.len() == 3));
    }

    #[test]
    fn dates_are_edtf() {
        let mut faults = Faults::default();
        assert_eq!(faults.date("as_of", ""), None);
        assert_eq!(faults.date("as_of", "2023-07"), "2023-07".parse().ok());
        assert_eq!(faults.date("as_of", "2023-02-30"), None);
        assert_eq!(fields(&faults), [("as_of", ViolationReason::InvalidDate)]);
    }
}

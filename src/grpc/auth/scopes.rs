//! Which method takes which scope. A method without a line here is open to nobody once callers must show who they are; a test holds
//! that every method of the API has one.

use std::fmt;

/// What a caller may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Read, search and look up.
    Read,
    /// Hand over reports, and delete them.
    Ingest,
    /// Correct what the reader made of them.
    Curate,
    /// Run the service: rebuild, back up, purge.
    Admin,
}

/// All of them.
const ALL: [Scope; 4] = [Scope::Read, Scope::Ingest, Scope::Curate, Scope::Admin];

impl Scope {
    /// As tokens spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Ingest => "ingest",
            Self::Curate => "curate",
            Self::Admin => "admin",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of scopes. None implies another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u8);

impl Scopes {
    /// Every scope.
    pub const ALL: Self = Self(0b1111);

    /// Reads `read,ingest`; between names may stand commas, plus signs or spaces.
    ///
    /// # Errors
    /// The first name that is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let names = text.split([',', '+', ' ']).map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| named(name).ok_or_else(|| name.to_owned())).collect()
    }

    /// Those of these names that are scopes; others mean something elsewhere.
    #[must_use]
    pub fn among<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().filter_map(named).collect()
    }

    /// True if the scope is in it.
    #[must_use]
    pub fn has(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// True if there is none in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |set, scope| set | scope.bit()))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = ALL.into_iter().filter(|scope| self.has(*scope)).map(Scope::name).collect();
        f.write_str(&names.join(","))
    }
}

fn named(name: &str) -> Option<Scope> {
    ALL.into_iter().find(|scope| scope.name() == name)
}

/// Every method of the API, without the slash before it, and the scope it takes.
pub const METHODS: &[(&str, Scope)] = &[
    ("bienban.v1.IngestionService/IngestReport", Scope::Ingest),
    ("bienban.v1.IngestionService/IngestReports", Scope::Ingest),
    ("bienban.v1.IngestionService/DeleteReport", Scope::Ingest),
    ("bienban.v1.IngestionService/UndeleteReport", Scope::Ingest),
    ("bienban.v1.IngestionService/ExtractMeeting", Scope::Read),
    ("bienban.v1.IngestionService/GetReport", Scope::Read),
    ("bienban.v1.IngestionService/ListReports", Scope::Read),
    ("bienban.v1.MeetingService/GetMeeting", Scope::Read),
    ("bienban.v1.MeetingService/BatchGetMeetings", Scope::Read),
    ("bienban.v1.MeetingService/ListMeetings", Scope::Read),
    ("bienban.v1.MeetingService/WatchChanges", Scope::Read),
    ("bienban.v1.EntityService/GetEntity", Scope::Read),
    ("bienban.v1.EntityService/BatchGetEntities", Scope::Read),
    ("bienban.v1.EntityService/ListEntities", Scope::Read),
    ("bienban.v1.EntityService/LookupEntities", Scope::Read),
    ("bienban.v1.EntityService/MatchEntities", Scope::Read),
    ("bienban.v1.EntityService/SuggestEntities", Scope::Read),
    ("bienban.v1.EntityService/ListMentions", Scope::Read),
    ("bienban.v1.EntityService/ListTenures", Scope::Read),
    ("bienban.v1.EntityService/ListRelatedEntities", Scope::Read),
    ("bienban.v1.SearchService/SearchMeetings", Scope::Read),
    ("bienban.v1.SearchService/SearchItems", Scope::Read),
    ("bienban.v1.SearchService/SearchFigures", Scope::Read),
    ("bienban.v1.SearchService/ListSearchFields", Scope::Read),
    ("bienban.v1.SearchService/SuggestSearches", Scope::Read),
    ("bienban.v1.CurationService/MergeEntities", Scope::Curate),
    ("bienban.v1.CurationService/SplitEntity", Scope::Curate),
    ("bienban.v1.CurationService/CorrectMeeting", Scope::Curate),
    ("bienban.v1.CurationService/RevertCorrection", Scope::Curate),
    ("bienban.v1.CurationService/GetCorrection", Scope::Read),
    ("bienban.v1.CurationService/ListCorrections", Scope::Read),
    ("bienban.v1.AdminService/GetStatus", Scope::Read),
    ("bienban.v1.AdminService/BackupJournal", Scope::Admin),
    ("bienban.v1.AdminService/RebuildProjection", Scope::Admin),
];

/// A method of the API by its path, with its scope.
#[must_use]
pub fn method(path: &str) -> Option<(&'static str, Scope)> {
    let name = path.strip_prefix('/')?;
    METHODS.iter().find(|(known, _)| *known == name).copied()
}

#[cfg(test)]
mod tests {
    use prost_reflect::DescriptorPool;

    use super::*;
    use crate::grpc::generated::FILE_DESCRIPTOR_SET;

    #[test]
    fn every_method_takes_a_scope() {
        let pool = DescriptorPool::decode(FILE_DESCRIPTOR_SET).unwrap();
        let mut served: Vec<String> = pool
            .services()
            .flat_map(|service| {
                service.methods().map(|m| format!("{}/{}", service.full_name(), m.name())).collect::<Vec<_>>()
            })
            .collect();
        let mut listed: Vec<String> = METHODS.iter().map(|(name, _)| (*name).to_owned()).collect();
        served.sort();
        listed.sort();
        assert_eq!(served, listed, "say in METHODS which scope each method takes");
    }

    #[test]
    fn scopes_are_spelt_as_they_are_read() {
        for text in ["read", "read,ingest", "read,ingest,curate,admin", ""] {
            assert_eq!(Scopes::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Scopes::parse("admin+read").unwrap().to_string(), "read,admin");
        assert_eq!(Scopes::parse("read,write"), Err("write".into()));
        assert_eq!(Scopes::parse("read,ingest,curate,admin"), Ok(Scopes::ALL));
    }
}

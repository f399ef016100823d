//! Calls to try on the sample reports.

use std::net::{IpAddr, SocketAddr};

/// A method and a request, as grpcurl takes them.
pub const CALLS: [(&str, &str); 3] = [
    ("bienban.v1.EntityService/LookupEntities", r#"{"query": "Bí thư Tỉnh ủy Sơn Hà", "as_of": "2022-06"}"#),
    (
        "bienban.v1.SearchService/SearchItems",
        r#"{"query": "giai ngan dau tu cong", "filter": "kind = DIRECTIVE", "page_size": 3}"#,
    ),
    ("bienban.v1.MeetingService/ListMeetings", r#"{"filter": "kind = CONGRESS AND date >= \"2024\"", "page_size": 3}"#),
];

/// The calls as command lines for a server at this address.
pub fn calls(address: SocketAddr) -> impl Iterator<Item = String> {
    let target = SocketAddr::new(reachable(address.ip()), address.port());
    CALLS.into_iter().map(move |(method, request)| format!("grpcurl -plaintext -d '{request}' {target} {method}"))
}

/// An address that a caller on this machine can use for the one listened on.
fn reachable(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from([127, 0, 0, 1]),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
        ip => ip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_name_an_address_that_answers() {
        let all: Vec<_> = calls(SocketAddr::from(([0, 0, 0, 0], 7))).collect();
        assert!(all.iter().all(|call| call.contains(" 127.0.0.1:7 bienban.v1.")), "{all:?}");
        assert!(calls(SocketAddr::from(([10, 0, 0, 1], 7))).all(|call| call.contains("10.0.0.1:7")));
    }
}

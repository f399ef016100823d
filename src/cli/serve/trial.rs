//! Calls to try on the sample reports.

use std::net::{IpAddr, SocketAddr};

use crate::config::Config;

/// A method and a request, as grpcurl takes them.
pub const CALLS: [(&str, &str); 3] = [
    ("bienban.v1.EntityService/LookupEntities", r#"{"query": "Bí thư Tỉnh ủy Sơn Hà", "as_of": "2022-06"}"#),
    (
        "bienban.v1.SearchService/SearchItems",
        r#"{"query": "giai ngan dau tu cong", "filter": "kind = DIRECTIVE", "page_size": 3}"#,
    ),
    ("bienban.v1.MeetingService/ListMeetings", r#"{"filter": "kind = CONGRESS AND date >= \"2024\"", "page_size": 3}"#),
];

/// The calls as command lines for a server at this address, with what its settings make a caller show.
pub fn calls(address: SocketAddr, config: &Config) -> impl Iterator<Item = String> + use<> {
    let target = SocketAddr::new(reachable(address.ip()), address.port());
    let transport = match &config.tls.cert_file {
        Some(certificate) => format!("-cacert '{}'", certificate.display()),
        None => "-plaintext".to_owned(),
    };
    let auth = &config.auth;
    let asked = auth.tokens_file.is_some() || auth.jwks_file.is_some() || !auth.jwks_url.is_empty();
    let shown = if asked { " -H \"authorization: Bearer $(cat token)\"" } else { "" };
    CALLS
        .into_iter()
        .map(move |(method, request)| format!("grpcurl {transport}{shown} -d '{request}' {target} {method}"))
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
        let config = Config::defaults();
        let all: Vec<_> = calls(SocketAddr::from(([0, 0, 0, 0], 7)), &config).collect();
        assert!(all.iter().all(|call| call.contains(" 127.0.0.1:7 bienban.v1.")), "{all:?}");
        assert!(calls(SocketAddr::from(([10, 0, 0, 1], 7)), &config).all(|call| call.contains("10.0.0.1:7")));
    }

    #[test]
    fn calls_show_what_is_asked_for() {
        let mut config = Config::defaults();
        config.tls.cert_file = Some("tls.crt".into());
        config.auth.tokens_file = Some("tokens".into());
        let shown = "grpcurl -cacert 'tls.crt' -H \"authorization: Bearer $(cat token)\" -d '{";
        assert!(calls(SocketAddr::from(([0, 0, 0, 0], 7)), &config).all(|call| call.starts_with(shown)));
    }
}

//! Callers that are known, and those that are not.

use super::*;

const PEER: &str = "192.0.2.7:1234";

fn peer(names: &[&str]) -> Peer {
    Peer { address: PEER.parse().unwrap(), names: names.iter().map(|name| (*name).to_owned()).collect() }
}

fn keeper() -> (Gatekeeper, String) {
    let made = NewToken::make("indexer", Scopes::among(["ingest"])).unwrap();
    let keeper = Gatekeeper {
        tokens: Some(ArcSwap::from_pointee(Tokens::parse(&made.line).unwrap())),
        keys: None,
        certificates: HashMap::from([("portal.example".to_owned(), Scopes::among(["read"]))]),
    };
    (keeper, made.token)
}

#[tokio::test]
async fn tokens_and_certificates_are_known() {
    let (keeper, token) = keeper();
    let by_token = keeper.recognise(Some(format!("Bearer {token}").as_bytes()), None).await.unwrap();
    assert_eq!(&*by_token.name, "indexer");
    let by_certificate = keeper.recognise(None, Some(&peer(&["other", "portal.example"]))).await.unwrap();
    assert_eq!((&*by_certificate.name, by_certificate.scopes.to_string()), ("portal.example", "read".to_owned()));
}

#[tokio::test]
async fn others_are_told_what_is_wrong() {
    let (keeper, _) = keeper();
    let stranger = peer(&["stranger.example"]);
    for (header, peer, problem) in [
        (None, None, Problem::Missing),
        (None, Some(&peer(&[])), Problem::Missing),
        (None, Some(&stranger), Problem::Certificate),
        (Some("Basic abc"), None, Problem::Malformed),
        (Some("Bearer"), None, Problem::Malformed),
        (Some("Bearer bbn_x"), Some(&stranger), Problem::Unknown),
    ] {
        let refused = keeper.recognise(header.map(str::as_bytes), peer).await;
        assert_eq!(refused, Err(Refusal::Unauthenticated(problem)), "{header:?}");
    }
}

mod jwt {
    use std::time::{SystemTime, UNIX_EPOCH};

    use data_encoding::BASE64URL_NOPAD as BASE64;
    use ring::rand::SystemRandom;
    use ring::signature::{Ed25519KeyPair, KeyPair as _};
    use serde_json::{Value, json};

    use super::*;

    struct Issuer {
        kid: &'static str,
        pair: Ed25519KeyPair,
    }

    impl Issuer {
        fn new(kid: &'static str) -> Self {
            let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
            Self { kid, pair: Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap() }
        }

        fn jwks(&self) -> Vec<u8> {
            let x = BASE64.encode(self.pair.public_key().as_ref());
            let key = json!({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": self.kid, "x": x});
            serde_json::to_vec(&json!({"keys": [key]})).unwrap()
        }

        fn token(&self, claims: &Value) -> String {
            let header = json!({"alg": "EdDSA", "kid": self.kid});
            let part = |value: &Value| BASE64.encode(&serde_json::to_vec(value).unwrap());
            let signed = format!("{}.{}", part(&header), part(claims));
            let signature = BASE64.encode(self.pair.sign(signed.as_bytes()).as_ref());
            format!("{signed}.{signature}")
        }
    }

    fn in_seconds(seconds: i64) -> i64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        i64::try_from(now).unwrap() + seconds
    }

    fn claims() -> Value {
        json!({
            "iss": "https://id.example", "aud": ["other", "bienban"], "sub": "portal", "exp": in_seconds(600),
            "scope": "openid bienban.read bienban.ingest admin",
        })
    }

    fn keys(issuer: &Issuer) -> Keys {
        let keys = Keys::new(JwtRules {
            issuer: "https://id.example".into(),
            audiences: vec!["bienban".into()],
            scope_claim: "scope".into(),
            scope_prefix: "bienban.".into(),
        });
        assert_eq!(keys.put(&issuer.jwks()).unwrap(), 1);
        keys
    }

    #[tokio::test]
    async fn a_token_of_the_issuer_is_known() {
        let issuer = Issuer::new("k1");
        let found = keys(&issuer).recognise(&issuer.token(&claims())).await.unwrap();
        assert_eq!((&*found.name, found.scopes.to_string()), ("portal", "read,ingest".to_owned()));
    }

    #[tokio::test]
    async fn others_are_told_what_is_wrong() {
        let (issuer, stranger) = (Issuer::new("k1"), Issuer::new("k1"));
        let keys = keys(&issuer);
        let with = |name: &str, value: Value| {
            let mut claims = claims();
            claims[name] = value;
            issuer.token(&claims)
        };
        let unsigned = format!("{}.{}.", BASE64.encode(br#"{"alg":"none","kid":"k1"}"#), BASE64.encode(b"{}"));
        let symmetric = format!("{}.{}.AAAA", BASE64.encode(br#"{"alg":"HS256","kid":"k1"}"#), BASE64.encode(b"{}"));
        for (token, problem) in [
            (stranger.token(&claims()), Problem::Signature),
            (Issuer::new("k9").token(&claims()), Problem::Unknown),
            (with("exp", json!(in_seconds(-600))), Problem::Expired),
            (with("nbf", json!(in_seconds(600))), Problem::Expired),
            (with("exp", Value::Null), Problem::Foreign),
            (with("iss", json!("https://evil.example")), Problem::Foreign),
            (with("aud", json!("other")), Problem::Foreign),
            (unsigned, Problem::Unknown),
            (symmetric, Problem::Signature),
            ("rubbish".to_owned(), Problem::Unknown),
        ] {
            assert_eq!(keys.recognise(&token).await, Err(problem), "{token}");
        }
    }

    #[tokio::test]
    async fn an_unknown_key_is_asked_for_once_it_may_be() {
        let (old, new) = (Issuer::new("k1"), Issuer::new("k2"));
        let keys = Arc::new(keys(&old));
        let token = new.token(&claims());
        assert_eq!(keys.recognise(&token).await, Err(Problem::Unknown), "it may not ask");
        keys.may_ask(true);
        let (asked, issued) = (Arc::clone(&keys), new.jwks());
        let keeper = tokio::spawn(async move {
            asked.wanted().await;
            asked.put(&issued).unwrap();
        });
        assert!(keys.recognise(&token).await.is_ok());
        keeper.await.unwrap();
        assert!(keys.put(b"{\"keys\": []}").is_err(), "a set without keys is not taken");
        assert!(keys.recognise(&token).await.is_ok());
    }
}

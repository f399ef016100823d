//! What holds of all settings together.

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    layers: Layers,
}

fn parse(arguments: &[&str]) -> Layers {
    Line::parse_from([&["bienban"], arguments].concat()).layers
}

fn file(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.toml");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn defaults_are_usable() {
    let config = Config::defaults();
    assert_eq!(config.limits.text, 4 << 20);
    assert_eq!(config.server.listen, ([127, 0, 0, 1], 50051).into());
}

#[test]
fn the_file_in_the_repository_lists_the_defaults() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("bienban.toml");
    if std::env::var_os("UPDATE_BIENBAN_TOML").is_some() {
        std::fs::write(&path, documented()).unwrap();
    }
    let told = std::fs::read_to_string(&path).unwrap();
    assert_eq!(told, documented(), "write it anew with UPDATE_BIENBAN_TOML=1 cargo test --lib config");
    let read = Layers::default().with_file(path).read().unwrap();
    assert_eq!(format!("{:?}", read.config), format!("{:?}", Config::defaults()));
}

#[test]
fn flags_win_over_the_file() {
    let (_folder, path) = file("[limits]\ncalls = 7\nwrite_queue = 8\n");
    let read = parse(&["--limits-calls", "9", "--config", path.to_str().unwrap()]).read().unwrap();
    assert_eq!((read.config.limits.calls, read.config.limits.write_queue), (9, 8));
    let told = read.render();
    assert!(told.contains("calls = 9  # --limits-calls\n"), "{told}");
    assert!(told.contains(&format!("write_queue = 8  # {}:3:1\n", path.display())), "{told}");
}

#[test]
fn what_could_never_work_is_refused() {
    let fits = |arguments: &[&str]| parse(arguments).read().is_ok();
    for (endpoint, is_one) in
        [("https://collector:4317", true), ("http://collector:4317", true), ("collector:4317", false)]
    {
        assert_eq!(fits(&["--traces-endpoint", endpoint]), is_one, "{endpoint}");
    }
    for (origin, is_one) in [
        ("*", true),
        ("https://portal.example", true),
        ("http://localhost:8080", true),
        ("https://portal.example/", false),
        ("portal.example", false),
        ("https://", false),
    ] {
        assert_eq!(fits(&["--web-grpc-web", "true", "--web-origins", origin]), is_one, "{origin}");
    }
    // More than the index takes.
    assert!(fits(&["--projection-index-heap", "4095MiB"]) && !fits(&["--projection-index-heap", "4096MiB"]));
}

#[test]
fn all_mistakes_are_told_together_with_their_places() {
    let text = "[limits]\ncalls = 0\ncals = 1\ntext = 4\n\n[limit]\nx = 1\n\n[log]\n  format = \"xml\"\n";
    let (_folder, path) = file(text);
    let ConfigError(faults) = parse(&["--config", path.to_str().unwrap(), "--shutdown-drain", "2"]).read().unwrap_err();
    let name = path.display();
    for expected in [
        format!("{name}:3:1: there is no limits.cals; calls was meant?"),
        format!("{name}:4:1: limits.text must be text in quotes, and is of type integer"),
        format!("{name}:6:2: there is no limit; limits was meant?"),
        format!("{name}:2:1: limits.calls must be a whole number from 1 to 1000000 (it is \"0\")"),
        "--shutdown-drain: shutdown.drain must be a time from 0s to 1h (it is \"2\")".to_owned(),
        format!("{name}:10:3: log.format must be text or json (it is \"xml\")"),
    ] {
        assert!(faults.contains(&expected), "{expected} is not in {faults:#?}");
    }
    assert_eq!(faults.len(), 6, "{faults:#?}");
}

#[test]
fn a_file_that_is_no_toml_and_one_that_is_not_there_are_told() {
    let (folder, path) = file("[limits\ncalls = = 1\n");
    assert!(Layers::default().with_file(path).read().is_err());
    let ConfigError(faults) = Layers::default().with_file(folder.path().join("none")).read().unwrap_err();
    assert!(faults[0].contains("cannot be read"), "{faults:?}");
}

#[test]
fn what_is_in_force_says_the_same_when_read_again() {
    let read = Layers::default().with("limits.text", "1MiB").with("log.filter", "a\"b").read().unwrap();
    let (_folder, path) = file(&read.render());
    let again = Layers::default().with_file(path).read().unwrap();
    assert_eq!(format!("{:?}", again.config), format!("{:?}", read.config));
}

#[test]
fn every_setting_is_explained_and_has_a_name_of_its_own() {
    let mut flags: Vec<String> = SETTINGS.iter().map(Setting::flag).collect();
    assert!(SETTINGS.iter().all(|setting| setting.doc.trim().ends_with('.')));
    flags.sort();
    let count = flags.len();
    flags.dedup();
    assert_eq!(flags.len(), count);
}

#[test]
fn settings_that_lack_another_are_told() {
    let layers = Layers::default()
        .with("tls.cert_file", "tls.crt")
        .with("auth.jwks_url", "http://id.example/keys")
        .with("auth.certificates", "portal.example=read")
        .with("web.origins", "https://portal.example")
        .with("traces.endpoint", "collector:4317");
    let ConfigError(faults) = layers.read().unwrap_err();
    for expected in [
        "tls.key_file",
        "https://",
        "auth.jwt_issuer",
        "auth.jwt_audiences",
        "tls.client_ca_file",
        "web.grpc_web",
        "http://",
    ] {
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{expected} is not in {faults:#?}");
    }
    assert_eq!(faults.len(), 7, "{faults:#?}");
}

#[test]
fn openness_to_the_world_is_seen() {
    let open = |layers: Layers| layers.read().unwrap().config.open_to_the_world();
    let world = Layers::default().with("server.listen", "0.0.0.0:1");
    assert!(open(world.clone()));
    assert!(!open(Layers::default()));
    assert!(!open(world.with("auth.tokens_file", "tokens")));
}

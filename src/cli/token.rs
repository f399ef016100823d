//! `token`: makes tokens for callers.

use clap::{Args, Subcommand};

use super::failure::{Failure, Verdict};
use super::print::Page;
use crate::grpc::auth::{NewToken, Scopes};

/// Make tokens for callers.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a token. The token is printed on standard output, once, and kept nowhere; the line for the file of tokens
    /// (auth.tokens_file), which has only its hash, on standard error.
    New {
        /// What logs and limits shall know the caller by; no spaces.
        name: String,
        /// What the caller may do: read, ingest, curate, admin, with commas between them.
        #[arg(long, value_parser = scopes)]
        scopes: Scopes,
    },
}

fn scopes(text: &str) -> Result<Scopes, String> {
    let scopes = Scopes::parse(text).map_err(|name| format!("there is no scope {name:?}"))?;
    if scopes.is_empty() { Err("at least one scope is needed".into()) } else { Ok(scopes) }
}

/// Makes and prints.
pub fn run(options: &Options) -> Result<Verdict, Failure> {
    let Action::New { name, scopes } = &options.action;
    if name.is_empty() || name.contains(char::is_whitespace) || name.starts_with('#') {
        return Err(Failure::Usage(anyhow::anyhow!("{name:?} is no name: no spaces, and not # first")));
    }
    let made = NewToken::make(name, *scopes).map_err(Failure::failed)?;
    eprintln!("{}", made.line);
    Page::new().line(&made.token).show()?;
    Ok(Verdict::Good)
}

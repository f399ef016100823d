//! Compiles `proto/` without protoc: descriptor set for reflection, messages, servers and clients for `src/grpc`.

use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

const ROOT: &str = "proto";
const PACKAGE_FOLDER: &str = "proto/bienban/v1";

fn main() -> Result<(), Box<dyn Error>> {
    let protos = proto_files()?;
    // tonic-prost-build tells Cargo nothing of what it reads when it is handed descriptors.
    println!("cargo:rerun-if-changed={PACKAGE_FOLDER}");
    for proto in &protos {
        println!("cargo:rerun-if-changed={}", proto.display());
    }

    let mut compiler = protox::Compiler::new([ROOT])?;
    // Comments go into the set: `grpcurl describe` then prints the manual.
    compiler.include_imports(true).include_source_info(true).open_files(&protos)?;
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    fs::write(folder.join("bienban.v1.bin"), compiler.encode_file_descriptor_set())?;
    tonic_prost_build::configure().compile_fds(compiler.file_descriptor_set())?;
    Ok(())
}

/// Every file of the package, in order of name, so that the output is the same on every machine.
fn proto_files() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(Path::new(PACKAGE_FOLDER))?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "proto"));
    files.sort();
    Ok(files)
}

//! What `build.rs` makes of `proto/`.

/// Messages, enums, servers and clients of `bienban.v1`. Their documentation is that of the proto.
#[allow(
    clippy::all,
    clippy::pedantic,
    missing_docs,
    rustdoc::bare_urls,
    rustdoc::invalid_html_tags,
    reason = "generated; its habits are not ours to mend"
)]
pub mod pb {
    tonic::include_proto!("bienban.v1");
}

/// The files of `bienban.v1` with their comments, as an encoded `google.protobuf.FileDescriptorSet`.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/bienban.v1.bin"));

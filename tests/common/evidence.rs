//! Finds every piece of evidence in a message, wherever it lies.

use bienban::grpc::generated::{FILE_DESCRIPTOR_SET, pb};
use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage, ReflectMessage as _, Value};

/// All evidence in a message of this name.
pub fn within(name: &str, message: &impl Message) -> Vec<pb::Evidence> {
    let pool = DescriptorPool::decode(FILE_DESCRIPTOR_SET).expect("built in");
    let described = pool.get_message_by_name(&format!("bienban.v1.{name}")).expect("known");
    let message = DynamicMessage::decode(described, message.encode_to_vec().as_slice()).expect("decodes");
    let mut found = Vec::new();
    walk(&message, &mut found);
    found
}

fn walk(message: &DynamicMessage, found: &mut Vec<pb::Evidence>) {
    if message.descriptor().full_name() == "bienban.v1.Evidence" {
        found.push(message.transcode_to().expect("evidence"));
    }
    for (_, value) in message.fields() {
        visit(value, found);
    }
}

fn visit(value: &Value, found: &mut Vec<pb::Evidence>) {
    match value {
        Value::Message(message) => walk(message, found),
        Value::List(values) => values.iter().for_each(|value| visit(value, found)),
        Value::Map(values) => values.values().for_each(|value| visit(value, found)),
        _ => {}
    }
}

/// The code points of a text from `start` to `end`; `None` where it has none there.
pub fn cut(text: &str, start: i32, end: i32) -> Option<String> {
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    let all: Vec<char> = text.chars().collect();
    Some(all.get(start..end)?.iter().collect())
}

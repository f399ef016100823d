//! Answers on their way: what was handed to the transport and has not left yet.
//!
//! A client that stops reading leaves its answers in our memory, and the call's place would be free already. So each message is handed
//! over with what it holds attached to it: the place comes back when the transport has let go of the bytes, and a message that
//! stays too long ends its connection.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use tonic::codegen::Bytes;

/// The messages of one connection that are not sent yet, oldest first.
#[derive(Debug, Default)]
pub(super) struct Sending(Mutex<VecDeque<(Weak<()>, Instant)>>);

/// A message with what it holds until it is sent.
struct Message<H> {
    bytes: Bytes,
    _sent: Arc<()>,
    _holds: H,
}

impl<H> AsRef<[u8]> for Message<H> {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Sending {
    /// The same bytes, which are watched until the transport has let go of them, and hold something meanwhile.
    pub(super) fn watch<H: Send + 'static>(&self, bytes: Bytes, holds: H) -> Bytes {
        let sent = Arc::new(());
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while waiting.front().is_some_and(|(message, _)| message.strong_count() == 0) {
            waiting.pop_front();
        }
        waiting.push_back((Arc::downgrade(&sent), Instant::now()));
        Bytes::from_owner(Message { bytes, _sent: sent, _holds: holds })
    }

    /// True if a message has been waiting for so long.
    pub(super) fn waits_longer_than(&self, time: Duration) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while waiting.front().is_some_and(|(message, _)| message.strong_count() == 0) {
            waiting.pop_front();
        }
        waiting.front().is_some_and(|(_, since)| since.elapsed() > time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_waits_until_its_last_byte_is_let_go() {
        let (sending, held) = (Sending::default(), Arc::new(()));
        let mut message = sending.watch(Bytes::from_static(b"abc"), Arc::clone(&held));
        let first = message.split_to(1);
        drop(message);
        assert!(sending.waits_longer_than(Duration::ZERO));
        assert!(!sending.waits_longer_than(Duration::from_secs(3600)));
        assert_eq!((first.as_ref(), Arc::strong_count(&held)), (b"a".as_ref(), 2));
        drop(first);
        assert!(!sending.waits_longer_than(Duration::ZERO));
        assert_eq!(Arc::strong_count(&held), 1);
    }
}

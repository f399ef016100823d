//! Files on one side, the network on the other: a bounded queue between a thread that reads and a task that sends.

use tokio::sync::mpsc;

use super::files::{Found, Plan};

/// How many reports lie ready.
const AHEAD: usize = 32;

/// Reads what was planned in a thread of its own. The thread ends when the receiver is dropped.
pub fn feed(plan: Plan) -> mpsc::Receiver<Found> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        for found in plan.read() {
            if sender.blocking_send(found).is_err() {
                return;
            }
        }
    });
    receiver
}

//! What one turn of a connection writes, handed to the socket together.
//!
//! HTTP/2 ends an answer with a frame of its own, and the transport writes that one apart from what stands before it: two calls of the kernel, two packets, and a client
//! that is woken twice, which is as much work as many a question. So writes are gathered, and sent when the connection has nothing more to say for now:
//! whoever polls it calls [`Cork::send`] behind.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Most bytes that are gathered. What does not fit goes to the socket at once, together with what was gathered before.
const MOST: usize = 16 << 10;
/// Most room that a connection keeps which has nothing to say.
const KEPT: usize = 4 << 10;

/// A connection whose writes are gathered.
pub(super) struct Corked<IO>(Arc<Mutex<Gathered<IO>>>);

/// Sends what a connection has written.
pub(super) struct Cork<IO>(Arc<Mutex<Gathered<IO>>>);

struct Gathered<IO> {
    io: IO,
    bytes: Vec<u8>,
    /// So many of them are sent.
    sent: usize,
    /// Something was written that the layer below (TLS) may still hold.
    held_below: bool,
}

impl<IO> Corked<IO> {
    pub(super) fn new(io: IO) -> (Self, Cork<IO>) {
        let shared = Arc::new(Mutex::new(Gathered { io, bytes: Vec::new(), sent: 0, held_below: false }));
        (Self(Arc::clone(&shared)), Cork(shared))
    }

    fn gathered(&self) -> MutexGuard<'_, Gathered<IO>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<IO: AsyncWrite + Unpin> Cork<IO> {
    /// Sends what was gathered; `Pending` while the socket takes no more, which wakes the task once it does.
    pub(super) fn send(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).send(cx)
    }
}

impl<IO: AsyncWrite + Unpin> Gathered<IO> {
    fn send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(left) = self.bytes.get(self.sent..).filter(|left| !left.is_empty()) {
            let sent = ready!(Pin::new(&mut self.io).poll_write(cx, left))?;
            self.count(sent)?;
        }
        self.clear();
        if self.held_below {
            ready!(Pin::new(&mut self.io).poll_flush(cx))?;
            self.held_below = false;
        }
        Poll::Ready(Ok(()))
    }

    /// Takes bytes up, or hands them to the socket behind those that were gathered: how many.
    fn write(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.bytes.len() + bytes.len() <= MOST {
            self.bytes.extend_from_slice(bytes);
            return Poll::Ready(Ok(bytes.len()));
        }
        loop {
            let left = self.bytes.get(self.sent..).unwrap_or_default();
            let before = left.len();
            let both = [IoSlice::new(left), IoSlice::new(bytes)];
            let sent = ready!(Pin::new(&mut self.io).poll_write_vectored(cx, &both))?;
            self.held_below = true;
            if sent > before {
                self.clear();
                return Poll::Ready(Ok(sent - before));
            }
            self.count(sent)?;
        }
    }

    fn count(&mut self, sent: usize) -> io::Result<()> {
        self.sent += sent;
        self.held_below = true;
        if sent == 0 { Err(io::ErrorKind::WriteZero.into()) } else { Ok(()) }
    }

    fn clear(&mut self) {
        self.sent = 0;
        self.bytes.clear();
        self.bytes.shrink_to(KEPT);
    }
}

impl<IO: AsyncRead + Unpin> AsyncRead for Corked<IO> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.gathered().io).poll_read(cx, buffer)
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Corked<IO> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.gathered().write(cx, bytes)
    }

    /// Nothing: it is sent when the turn of the connection ends.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut gathered = self.gathered();
        ready!(gathered.send(cx))?;
        Pin::new(&mut gathered.io).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    /// Keeps what each call writes; takes at most so many bytes of each.
    #[derive(Default)]
    struct Written {
        calls: Vec<Vec<u8>>,
        most: usize,
    }

    impl AsyncWrite for Written {
        fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
            let taken = bytes.len().min(self.most);
            self.calls.push(bytes[..taken].to_vec());
            Poll::Ready(Ok(taken))
        }

        fn poll_write_vectored(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            all: &[IoSlice<'_>],
        ) -> Poll<io::Result<usize>> {
            let bytes: Vec<u8> = all.iter().flat_map(|one| one.to_vec()).collect();
            self.poll_write(cx, &bytes)
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    fn calls(corked: &Corked<Written>) -> Vec<Vec<u8>> {
        corked.gathered().io.calls.clone()
    }

    #[tokio::test]
    async fn what_a_turn_writes_is_sent_once() {
        let (mut corked, cork) = Corked::new(Written { most: usize::MAX, ..Written::default() });
        corked.write_all(b"answer").await.unwrap();
        corked.flush().await.unwrap();
        corked.write_all(b", end").await.unwrap();
        assert_eq!(calls(&corked), [b""; 0]);
        poll_fn(|cx| cork.send(cx)).await.unwrap();
        poll_fn(|cx| cork.send(cx)).await.unwrap();
        assert_eq!(calls(&corked), [b"answer, end"]);
    }

    #[tokio::test]
    async fn large_writes_go_with_what_was_before_them_and_nothing_is_lost() {
        for most in [1, 7, 1000, MOST, usize::MAX] {
            let (mut corked, cork) = Corked::new(Written { most, ..Written::default() });
            let large: Vec<u8> = (0..2 * MOST).map(|at| at as u8).collect();
            corked.write_all(b"head").await.unwrap();
            corked.write_all(&large).await.unwrap();
            corked.write_all(b"tail").await.unwrap();
            if most == usize::MAX {
                assert_eq!(calls(&corked).len(), 1);
            }
            poll_fn(|cx| cork.send(cx)).await.unwrap();
            assert_eq!(calls(&corked).concat(), [b"head", large.as_slice(), b"tail"].concat(), "{most} at once");
        }
    }

    #[tokio::test]
    async fn whoever_takes_nothing_is_waited_for() {
        let (near, mut far) = tokio::io::duplex(8);
        let (mut corked, cork) = Corked::new(near);
        corked.write_all(b"more than eight").await.unwrap();
        let sending = tokio::spawn(async move { poll_fn(|cx| cork.send(cx)).await });
        let mut read = [0; 15];
        far.read_exact(&mut read).await.unwrap();
        sending.await.unwrap().unwrap();
        corked.write_all(b"last").await.unwrap();
        corked.shutdown().await.unwrap();
        let mut rest = Vec::new();
        far.read_to_end(&mut rest).await.unwrap();
        assert_eq!((read.as_slice(), rest.as_slice()), (b"more than eight".as_slice(), b"last".as_slice()));
    }

    #[tokio::test]
    async fn little_room_is_kept() {
        let (mut corked, cork) = Corked::new(Written { most: usize::MAX, ..Written::default() });
        corked.write_all(&[0; MOST]).await.unwrap();
        poll_fn(|cx| cork.send(cx)).await.unwrap();
        assert!(corked.gathered().bytes.capacity() <= KEPT);
    }
}

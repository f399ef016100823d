//! What a client sends beside calls: counted, so that nobody keeps the server busy with what costs a client nothing.
//!
//! HTTP/2 lets a client send pings, settings, cancellations and the like as often as it likes, and each wants work. A connection has an allowance for
//! these frames, which grows with time, with what is asked and with what is answered; whoever has used it up is cut off. Clients that mind their own calls
//! never come near it. Frames are only looked at here, by their heads: everything goes on to the transport as it came.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What an HTTP/2 connection begins with.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Bytes of a frame's head: length, type, flags, stream.
const HEAD: usize = 9;

/// Most that an allowance holds, and what it begins with.
const MOST: i64 = 1000;
/// What it gains in a second.
const A_SECOND: f64 = 10.0;
/// What it gains with each piece of a request, and with each call.
const A_PIECE: i64 = 4;
const A_CALL: i64 = 2;
/// With how many bytes of answers it gains one.
const BYTES_ANSWERED: usize = 512;
/// What a cancellation costs; any other frame beside calls costs one.
const A_CANCELLATION: i64 = 2;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;

/// What is known of a connection from its frames.
#[derive(Debug, Default)]
pub(super) struct Manners {
    greeted: AtomicBool,
    abused: AtomicBool,
}

impl Manners {
    /// True once the client has said what it speaks.
    pub(super) fn greeted(&self) -> bool {
        self.greeted.load(Ordering::Relaxed)
    }

    /// True if it was cut off for what it sent.
    pub(super) fn abused(&self) -> bool {
        self.abused.load(Ordering::Relaxed)
    }
}

/// A connection that is looked at.
pub(super) struct Observed<IO> {
    io: IO,
    reader: Reader,
    manners: Arc<Manners>,
}

impl<IO> Observed<IO> {
    pub(super) fn new(io: IO) -> (Self, Arc<Manners>) {
        let manners = Arc::new(Manners::default());
        (Self { io, reader: Reader::new(Instant::now()), manners: Arc::clone(&manners) }, manners)
    }
}

/// Where in the stream of frames the client is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// So many bytes of the preface came.
    Preface(usize),
    /// So many bytes of a head came.
    Head([u8; HEAD], usize),
    /// So many bytes of a frame are still to come.
    Body(usize),
    /// It speaks HTTP/1, which has no such frames.
    Other,
}

/// Reads heads of frames, and keeps the allowance.
#[derive(Debug)]
struct Reader {
    place: Place,
    allowance: i64,
    since: Instant,
}

impl Reader {
    fn new(now: Instant) -> Self {
        Self { place: Place::Preface(0), allowance: MOST, since: now }
    }

    /// Looks at what came. False once the allowance is used up.
    fn read(&mut self, mut bytes: &[u8], now: Instant) -> bool {
        while !bytes.is_empty() {
            bytes = match self.place {
                Place::Other => return true,
                Place::Preface(have) => {
                    let come = bytes.len().min(PREFACE.len() - have);
                    let fits = bytes[..come] == PREFACE[have..have + come];
                    self.place = match have + come {
                        _ if !fits => Place::Other,
                        all if all == PREFACE.len() => Place::Head([0; HEAD], 0),
                        some => Place::Preface(some),
                    };
                    &bytes[come..]
                }
                Place::Head(mut head, have) => {
                    let come = bytes.len().min(HEAD - have);
                    head[have..have + come].copy_from_slice(&bytes[..come]);
                    self.place = Place::Head(head, have + come);
                    if have + come == HEAD {
                        let length = usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
                        self.count(head[3], length, now);
                        self.place = if length == 0 { Place::Head([0; HEAD], 0) } else { Place::Body(length) };
                    }
                    &bytes[come..]
                }
                Place::Body(left) => {
                    let come = bytes.len().min(left);
                    self.place = if come == left { Place::Head([0; HEAD], 0) } else { Place::Body(left - come) };
                    &bytes[come..]
                }
            };
        }
        self.allowance >= 0
    }

    fn greeted(&self) -> bool {
        !matches!(self.place, Place::Preface(_))
    }

    fn count(&mut self, kind: u8, length: usize, now: Instant) {
        match kind {
            DATA if length > 0 => self.gain(A_PIECE),
            HEADERS => self.gain(A_CALL),
            RESET => self.allowance -= A_CANCELLATION,
            _ => self.allowance -= 1,
        }
        if self.allowance < 0 {
            #[allow(clippy::cast_possible_truncation, reason = "a number of seconds times ten, cut to MOST at once")]
            let gained = (now.duration_since(self.since).as_secs_f64() * A_SECOND) as i64;
            self.since = now;
            self.gain(gained);
        }
    }

    fn gain(&mut self, gained: i64) {
        self.allowance = self.allowance.saturating_add(gained).min(MOST);
    }
}

impl<IO: AsyncRead + Unpin> AsyncRead for Observed<IO> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.io).poll_read(cx, buffer))?;
        if self.reader.place == Place::Other {
            return Poll::Ready(Ok(()));
        }
        let well = self.reader.read(&buffer.filled()[before..], Instant::now());
        if self.reader.greeted() {
            self.manners.greeted.store(true, Ordering::Relaxed);
        }
        if well {
            return Poll::Ready(Ok(()));
        }
        self.manners.abused.store(true, Ordering::Relaxed);
        Poll::Ready(Err(io::Error::new(io::ErrorKind::ConnectionAborted, "too many frames beside calls")))
    }
}

impl<IO: AsyncWrite + Unpin> Observed<IO> {
    fn wrote(&mut self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(bytes)) = &written {
            self.reader.gain(i64::try_from(bytes / BYTES_ANSWERED).unwrap_or(MOST));
        }
        written
    }
}

impl<IO: AsyncWrite + Unpin> AsyncWrite for Observed<IO> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write(cx, bytes);
        self.wrote(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write_vectored(cx, bytes);
        self.wrote(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const PING: u8 = 6;

    fn frame(kind: u8, length: usize) -> Vec<u8> {
        let mut frame = vec![0, (length >> 8) as u8, length as u8, kind, 0, 0, 0, 0, 0];
        frame.extend(std::iter::repeat_n(b'x', length));
        frame
    }

    fn reader(now: Instant) -> Reader {
        let mut reader = Reader::new(now);
        assert!(reader.read(&PREFACE[..7], now) && !reader.greeted());
        assert!(reader.read(&PREFACE[7..], now) && reader.greeted());
        reader
    }

    #[test]
    fn pings_without_end_use_the_allowance_up_however_they_are_cut() {
        let now = Instant::now();
        let pings = frame(PING, 8).repeat(1001);
        let end_of_last_head = pings.len() - 8 - 1;
        for cut in [1, 5, 9, 17, 4096] {
            let mut reader = reader(now);
            let refused = pings.chunks(cut).position(|piece| !reader.read(piece, now));
            assert_eq!(refused, Some(end_of_last_head / cut), "in pieces of {cut}");
            assert_eq!(reader.allowance, -1);
        }
    }

    #[test]
    fn calls_answers_and_time_give_it_back() {
        let now = Instant::now();
        let mut reader = reader(now);
        for _ in 0..10_000 {
            let call =
                [frame(HEADERS, 40), frame(DATA, 300), frame(8, 4), frame(8, 4), frame(PING, 8), frame(RESET, 4)];
            assert!(call.iter().all(|frame| reader.read(frame, now)));
        }
        assert!(reader.read(&frame(PING, 8).repeat(900), now));
        reader.gain(500);
        assert!(reader.read(&frame(PING, 8).repeat(500), now));
        let later = now + Duration::from_secs(60);
        assert!(reader.read(&frame(PING, 8).repeat(600), later));
        assert!(!reader.read(&frame(PING, 8).repeat(200), later));
    }

    #[test]
    fn others_than_http_2_are_let_through() {
        let now = Instant::now();
        let mut reader = Reader::new(now);
        assert!(reader.read(b"POST /bienban.v1.AdminService/GetStatus HTTP/1.1\r\n", now));
        assert_eq!((reader.place, reader.greeted()), (Place::Other, true));
    }
}

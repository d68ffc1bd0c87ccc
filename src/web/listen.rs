//! Connections: how many there may be, how long one may take to ask, and how they end when the server stops.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use ipnet::IpNet;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// How long the first line and the headers of a request may take, and how long a connection may stay without one. Whoever
/// sends a byte a minute is cut off, and does not keep others out.
const MOST_TIME_TO_ASK: Duration = Duration::from_secs(15);
/// The most bytes that the first line and the headers may have.
const MOST_HEADER_BYTES: usize = 64 * 1024;
/// The most connections at a time; more wait until one ends.
const MOST_CONNECTIONS: usize = 4_000;
/// The most connections of one address at a time; more are closed. A proxy brings everybody's, so it has no such limit.
const MOST_OF_ONE: usize = 256;
/// How long nothing is accepted after the system refused, mostly for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(500);

/// Accepts connections until it is to stop, then lets the requests in hand end.
pub(super) async fn run(listener: TcpListener, router: Router, proxies: &[IpNet], stop: CancellationToken) {
    let doors = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let peers = Peers::default();
    let ending = GracefulShutdown::new();
    loop {
        let accepted = async {
            // The semaphore is never closed, so there always comes a permit.
            let door = Arc::clone(&doors).acquire_owned().await.ok();
            (door, listener.accept().await)
        };
        let (door, (stream, peer)) = tokio::select! {
            () = stop.cancelled() => break,
            (door, accepted) = accepted => match accepted {
                Ok(connection) => (door, connection),
                Err(error) => {
                    // A peer that went away before it was let in is its own affair.
                    if !matches!(error.kind(), std::io::ErrorKind::ConnectionAborted | std::io::ErrorKind::ConnectionReset) {
                        tracing::error!(%error, "no connection could be accepted");
                        tokio::time::sleep(PAUSE).await;
                    }
                    continue;
                }
            },
        };
        let many = peer.ip().is_loopback() || proxies.iter().any(|net| net.contains(&peer.ip()));
        let Some(place) = peers.enter(peer.ip(), if many { MOST_CONNECTIONS } else { MOST_OF_ONE }) else { continue };
        let connection = ending.watch(connection(stream, peer, router.clone()));
        tokio::spawn(async move {
            // An error here is one of the connection: the peer went away, was too slow, or does not speak HTTP.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            drop((place, door));
        });
    }
    drop(listener);
    ending.shutdown().await;
}

fn connection(stream: TcpStream, peer: SocketAddr, router: Router) -> impl GracefulConnection<Error = hyper::Error> {
    // Answers are written whole; waiting for more to send only makes them late.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(MOST_TIME_TO_ASK)
        .max_buf_size(MOST_HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service)
}

/// How many connections each address has now.
#[derive(Clone, Default)]
struct Peers(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection's place among those of its address; given back when dropped.
struct Place {
    peers: Peers,
    peer: IpAddr,
}

impl Peers {
    fn enter(&self, peer: IpAddr, most: usize) -> Option<Place> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(peer).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Place { peers: self.clone(), peer })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.peers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.peer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::sync::atomic::{AtomicBool, Ordering};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::Notify;
    use tokio::task::JoinHandle;
    use tokio::time::Instant;

    async fn listening(router: Router) -> (SocketAddr, CancellationToken, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        (address, stop.clone(), tokio::spawn(async move { run(listener, router, &[], stop).await }))
    }

    /// Sends this, and reads until the server ends the connection.
    async fn said(address: SocketAddr, text: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    fn hello() -> Router {
        Router::new().route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }))
    }

    // The clock is held still, and goes on by itself when everybody waits: fifteen seconds take no time.
    #[tokio::test(start_paused = true)]
    async fn whoever_does_not_finish_asking_is_cut_off() {
        let (address, ..) = listening(hello()).await;
        for unfinished in ["", "GET / HTTP/1.1\r\nHost: here\r\nX-Slow: a"] {
            let begun = Instant::now();
            assert!(!said(address, unfinished).await.contains("200 OK"));
            assert_eq!(begun.elapsed().as_secs(), MOST_TIME_TO_ASK.as_secs());
        }
        assert!(said(address, "GET / HTTP/1.1\r\nHost: here\r\n\r\n").await.ends_with("127.0.0.1"));
    }

    #[tokio::test]
    async fn headers_have_an_end() {
        let (address, ..) = listening(hello()).await;
        let endless = format!("GET / HTTP/1.1\r\nHost: here\r\nX-Long: {}", "a".repeat(2 * MOST_HEADER_BYTES));
        let mut stream = TcpStream::connect(address).await.unwrap();
        // The server may close before all of it was sent.
        let _ = stream.write_all(endless.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{}", String::from_utf8_lossy(&answer));
    }

    #[tokio::test]
    async fn what_is_in_hand_when_the_server_stops_is_finished() {
        let (arrived, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let slow = {
            let (arrived, go_on) = (arrived.clone(), go_on.clone());
            move || async move {
                arrived.notify_one();
                go_on.notified().await;
                "done"
            }
        };
        let (address, stop, server) = listening(Router::new().route("/", get(slow))).await;
        let answer = tokio::spawn(async move { said(address, "GET / HTTP/1.1\r\nHost: here\r\n\r\n").await });
        arrived.notified().await;
        stop.cancel();
        let ended = Arc::new(AtomicBool::new(false));
        let server = tokio::spawn({
            let ended = ended.clone();
            async move {
                server.await.unwrap();
                ended.store(true, Ordering::Release);
            }
        });
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        assert!(!ended.load(Ordering::Acquire));
        go_on.notify_one();
        assert!(answer.await.unwrap().ends_with("done"));
        server.await.unwrap();
    }

    #[test]
    fn an_address_has_so_many_places_and_gets_them_back() {
        let peers = Peers::default();
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let first = peers.enter(one, 2).unwrap();
        let second = peers.enter(one, 2).unwrap();
        assert!(peers.enter(one, 2).is_none());
        assert!(peers.enter(other, 2).is_some());
        drop(first);
        assert!(peers.enter(one, 2).is_some());
        drop(second);
        assert!(peers.0.lock().unwrap().is_empty());
    }
}

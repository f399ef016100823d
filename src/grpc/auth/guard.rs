//! The layer that asks who calls, before anything is read.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tonic::Status;
use tonic::body::Body;
use tonic::codegen::http::{self, header};
use tower::{Layer, Service};

use super::{Gatekeeper, Peer, Principal, Rate, Refusal, Scopes, scopes};

/// Makes the guard around a service.
#[derive(Debug, Clone)]
pub struct Guard {
    /// Who is who.
    pub keeper: Arc<Gatekeeper>,
    /// How often each may call; none: as often as they like.
    pub rate: Option<Arc<Rate>>,
    /// True: health is told to everybody.
    pub open_health: bool,
    /// True: reflection is told to everybody.
    pub open_reflection: bool,
}

impl<S> Layer<S> for Guard {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded { guard: Arc::new(self.clone()), inner }
    }
}

/// A service behind the guard.
#[derive(Debug, Clone)]
pub struct Guarded<S> {
    guard: Arc<Guard>,
    inner: S,
}

impl Guard {
    /// Who calls, if they may. `None` where nobody asks.
    async fn admit(
        &self,
        path: &str,
        header: Option<&[u8]>,
        peer: Option<&Peer>,
    ) -> Result<Option<Principal>, Refusal> {
        if path.starts_with("/grpc.health.") && self.open_health
            || path.starts_with("/grpc.reflection.") && self.open_reflection
        {
            return Ok(None);
        }
        let principal = if self.keeper.asks() { self.keeper.recognise(header, peer).await? } else { anonymous(peer) };
        if self.keeper.asks() {
            permit(path, &principal)?;
        }
        if let Some(rate) = &self.rate {
            rate.count(&principal.name)?;
        }
        Ok(Some(principal))
    }
}

/// Standard services take any principal that is known; methods of the API the scope of the table.
fn permit(path: &str, principal: &Principal) -> Result<(), Refusal> {
    let scope = match scopes::method(path) {
        Some((_, scope)) if principal.scopes.has(scope) => return Ok(()),
        Some((_, scope)) => Some(scope),
        None if path.starts_with("/grpc.") => return Ok(()),
        None => None,
    };
    Err(Refusal::PermissionDenied { principal: Arc::clone(&principal.name), scope })
}

/// Where nobody is asked who they are, all from one address count as one.
fn anonymous(peer: Option<&Peer>) -> Principal {
    let name = peer.map_or_else(|| "anonymous".to_owned(), |peer| peer.address.ip().to_string());
    Principal { name: name.into(), scopes: Scopes::ALL }
}

impl<S, R> Service<http::Request<R>> for Guarded<S>
where
    S: Service<http::Request<R>, Response = http::Response<Body>> + Clone + Send + 'static,
    S::Future: Send + 'static,
    R: Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: http::Request<R>) -> Self::Future {
        // The one that was polled ready is the one that is called; a clone stays for the next.
        let next = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, next);
        let guard = Arc::clone(&self.guard);
        Box::pin(async move {
            let header = request.headers().get(header::AUTHORIZATION).map(|value| value.as_bytes().to_vec());
            let peer = request.extensions().get::<Arc<Peer>>().cloned();
            let path = request.uri().path().to_owned();
            match guard.admit(&path, header.as_deref(), peer.as_deref()).await {
                Ok(Some(principal)) => {
                    tracing::Span::current().record("principal", &*principal.name);
                    request.extensions_mut().insert(principal);
                }
                Ok(None) => {}
                Err(refusal) => return Ok(Status::from(refusal).into_http()),
            }
            inner.call(request).await
        })
    }
}

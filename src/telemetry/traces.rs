//! Traces over OTLP, and the callers' own: a call continues the trace that its `traceparent` header names (W3C trace context).

use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider, Tracer};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use super::otlp::{self, OtlpError};
use crate::config::Traces;

/// The header that names the caller's trace.
const PARENT: &str = "traceparent";
/// The header with what vendors add to it.
const STATE: &str = "tracestate";

/// Sends spans off in the background, and the last of them when it is shut down.
#[derive(Debug)]
pub(super) struct Sender(SdkTracerProvider);

impl Sender {
    /// Begins to send to the collector that the settings name. Nothing is sent yet, so a collector that is away is no error.
    pub(super) fn begin(settings: &Traces) -> Result<(Self, Tracer), OtlpError> {
        let exporter = otlp::exporter(settings)?;
        #[allow(clippy::cast_precision_loss, reason = "at most 100")]
        let share = settings.sample as f64 / 100.0;
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            // Who calls decides where they trace; only traces that begin here are sampled.
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(share))))
            .with_resource(Resource::builder().with_service_name(settings.service.clone()).build())
            .build();
        let tracer = provider.tracer("bienban");
        Ok((Self(provider), tracer))
    }

    /// Sends what is left.
    pub(super) fn end(&self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Makes a span part of the caller's trace, if the headers name one. Does nothing where no traces are sent.
pub fn adopt<'a>(span: &Span, header: impl Fn(&str) -> Option<&'a str>) {
    let (parent, state) = (header(PARENT), header(STATE));
    if parent.is_some() {
        let context = TraceContextPropagator::new().extract(&Headers { parent, state });
        // Refused where no traces are sent; there is nothing to belong to then.
        let _ = span.set_parent(context);
    }
}

struct Headers<'a> {
    parent: Option<&'a str>,
    state: Option<&'a str>,
}

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        match key {
            PARENT => self.parent,
            STATE => self.state,
            _ => None,
        }
    }

    fn keys(&self) -> Vec<&str> {
        vec![PARENT, STATE]
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry::trace::TraceContextExt as _;
    use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider};
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    #[test]
    fn a_call_continues_its_callers_trace() {
        let exporter = InMemorySpanExporter::default();
        let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("test"));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            let span = tracing::info_span!("call");
            adopt(&span, |name| (name == PARENT).then_some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
            span.in_scope(|| tracing::info_span!("work").in_scope(|| {}));
            assert!(span.context().span().span_context().is_valid());
        });
        let spans = exporter.get_finished_spans().unwrap();
        assert_eq!(spans.len(), 2);
        for span in spans {
            assert_eq!(span.span_context.trace_id().to_string(), "0af7651916cd43dd8448eb211c80319c", "{}", span.name);
        }
    }
}

// Channels, clients and sample reports, as all tests use them.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { type Channel, type ChannelCredentials, type CompatServiceDefinition, Status, createChannel, createClientFactory } from "nice-grpc";
import { deadlineMiddleware } from "nice-grpc-client-middleware-deadline";
import { retryMiddleware } from "nice-grpc-client-middleware-retry";
import { errorDetailsClientMiddleware } from "nice-grpc-error-details";

import type { DeepPartial, IngestReportsRequest } from "./generated/bienban/v1/ingestion_service.js";

const ROOT = "../../..";
const SAMPLES = join(ROOT, "examples/reports");

/** A channel that retries and gives up by the published service config. */
export async function dial(address: string, credentials?: ChannelCredentials): Promise<Channel> {
  const config = await readFile(join(ROOT, "proto/bienban/v1/grpc_service_config.json"), "utf8");
  return createChannel(address, credentials, { "grpc.service_config": config });
}

/** A client whose errors carry their google.rpc details, and whose calls may have a deadline. */
export function client<Service extends CompatServiceDefinition>(service: Service, over: Channel) {
  return createClientFactory().use(errorDetailsClientMiddleware).use(deadlineMiddleware).create(service, over);
}

/**
 * The same, for calls that may wait for a server. The library follows the retries of the service config, but not its `waitForReady`: without
 * this it gives up as soon as these are used up.
 */
export function patientClient<Service extends CompatServiceDefinition>(service: Service, over: Channel) {
  const factory = createClientFactory().use(errorDetailsClientMiddleware).use(retryMiddleware).use(deadlineMiddleware);
  const retryableStatuses = [Status.UNAVAILABLE];
  return factory.create(service, over, {
    "*": { retry: true, retryMaxAttempts: 100, retryBaseDelayMs: 100, retryMaxDelayMs: 1000, retryableStatuses },
  });
}

/** All sample reports, as requests. */
export async function* samples(): AsyncGenerator<DeepPartial<IngestReportsRequest>> {
  for (const entry of JSON.parse(await readFile(join(SAMPLES, "index.json"), "utf8"))) {
    const text = await readFile(join(SAMPLES, entry.file), "utf8");
    const { report_id: reportId, url, publisher, title, publish_date: publishDate } = entry;
    yield { clientId: reportId, reportId, report: { text, url, publisher, title, publishDate } };
  }
}

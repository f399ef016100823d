// Streams that a restart of the server ends, and that go on from where they ended.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { type Channel, ClientError, Status, waitForChannelReady } from "nice-grpc";
import { ErrorInfo, RichClientError } from "nice-grpc-error-details";

import { client, dial, samples } from "./clients.js";
import { ChangeKind, RecordKind, type WatchChangesResponse } from "./generated/bienban/v1/change.js";
import {
  type DeepPartial,
  type IngestReportsRequest,
  type IngestReportsResponse,
  IngestionServiceDefinition,
} from "./generated/bienban/v1/ingestion_service.js";
import { MeetingServiceDefinition } from "./generated/bienban/v1/meeting_service.js";
import { Server } from "./server.js";

/** So many reports are handed over before the restart. */
const FIRST = 5;

type Request = DeepPartial<IngestReportsRequest>;

/** Something that is waited for. */
function milestone() {
  let reach = () => {};
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return { reach, reached };
}

/** What an error says from where to go on; thrown again where trying again is of no use. */
function told(error: unknown): Record<string, string> {
  if (!(error instanceof ClientError) || error.code !== Status.UNAVAILABLE) throw error;
  // Nobody answered, or a stream was cut off.
  if (!(error instanceof RichClientError)) return {};
  const info = error.extra.find((detail) => detail.$type === ErrorInfo.$type) as ErrorInfo | undefined;
  return info?.metadata ?? {};
}

/** A stream waits for the server: the library does not by itself. */
function ready(channel: Channel): Promise<void> {
  return waitForChannelReady(channel, new Date(Date.now() + 60_000));
}

/** Reports on their way, in one stream after the other until each is answered. */
class HandedOver {
  readonly answers = new Map<string, IngestReportsResponse>();
  readonly ends: Record<string, string>[] = [];
  readonly firstAnswered = milestone();
  readonly goOn = milestone();

  constructor(
    private readonly channel: Channel,
    private left: Request[],
  ) {}

  async run(): Promise<void> {
    while (this.left.length > 0) {
      await ready(this.channel);
      try {
        for await (const answer of client(IngestionServiceDefinition, this.channel).ingestReports(this.requests(this.left))) {
          this.answers.set(answer.clientId, answer);
          if (this.answers.size === FIRST) this.firstAnswered.reach();
        }
        return;
      } catch (error) {
        const end = told(error);
        this.ends.push(end);
        // A stream that was cut off says nothing: then what was answered counts.
        const rest = this.left.slice(Number(end.answered ?? 0));
        this.left = rest.filter((request) => !this.answers.has(request.clientId!));
      }
    }
  }

  /** Waits after the first few, so that the stream is under way when the server ends. */
  private async *requests(left: Request[]): AsyncGenerator<Request> {
    for (const [number, request] of left.entries()) {
      if (number === FIRST) await this.goOn.reached;
      yield request;
    }
  }
}

/** The names of all meetings, by the feed of changes, in one stream after the other until a revision is reached. */
class Followed {
  readonly known = new Set<string>();
  /** What each stream said to go on from, and what was told before. */
  readonly ends: [string | undefined, string][] = [];
  readonly firstTold = milestone();
  resets = 0;
  private token = "";

  constructor(
    private readonly channel: Channel,
    private readonly until: number,
  ) {}

  async run(): Promise<void> {
    for (;;) {
      await ready(this.channel);
      const request = { resumeToken: this.token, recordKinds: [RecordKind.RECORD_KIND_MEETING] };
      try {
        for await (const response of client(MeetingServiceDefinition, this.channel).watchChanges(request)) {
          if (this.take(response)) return;
        }
      } catch (error) {
        const end = told(error);
        this.ends.push([end.resume_token, this.token]);
        this.token = end.resume_token ?? this.token;
      }
    }
  }

  /** True where the revision is reached. */
  private take({ reset, change, progress }: WatchChangesResponse): boolean {
    if (reset !== undefined) {
      this.known.clear();
      this.resets += 1;
    } else if (change?.kind === ChangeKind.CHANGE_KIND_UPDATED) {
      this.known.add(change.name);
    } else if (change !== undefined) {
      this.known.delete(change.name);
    } else if (progress !== undefined) {
      this.token = progress.resumeToken;
      if (progress.revision >= FIRST) this.firstTold.reach();
      return progress.revision >= this.until && progress.caughtUp;
    }
    return false;
  }
}

test("streams go on where a restart ended them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bienban-ts-"));
  const requests: Request[] = [];
  for await (const sample of samples()) requests.push(sample);
  let server = await Server.start(folder, "127.0.0.1:0");
  const channel = await dial(server.address);
  const handed = new HandedOver(channel, requests);
  const followed = new Followed(channel, requests.length);
  const running = Promise.all([handed.run(), followed.run()]);
  let names: string[];
  try {
    await Promise.race([running, Promise.all([handed.firstAnswered.reached, followed.firstTold.reached])]);
    assert.equal(await server.stop(), 0);
    server = await Server.start(folder, server.address);
    handed.goOn.reach();
    await running;
    const listing = { pageSize: 1000, minRevision: requests.length };
    const { meetings } = await client(MeetingServiceDefinition, channel).listMeetings(listing);
    names = meetings.map((meeting) => meeting.name);
  } finally {
    channel.close();
    assert.equal(await server.stop(), 0);
    await rm(folder, { recursive: true });
  }
  assert.deepEqual(new Set(handed.answers.keys()), new Set(requests.map((request) => request.clientId!)));
  assert.deepEqual(handed.ends[0], { answered: String(FIRST) });
  assert.deepEqual(followed.known, new Set(names));
  assert.equal(followed.resets, 0);
  assert.ok(followed.ends.length > 0);
  for (const [told, kept] of followed.ends) assert.equal(told ?? kept, kept);
});

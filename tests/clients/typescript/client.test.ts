// A client in TypeScript, generated with ts-proto for nice-grpc, against the real program.
//
//     tests/clients/run typescript

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { type Channel, ChannelCredentials, ClientError, Metadata, Status } from "nice-grpc";
import { BadRequest, ErrorInfo, RichClientError } from "nice-grpc-error-details";

import { client, dial, patientClient, samples } from "./clients.js";
import { AdminServiceDefinition } from "./generated/bienban/v1/admin_service.js";
import { EntityKind } from "./generated/bienban/v1/entity.js";
import { EntityServiceDefinition } from "./generated/bienban/v1/entity_service.js";
import type { Evidence } from "./generated/bienban/v1/evidence.js";
import { type IngestedReport, IngestionServiceDefinition } from "./generated/bienban/v1/ingestion_service.js";
import { MeetingServiceDefinition } from "./generated/bienban/v1/meeting_service.js";
import { SearchServiceDefinition } from "./generated/bienban/v1/search_service.js";
import { View } from "./generated/bienban/v1/view.js";
import { Server } from "./server.js";

const MINUTE = 60_000;
/** So many call at once while the server is restarted so often. */
const [CALLERS, RESTARTS] = [16, 3];

let folder: string;
let server: Server;
let channel: Channel;
let kept: Map<string, IngestedReport>;
let revision: number;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "bienban-ts-"));
  server = await Server.start(folder, "127.0.0.1:0");
  channel = await dial(server.address);
  kept = new Map();
  for await (const answer of client(IngestionServiceDefinition, channel).ingestReports(samples(), { deadline: MINUTE })) {
    assert.equal(answer.error, undefined);
    kept.set(answer.clientId, answer.ingested!);
  }
  revision = Math.max(...[...kept.values()].map((report) => report.revision));
});

after(async () => {
  channel.close();
  assert.equal(await server.stop(), 0);
  await rm(folder, { recursive: true });
});

/** Every Evidence in a message, however deep. */
function* evidenceIn(value: unknown): Generator<Evidence> {
  if (Array.isArray(value)) {
    for (const element of value) yield* evidenceIn(element);
  } else if (value !== null && typeof value === "object") {
    if ("quote" in value && "startOffset" in value) yield value as Evidence;
    else yield* evidenceIn(Object.values(value));
  }
}

/** Compares every quote of a meeting with the text at its offsets; answers how many there were. */
async function checkQuotes(meeting: unknown, texts: Map<string, string[]>): Promise<number> {
  let count = 0;
  for (const { report, startOffset, endOffset, quote } of evidenceIn(meeting)) {
    let text = texts.get(report);
    if (text === undefined) {
      // Offsets count code points, strings UTF-16 units: spreading gives one element a code point.
      text = [...(await client(IngestionServiceDefinition, channel).getReport({ name: report })).text];
      texts.set(report, text);
    }
    assert.equal(text.slice(startOffset, endOffset).join(""), quote);
    count += 1;
  }
  return count;
}

test("every report has its outcome", async () => {
  const sent = new Set<string | undefined>();
  for await (const sample of samples()) sent.add(sample.clientId);
  assert.deepEqual(new Set<string | undefined>(kept.keys()), sent);
});

test("quotes are slices of the texts", async () => {
  const texts = new Map<string, string[]>();
  let [meetings, quotes, pageToken] = [0, 0, ""];
  do {
    const page = await client(MeetingServiceDefinition, channel).listMeetings({
      pageSize: 10,
      pageToken,
      view: View.VIEW_FULL,
      minRevision: revision,
    });
    for (const meeting of page.meetings) quotes += await checkQuotes(meeting, texts);
    meetings += page.meetings.length;
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  assert.ok(meetings > 20 && quotes > 500, `${quotes} quotes in ${meetings} meetings`);
});

test("offsets count code points", async () => {
  const text = await readFile("../report.txt", "utf8");
  const answer = await client(IngestionServiceDefinition, channel).ingestReport({
    report: { text, publishDate: "2023-08-05" },
    meetingView: View.VIEW_FULL,
  });
  assert.ok((await checkQuotes(answer.meetingRecord, new Map())) >= 10);
});

test("a lookup names its person", async () => {
  const { candidates } = await client(EntityServiceDefinition, channel).lookupEntities({
    query: "kieu the lan",
    kind: EntityKind.ENTITY_KIND_PERSON,
    minRevision: revision,
  });
  assert.equal(candidates[0].entity?.displayName, "Kiều Thế Lân");
  assert.ok(candidates[0].match);
});

test("pages add up", async () => {
  const seen: string[] = [];
  let [total, pageToken] = [0, ""];
  do {
    const page = await client(SearchServiceDefinition, channel).searchItems({
      query: "giai ngan",
      pageSize: 2,
      pageToken,
      minRevision: revision,
    });
    seen.push(...page.hits.map((hit) => hit.item!.name));
    total = page.totalSize;
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  assert.equal(new Set(seen).size, seen.length);
  assert.equal(seen.length, total);
  assert.ok(total >= 3);
});

test("errors have details", async () => {
  const refused = await client(IngestionServiceDefinition, channel)
    .ingestReport({ report: { text: " ", publishDate: "2023-02-30" } })
    .then(
      () => assert.fail("it was taken"),
      (error) => error,
    );
  assert.ok(refused instanceof RichClientError);
  assert.equal(refused.code, Status.INVALID_ARGUMENT);
  const info = refused.extra.find((detail) => detail.$type === ErrorInfo.$type) as ErrorInfo;
  const bad = refused.extra.find((detail) => detail.$type === BadRequest.$type) as BadRequest;
  assert.deepEqual([info.domain, info.reason], ["bienban.v1", "REPORT_TEXT_EMPTY"]);
  assert.deepEqual(
    bad.fieldViolations.map((violation) => violation.field),
    ["report.text", "report.publish_date"],
  );
});

test("a deadline ends the wait", async () => {
  const late = client(AdminServiceDefinition, channel).getStatus({}, { deadline: new Date(Date.now() - 1) });
  await assert.rejects(late, (error) => error instanceof ClientError && error.code === Status.DEADLINE_EXCEEDED);
});

/** A server that wants TLS and a token. */
function startSecured(folder: string, address: string): Promise<Server> {
  const options = ["--tls-cert-file", secret("tls.crt"), "--tls-key-file", secret("tls.key")];
  return Server.start(folder, address, ...options, "--auth-tokens-file", secret("tokens"));
}

function secret(name: string): string {
  return join(process.env.BIENBAN_TEST_SECRETS!, name);
}

/** A channel to such a server, and what to show there. */
async function dialSecured(secured: Server) {
  const over = await dial(secured.address, ChannelCredentials.createSsl(await readFile(secret("ca.crt"))));
  const token = (await readFile(secret("token"), "utf8")).trim();
  return { over, metadata: Metadata({ authorization: `Bearer ${token}` }) };
}

test("a token opens what its scopes say", async () => {
  const secretFolder = await mkdtemp(join(tmpdir(), "bienban-ts-"));
  const secured = await startSecured(secretFolder, "127.0.0.1:0");
  const { over, metadata } = await dialSecured(secured);
  const refusedWith = (code: Status) => (error: unknown) => error instanceof ClientError && error.code === code;

  await client(MeetingServiceDefinition, over).listMeetings({}, { metadata });
  await assert.rejects(client(MeetingServiceDefinition, over).listMeetings({}), refusedWith(Status.UNAUTHENTICATED));
  const report = { text: "Sáng 5/8/2023, UBND tỉnh Sơn Hà họp." };
  const ingested = client(IngestionServiceDefinition, over).ingestReport({ report }, { metadata });
  await assert.rejects(ingested, refusedWith(Status.PERMISSION_DENIED));

  over.close();
  assert.equal(await secured.stop(), 0);
  await rm(secretFolder, { recursive: true });
});

test("restarts over TLS fail no call", async () => {
  const secretFolder = await mkdtemp(join(tmpdir(), "bienban-ts-"));
  let secured = await startSecured(secretFolder, "127.0.0.1:0");
  const { over, metadata } = await dialSecured(secured);
  const meetings = patientClient(MeetingServiceDefinition, over);
  let [answered, done] = [0, false];
  const failures: unknown[] = [];
  const callers = Array.from({ length: CALLERS }, async () => {
    while (!done) {
      await meetings.listMeetings({ pageSize: 1 }, { metadata }).then(
        () => (answered += 1),
        (error) => failures.push(error),
      );
    }
  });
  try {
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      await meetings.listMeetings({}, { metadata });
      assert.equal(await secured.stop(), 0);
      secured = await startSecured(secretFolder, secured.address);
    }
    await meetings.listMeetings({}, { metadata });
  } finally {
    done = true;
    await Promise.all(callers);
    over.close();
    assert.equal(await secured.stop(), 0);
    await rm(secretFolder, { recursive: true });
  }
  console.log(`${answered} calls answered and ${failures.length} failed over ${RESTARTS} restarts`);
  assert.deepEqual(failures, []);
});

"""A client in another language, generated from proto/ with grpcio-tools, against the real program.

    tests/clients/run python
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from collections.abc import Sequence
from pathlib import Path

import grpc
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_status import rpc_status

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("BIENBAN", str(ROOT / "target" / "debug" / "bienban"))
SAMPLES = ROOT / "examples" / "reports"
# How many call at once while the server is restarted, and how often it is.
CALLERS, RESTARTS = 16, 3


def generate(folder: str) -> None:
    """Generates the client: this is all that a user does."""
    protos = sorted(str(path) for path in (ROOT / "proto").rglob("*.proto"))
    outputs = [f"-I{ROOT / 'proto'}", f"--python_out={folder}", f"--grpc_python_out={folder}"]
    subprocess.run([sys.executable, "-m", "grpc_tools.protoc", *outputs, *protos], check=True)
    sys.path.insert(0, folder)


class Server:
    """The program under test, with a data folder of its own."""

    def __init__(self, folder: str, address: str = "127.0.0.1:0", *options: str) -> None:
        """Starts the program at an address, port 0 for any; returns once it listens."""
        command = [PROGRAM, "serve", "--log-filter", "warn", "--listen", address, "--data-dir", folder, *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.folder = folder
        self.address = self.process.stdout.readline().strip().removeprefix("bienban serves on ")

    def stop(self) -> None:
        """Ends the program as Kubernetes does."""
        self.process.terminate()
        self.process.stdout.close()
        code = self.process.wait(timeout=30)
        assert code == 0, f"the server ended with {code}"


def dial(address: str, credentials: grpc.ChannelCredentials | None = None) -> grpc.Channel:
    """A channel that waits, retries and gives up by the published service config."""
    config = (ROOT / "proto" / "bienban" / "v1" / "grpc_service_config.json").read_text(encoding="utf-8")
    options = [("grpc.service_config", config)]
    if credentials is None:
        return grpc.insecure_channel(address, options=options)
    return grpc.secure_channel(address, credentials, options=options)


def setUpModule() -> None:
    global generated, data, server, channel
    generated = tempfile.TemporaryDirectory()
    generate(generated.name)
    data = tempfile.TemporaryDirectory()
    server = Server(data.name)
    channel = dial(server.address)


def tearDownModule() -> None:
    channel.close()
    server.stop()
    data.cleanup()
    generated.cleanup()


def evidence_in(message):
    """Every Evidence in a message, however deep."""
    if message.DESCRIPTOR.full_name == "bienban.v1.Evidence":
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is None or field.message_type.GetOptions().map_entry:
            continue
        for child in value if isinstance(value, Sequence) else [value]:
            yield from evidence_in(child)


def sample_reports():
    from bienban.v1 import report_pb2

    for entry in json.loads((SAMPLES / "index.json").read_text(encoding="utf-8")):
        text = (SAMPLES / entry["file"]).read_text(encoding="utf-8")
        fields = {name: entry[name] for name in ("url", "publisher", "title", "publish_date") if entry.get(name)}
        yield entry["report_id"], report_pb2.Report(text=text, **fields)


class Client(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        """Hands all samples over in one stream."""
        from bienban.v1 import ingestion_service_pb2 as messages
        from bienban.v1 import ingestion_service_pb2_grpc as services

        cls.ingestion = services.IngestionServiceStub(channel)
        requests = (
            messages.IngestReportsRequest(client_id=report_id, report_id=report_id, report=report)
            for report_id, report in sample_reports()
        )
        cls.kept = {outcome.client_id: outcome.ingested for outcome in cls.ingestion.IngestReports(requests)}
        cls.revision = max(kept.revision for kept in cls.kept.values())

    def test_every_report_has_its_outcome(self) -> None:
        self.assertEqual(set(self.kept), {report_id for report_id, _ in sample_reports()})
        self.assertEqual(len({kept.revision for kept in self.kept.values()}), len(self.kept))

    def check_quotes(self, message, texts: dict) -> int:
        """Compares every quote of a message with the text at its offsets; answers how many there were."""
        from bienban.v1 import ingestion_service_pb2 as messages

        found = list(evidence_in(message))
        for evidence in found:
            if evidence.report not in texts:
                texts[evidence.report] = self.ingestion.GetReport(messages.GetReportRequest(name=evidence.report)).text
            # Offsets count code points: indices of a str.
            text = texts[evidence.report]
            self.assertEqual(text[evidence.start_offset : evidence.end_offset], evidence.quote)
        return len(found)

    def test_quotes_are_slices_of_the_texts(self) -> None:
        from bienban.v1 import meeting_service_pb2 as messages
        from bienban.v1 import meeting_service_pb2_grpc as services
        from bienban.v1 import view_pb2

        texts, meetings, quotes = {}, 0, 0
        request = messages.ListMeetingsRequest(page_size=10, view=view_pb2.VIEW_FULL, min_revision=self.revision)
        while True:
            page = services.MeetingServiceStub(channel).ListMeetings(request)
            quotes += sum(self.check_quotes(meeting, texts) for meeting in page.meetings)
            meetings += len(page.meetings)
            if not page.next_page_token:
                break
            request.page_token = page.next_page_token
        self.assertGreater(meetings, 20)
        self.assertGreater(quotes, 500)

    def test_offsets_count_code_points(self) -> None:
        from bienban.v1 import ingestion_service_pb2 as messages
        from bienban.v1 import report_pb2, view_pb2

        text = (ROOT / "tests" / "clients" / "report.txt").read_text(encoding="utf-8")
        report = report_pb2.Report(text=text, publish_date="2023-08-05")
        request = messages.IngestReportRequest(report=report, meeting_view=view_pb2.VIEW_FULL)
        record = self.ingestion.IngestReport(request).meeting_record
        self.assertGreaterEqual(self.check_quotes(record, {}), 10)

    def test_pages_add_up(self) -> None:
        from bienban.v1 import search_service_pb2 as messages
        from bienban.v1 import search_service_pb2_grpc as services

        request = messages.SearchItemsRequest(query="giai ngan", page_size=2, min_revision=self.revision)
        seen = []
        while True:
            page = services.SearchServiceStub(channel).SearchItems(request)
            seen += [hit.item.name for hit in page.hits]
            if not page.next_page_token:
                break
            request.page_token = page.next_page_token
        self.assertEqual(len(seen), len(set(seen)))
        self.assertEqual(len(seen), page.total_size)
        self.assertGreaterEqual(len(seen), 3)

    def test_a_deadline_ends_the_wait(self) -> None:
        # A watch goes on for ever by itself.
        watch = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest(), timeout=0.3)
        with self.assertRaises(grpc.RpcError) as raised:
            list(watch)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.DEADLINE_EXCEEDED)

    def test_a_token_opens_what_its_scopes_say(self) -> None:
        from bienban.v1 import ingestion_service_pb2, meeting_service_pb2, report_pb2
        from bienban.v1 import meeting_service_pb2_grpc as services

        secrets = Path(os.environ["BIENBAN_TEST_SECRETS"])
        files = {"--tls-cert-file": "tls.crt", "--tls-key-file": "tls.key", "--auth-tokens-file": "tokens"}
        options = [word for option, file in files.items() for word in (option, str(secrets / file))]
        tls = grpc.ssl_channel_credentials((secrets / "ca.crt").read_bytes())
        token = grpc.access_token_call_credentials((secrets / "token").read_text().strip())
        listing = meeting_service_pb2.ListMeetingsRequest()
        with tempfile.TemporaryDirectory() as folder:
            secured = Server(folder, "127.0.0.1:0", *options)
            try:
                with dial(secured.address, tls) as unknown, self.assertRaises(grpc.RpcError) as raised:
                    services.MeetingServiceStub(unknown).ListMeetings(listing)
                self.assertEqual(raised.exception.code(), grpc.StatusCode.UNAUTHENTICATED)
                with dial(secured.address, grpc.composite_channel_credentials(tls, token)) as known:
                    services.MeetingServiceStub(known).ListMeetings(listing)
                    report = report_pb2.Report(text="Sáng 5/8/2023, UBND tỉnh Sơn Hà họp.")
                    with self.assertRaises(grpc.RpcError) as raised:
                        type(self.ingestion)(known).IngestReport(ingestion_service_pb2.IngestReportRequest(report=report))
                self.assertEqual(raised.exception.code(), grpc.StatusCode.PERMISSION_DENIED)
            finally:
                secured.stop()

    def test_restarts_fail_no_call(self) -> None:
        """Ends the program and starts it again while many call, over TLS and with a token."""
        from bienban.v1 import meeting_service_pb2 as messages
        from bienban.v1 import meeting_service_pb2_grpc as services

        secrets = Path(os.environ["BIENBAN_TEST_SECRETS"])
        files = {"--tls-cert-file": "tls.crt", "--tls-key-file": "tls.key", "--auth-tokens-file": "tokens"}
        options = [word for option, file in files.items() for word in (option, str(secrets / file))]
        tls = grpc.ssl_channel_credentials((secrets / "ca.crt").read_bytes())
        token = grpc.access_token_call_credentials((secrets / "token").read_text().strip())
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        secured = Server(folder.name, "127.0.0.1:0", *options)
        known = dial(secured.address, grpc.composite_channel_credentials(tls, token))
        meetings = services.MeetingServiceStub(known)
        over, answered, failures = threading.Event(), [], []

        def call() -> None:
            while not over.is_set():
                try:
                    meetings.ListMeetings(messages.ListMeetingsRequest(page_size=1))
                    answered.append(1)
                except grpc.RpcError as error:
                    failures.append(error)

        callers = [threading.Thread(target=call) for _ in range(CALLERS)]
        for caller in callers:
            caller.start()
        for _ in range(RESTARTS):
            meetings.ListMeetings(messages.ListMeetingsRequest())
            secured.stop()
            secured = Server(folder.name, secured.address, *options)
        meetings.ListMeetings(messages.ListMeetingsRequest())
        over.set()
        for caller in callers:
            caller.join()
        known.close()
        secured.stop()
        print(f"{len(answered)} calls answered and {len(failures)} failed over {RESTARTS} restarts", file=sys.stderr)
        self.assertEqual(failures, [])
        self.assertGreaterEqual(len(answered), CALLERS)

    def test_search_without_diacritics_finds_items(self) -> None:
        from bienban.v1 import search_service_pb2 as messages
        from bienban.v1 import search_service_pb2_grpc as services

        request = messages.SearchItemsRequest(
            query="giai ngan", filter="kind = DIRECTIVE", min_revision=self.revision
        )
        answer = services.SearchServiceStub(channel).SearchItems(request)
        self.assertGreater(len(answer.hits), 0)
        self.assertIn("giải ngân", answer.hits[0].item.text.lower())

    def test_a_name_is_looked_up(self) -> None:
        from bienban.v1 import entity_pb2, entity_service_pb2
        from bienban.v1 import entity_service_pb2_grpc as services

        request = entity_service_pb2.LookupEntitiesRequest(
            query="kieu the lan", kind=entity_pb2.ENTITY_KIND_PERSON, min_revision=self.revision
        )
        answer = services.EntityServiceStub(channel).LookupEntities(request)
        self.assertEqual(answer.candidates[0].entity.display_name, "Kiều Thế Lân")

    def test_the_rows_of_a_table_are_matched_in_order(self) -> None:
        from bienban.v1 import entity_service_pb2
        from bienban.v1 import entity_service_pb2_grpc as services

        words = ["kieu the lan", "", "UBND TP Bạch Giang"]
        rows = (
            entity_service_pb2.MatchEntitiesRequest(client_id=str(number), query=query, min_revision=self.revision)
            for number, query in enumerate(words)
        )
        answers = list(services.EntityServiceStub(channel).MatchEntities(rows))
        self.assertEqual([answer.client_id for answer in answers], ["0", "1", "2"])
        self.assertEqual([answer.WhichOneof("result") for answer in answers], ["matched", "error", "matched"])
        self.assertEqual(answers[0].matched.candidates[0].entity.display_name, "Kiều Thế Lân")

    def test_a_name_is_suggested_while_it_is_typed(self) -> None:
        from bienban.v1 import entity_suggestions_pb2
        from bienban.v1 import entity_service_pb2_grpc as services

        request = entity_suggestions_pb2.SuggestEntitiesRequest(prefix="kieu th", min_revision=self.revision)
        suggestions = services.EntityServiceStub(channel).SuggestEntities(request).suggestions
        self.assertEqual(suggestions[0].entity.display_name, "Kiều Thế Lân")
        self.assertEqual(suggestions[0].highlights[0].start_offset, 0)

    def test_errors_have_details(self) -> None:
        from bienban.v1 import ingestion_service_pb2 as messages
        from bienban.v1 import report_pb2

        request = messages.IngestReportRequest(report=report_pb2.Report(text=" ", publish_date="2023-02-30"))
        with self.assertRaises(grpc.RpcError) as raised:
            self.ingestion.IngestReport(request)
        status = rpc_status.from_call(raised.exception)
        self.assertEqual(raised.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)
        info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        for detail in status.details:
            for message in (info, bad):
                if detail.Is(message.DESCRIPTOR):
                    detail.Unpack(message)
        self.assertEqual((info.domain, info.reason), ("bienban.v1", "REPORT_TEXT_EMPTY"))
        fields = [violation.field for violation in bad.field_violations]
        self.assertEqual(fields, ["report.text", "report.publish_date"])

    def test_health_is_serving(self) -> None:
        request = health_pb2.HealthCheckRequest(service="bienban.v1.SearchService")
        status = health_pb2_grpc.HealthStub(channel).Check(request).status
        self.assertEqual(status, health_pb2.HealthCheckResponse.SERVING)


if __name__ == "__main__":
    unittest.main()

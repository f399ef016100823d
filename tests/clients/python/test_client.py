"""A client in another language, generated from proto/ with grpcio-tools, against the real program.

    BIENBAN=target/debug/bienban python -m unittest discover -s tests/clients/python -v
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import grpc
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_status import rpc_status

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("BIENBAN", str(ROOT / "target" / "debug" / "bienban"))
SAMPLES = ROOT / "examples" / "reports"


def generate(folder: str) -> None:
    """Generates the client: this is all that a user does."""
    protos = sorted(str(path) for path in (ROOT / "proto").rglob("*.proto"))
    outputs = [f"-I{ROOT / 'proto'}", f"--python_out={folder}", f"--grpc_python_out={folder}"]
    subprocess.run([sys.executable, "-m", "grpc_tools.protoc", *outputs, *protos], check=True)
    sys.path.insert(0, folder)


def setUpModule() -> None:
    global generated, data, server, channel
    generated = tempfile.TemporaryDirectory()
    generate(generated.name)
    data = tempfile.TemporaryDirectory()
    command = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data-dir", data.name]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    address = server.stdout.readline().strip().removeprefix("bienban serves on ")
    channel = grpc.insecure_channel(address)


def tearDownModule() -> None:
    channel.close()
    server.terminate()
    server.stdout.close()
    code = server.wait(timeout=30)
    data.cleanup()
    generated.cleanup()
    assert code == 0, f"the server ended with {code}"


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

    def test_quotes_are_slices_of_the_text(self) -> None:
        from bienban.v1 import ingestion_service_pb2 as reports
        from bienban.v1 import meeting_service_pb2 as meetings
        from bienban.v1 import meeting_service_pb2_grpc as services

        name = self.kept["bach-giang-doi-thoai-thanh-nien-2022-03"].meeting
        request = meetings.GetMeetingRequest(name=name, min_revision=self.revision)
        meeting = services.MeetingServiceStub(channel).GetMeeting(request)
        self.assertGreater(len(meeting.items), 0)
        for item in meeting.items:
            for evidence in item.evidence:
                text = self.ingestion.GetReport(reports.GetReportRequest(name=evidence.report)).text
                self.assertEqual(text[evidence.start_offset : evidence.end_offset], evidence.quote)

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

"""Streams that a restart of the server ends, and that go on from where they ended.

    tests/clients/run python
"""

import tempfile
import threading
import unittest
from collections.abc import Iterator

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from test_client import Server, dial, generate, sample_reports

FIRST = 5
"""So many reports are handed over before the restart."""


def setUpModule() -> None:
    global generated
    generated = tempfile.TemporaryDirectory()
    generate(generated.name)


def tearDownModule() -> None:
    generated.cleanup()


def told(error: grpc.RpcError) -> dict[str, str]:
    """What an error says from where to go on; raises it again where trying again is of no use."""
    if error.code() != grpc.StatusCode.UNAVAILABLE:
        raise error
    status, info = rpc_status.from_call(error), error_details_pb2.ErrorInfo()
    for detail in status.details if status else ():
        if detail.Is(info.DESCRIPTOR):
            detail.Unpack(info)
    return dict(info.metadata)


class HandedOver:
    """Reports on their way, in one stream after the other until each is answered."""

    def __init__(self, ingestion, requests: list) -> None:
        self.ingestion, self.left = ingestion, requests
        self.answers, self.ends = {}, []
        self.first_answered, self.go_on = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def requests(self, left: list) -> Iterator:
        """Waits after the first few, so that the stream is under way when the server ends."""
        for number, request in enumerate(left):
            if number == FIRST:
                self.go_on.wait()
            yield request

    def run(self) -> None:
        while self.left:
            try:
                for answer in self.ingestion.IngestReports(self.requests(self.left)):
                    self.answers[answer.client_id] = answer
                    if len(self.answers) == FIRST:
                        self.first_answered.set()
                self.left = []
            except grpc.RpcError as error:
                end = told(error)
                self.ends.append(end)
                # A stream that was cut off says nothing: then what was answered counts.
                done = int(end.get("answered", 0))
                self.left = [request for request in self.left[done:] if request.client_id not in self.answers]


class Followed:
    """The names of all meetings, by the feed of changes, in one stream after the other until a revision is reached."""

    def __init__(self, meetings, until: int) -> None:
        self.meetings, self.until = meetings, until
        self.known, self.resets, self.ends, self.token = set(), 0, [], ""
        self.first_told = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        from bienban.v1 import change_pb2

        kinds = [change_pb2.RECORD_KIND_MEETING]
        while True:
            request = change_pb2.WatchChangesRequest(resume_token=self.token, record_kinds=kinds)
            try:
                for response in self.meetings.WatchChanges(request):
                    if self.take(response):
                        return
            except grpc.RpcError as error:
                end = told(error)
                self.ends.append((end.get("resume_token"), self.token))
                self.token = end.get("resume_token", self.token)

    def take(self, response) -> bool:
        """True where the revision is reached."""
        from bienban.v1 import change_pb2

        match response.WhichOneof("event"):
            case "reset":
                self.known, self.resets = set(), self.resets + 1
            case "change" if response.change.kind == change_pb2.CHANGE_KIND_UPDATED:
                self.known.add(response.change.name)
            case "change":
                self.known.discard(response.change.name)
            case "progress":
                self.token = response.progress.resume_token
                if response.progress.revision >= FIRST:
                    self.first_told.set()
                return response.progress.revision >= self.until and response.progress.caught_up
        return False


class Streams(unittest.TestCase):
    def test_streams_go_on_where_a_restart_ended_them(self) -> None:
        from bienban.v1 import ingestion_service_pb2, ingestion_service_pb2_grpc
        from bienban.v1 import meeting_service_pb2, meeting_service_pb2_grpc

        requests = [
            ingestion_service_pb2.IngestReportsRequest(client_id=report_id, report_id=report_id, report=report)
            for report_id, report in sample_reports()
        ]
        with tempfile.TemporaryDirectory() as folder:
            server = Server(folder)
            with dial(server.address) as channel:
                meetings = meeting_service_pb2_grpc.MeetingServiceStub(channel)
                handed = HandedOver(ingestion_service_pb2_grpc.IngestionServiceStub(channel), requests)
                followed = Followed(meetings, until=len(requests))
                self.assertTrue(handed.first_answered.wait(60) and followed.first_told.wait(60))
                server.stop()
                server = Server(folder, server.address)
                handed.go_on.set()
                handed.thread.join()
                followed.thread.join()
                listing = meeting_service_pb2.ListMeetingsRequest(page_size=1000, min_revision=len(requests))
                names = {meeting.name for meeting in meetings.ListMeetings(listing).meetings}
            server.stop()
        self.assertEqual(set(handed.answers), {request.client_id for request in requests})
        revisions = {answer.ingested.revision for answer in handed.answers.values()}
        self.assertEqual(revisions, set(range(1, len(requests) + 1)))
        self.assertEqual(handed.ends[0], {"answered": str(FIRST)})
        self.assertEqual(followed.known, names)
        self.assertEqual(followed.resets, 0)
        for told_token, kept_token in followed.ends:
            self.assertIn(told_token, (kept_token, None))
        self.assertGreater(len(followed.ends), 0)


if __name__ == "__main__":
    unittest.main()

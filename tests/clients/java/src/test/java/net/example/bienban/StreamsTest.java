package net.example.bienban;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import bienban.v1.ChangeKind;
import bienban.v1.IngestReportsRequest;
import bienban.v1.IngestReportsResponse;
import bienban.v1.IngestedReport;
import bienban.v1.IngestionServiceGrpc;
import bienban.v1.ListMeetingsRequest;
import bienban.v1.MeetingServiceGrpc;
import bienban.v1.RecordKind;
import bienban.v1.WatchChangesRequest;
import bienban.v1.WatchChangesResponse;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that a restart of the server ends, and that go on from where they ended. */
class StreamsTest {
  /** So many reports are handed over before the restart. */
  private static final int FIRST = 5;

  /** What an error says from where to go on; thrown again where trying again is of no use. */
  private static Map<String, String> told(StatusRuntimeException error) {
    if (error.getStatus().getCode() != Status.Code.UNAVAILABLE) throw error;
    var status = StatusProto.fromThrowable(error);
    try {
      for (var detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) return detail.unpack(ErrorInfo.class).getMetadataMap();
      }
    } catch (InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
    return Map.of();
  }

  /** Reports on their way, in one stream after the other until each is answered. */
  private static final class HandedOver {
    final IngestionServiceGrpc.IngestionServiceStub ingestion;
    final CompletableFuture<Void> firstAnswered = new CompletableFuture<>();
    final CompletableFuture<Void> goOn = new CompletableFuture<>();
    final Map<String, IngestedReport> answers = new HashMap<>();
    final List<Map<String, String>> ends = new ArrayList<>();
    List<IngestReportsRequest> left;

    HandedOver(Channel channel, List<IngestReportsRequest> requests) {
      ingestion = IngestionServiceGrpc.newStub(channel);
      left = requests;
    }

    void run() {
      while (!left.isEmpty()) {
        try {
          once();
          return;
        } catch (StatusRuntimeException error) {
          var end = told(error);
          ends.add(end);
          // A stream that was cut off says nothing: then what was answered counts.
          int done = Integer.parseInt(end.getOrDefault("answered", "0"));
          var rest = left.subList(done, left.size()).stream();
          left = rest.filter(request -> !answers.containsKey(request.getClientId())).toList();
        }
      }
    }

    private void once() {
      var ended = new CompletableFuture<StatusRuntimeException>();
      var requests =
          ingestion.ingestReports(
              new StreamObserver<>() {
                @Override
                public void onNext(IngestReportsResponse answer) {
                  answers.put(answer.getClientId(), answer.getIngested());
                  if (answers.size() == FIRST) firstAnswered.complete(null);
                }

                @Override
                public void onError(Throwable error) {
                  ended.complete((StatusRuntimeException) error);
                }

                @Override
                public void onCompleted() {
                  ended.complete(null);
                }
              });
      // Waits after the first few, so that the stream is under way when the server ends.
      for (int number = 0; number < left.size() && !ended.isDone(); number++) {
        if (number == FIRST) CompletableFuture.anyOf(goOn, ended).join();
        if (!ended.isDone()) requests.onNext(left.get(number));
      }
      if (!ended.isDone()) requests.onCompleted();
      var error = ended.join();
      if (error != null) throw error;
    }
  }

  /** The names of all meetings, by the feed of changes, in one stream after the other until a revision is reached. */
  private static final class Followed {
    final MeetingServiceGrpc.MeetingServiceBlockingStub meetings;
    final long until;
    final CompletableFuture<Void> firstTold = new CompletableFuture<>();
    final Set<String> known = new HashSet<>();

    /** What each stream said to go on from, and what was told before. */
    final List<List<String>> ends = new ArrayList<>();

    int resets;
    String token = "";

    Followed(Channel channel, long until) {
      meetings = MeetingServiceGrpc.newBlockingStub(channel);
      this.until = until;
    }

    void run() {
      while (true) {
        try (var call = Context.current().withCancellation()) {
          var request =
              WatchChangesRequest.newBuilder().setResumeToken(token).addRecordKinds(RecordKind.RECORD_KIND_MEETING);
          var previous = call.attach();
          try {
            var responses = meetings.watchChanges(request.build());
            while (!take(responses.next())) {}
            return;
          } finally {
            call.detach(previous);
          }
        } catch (StatusRuntimeException error) {
          // A stream that was cut off says nothing: then what it told last counts.
          var next = told(error).getOrDefault("resume_token", token);
          ends.add(List.of(next, token));
          token = next;
        }
      }
    }

    /** True where the revision is reached. */
    private boolean take(WatchChangesResponse response) {
      if (response.hasReset()) {
        known.clear();
        resets++;
      } else if (response.hasChange()) {
        var change = response.getChange();
        if (change.getKind() == ChangeKind.CHANGE_KIND_UPDATED) known.add(change.getName());
        else known.remove(change.getName());
      } else if (response.hasProgress()) {
        var progress = response.getProgress();
        token = progress.getResumeToken();
        if (progress.getRevision() >= FIRST) firstTold.complete(null);
        return progress.getRevision() >= until && progress.getCaughtUp();
      }
      return false;
    }
  }

  @Test
  void streamsGoOnWhereARestartEndedThem(@TempDir Path data) throws Exception {
    var requests = ClientTest.samples();
    var server = Server.start(data, "127.0.0.1:0");
    var channel = ClientTest.dial(server.address(), InsecureChannelCredentials.create());
    var handed = new HandedOver(channel, requests);
    var followed = new Followed(channel, requests.size());
    var handing = CompletableFuture.runAsync(handed::run);
    var following = CompletableFuture.runAsync(followed::run);
    CompletableFuture.allOf(handed.firstAnswered, followed.firstTold).get(1, TimeUnit.MINUTES);
    assertEquals(0, server.stop());
    server = Server.start(data, server.address());
    handed.goOn.complete(null);
    CompletableFuture.allOf(handing, following).get(1, TimeUnit.MINUTES);

    var listing = ListMeetingsRequest.newBuilder().setPageSize(1000).setMinRevision(requests.size()).build();
    var names =
        MeetingServiceGrpc.newBlockingStub(channel).listMeetings(listing).getMeetingsList().stream()
            .map(meeting -> meeting.getName())
            .collect(Collectors.toSet());
    channel.shutdown();
    assertEquals(0, server.stop());
    var sent = requests.stream().map(IngestReportsRequest::getClientId).collect(Collectors.toSet());
    assertEquals(sent, handed.answers.keySet());
    assertEquals(Map.of("answered", String.valueOf(FIRST)), handed.ends.get(0));
    assertEquals(names, followed.known);
    assertEquals(0, followed.resets);
    assertFalse(followed.ends.isEmpty());
    followed.ends.forEach(end -> assertEquals(end.get(1), end.get(0)));
  }
}

package net.example.bienban;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bienban.v1.AdminServiceGrpc;
import bienban.v1.EntityKind;
import bienban.v1.EntityServiceGrpc;
import bienban.v1.Evidence;
import bienban.v1.GetReportRequest;
import bienban.v1.GetStatusRequest;
import bienban.v1.IngestReportRequest;
import bienban.v1.IngestReportsRequest;
import bienban.v1.IngestReportsResponse;
import bienban.v1.IngestedReport;
import bienban.v1.IngestionServiceGrpc;
import bienban.v1.ListMeetingsRequest;
import bienban.v1.LookupEntitiesRequest;
import bienban.v1.MeetingServiceGrpc;
import bienban.v1.Report;
import bienban.v1.SearchItemsRequest;
import bienban.v1.SearchServiceGrpc;
import bienban.v1.View;
import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client in Java, generated with protoc-gen-grpc-java, against the real program.
 *
 * <pre>tests/clients/run java</pre>
 */
class ClientTest {
  private static final Path ROOT = Path.of("../../..");
  private static final Path SAMPLES = ROOT.resolve("examples/reports");
  private static final Gson GSON = new Gson();

  /** So many call at once while the server is restarted so often. */
  private static final int CALLERS = 16;

  private static final int RESTARTS = 3;

  @TempDir static Path folder;
  private static Server server;
  private static ManagedChannel channel;
  private static Map<String, IngestedReport> kept;
  private static long revision;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(folder, "127.0.0.1:0");
    channel = dial(server.address(), InsecureChannelCredentials.create());
    kept = ingest(samples());
    revision = kept.values().stream().mapToLong(IngestedReport::getRevision).max().orElseThrow();
  }

  @AfterAll
  static void stop() throws Exception {
    channel.shutdown();
    assertTrue(channel.awaitTermination(10, TimeUnit.SECONDS));
    assertEquals(0, server.stop());
  }

  /** A channel that waits, retries and gives up by the published service config. */
  static ManagedChannel dial(String address, ChannelCredentials credentials) throws IOException {
    String config = Files.readString(ROOT.resolve("proto/bienban/v1/grpc_service_config.json"));
    return Grpc.newChannelBuilder(address, credentials)
        .defaultServiceConfig(GSON.fromJson(config, new TypeToken<Map<String, Object>>() {}.getType()))
        .enableRetry()
        .build();
  }

  /** All sample reports, as requests. */
  static List<IngestReportsRequest> samples() throws IOException {
    record Sample(String report_id, String file, String url, String publisher, String title, String publish_date) {}
    var requests = new ArrayList<IngestReportsRequest>();
    for (Sample sample : GSON.fromJson(Files.readString(SAMPLES.resolve("index.json")), Sample[].class)) {
      var report = Report.newBuilder().setText(Files.readString(SAMPLES.resolve(sample.file())));
      if (sample.url() != null) report.setUrl(sample.url());
      if (sample.publisher() != null) report.setPublisher(sample.publisher());
      if (sample.title() != null) report.setTitle(sample.title());
      if (sample.publish_date() != null) report.setPublishDate(sample.publish_date());
      requests.add(
          IngestReportsRequest.newBuilder()
              .setClientId(sample.report_id())
              .setReportId(sample.report_id())
              .setReport(report)
              .build());
    }
    return requests;
  }

  /** Hands reports over in one stream; answers what became of each. */
  private static Map<String, IngestedReport> ingest(List<IngestReportsRequest> reports) throws Exception {
    var outcomes = new HashMap<String, IngestedReport>();
    var ended = new CompletableFuture<Map<String, IngestedReport>>();
    var requests =
        IngestionServiceGrpc.newStub(channel)
            .withDeadlineAfter(1, TimeUnit.MINUTES)
            .ingestReports(
                new StreamObserver<>() {
                  @Override
                  public void onNext(IngestReportsResponse answer) {
                    if (answer.hasError()) {
                      ended.completeExceptionally(new AssertionError(answer.getError().getMessage()));
                    }
                    outcomes.put(answer.getClientId(), answer.getIngested());
                  }

                  @Override
                  public void onError(Throwable error) {
                    ended.completeExceptionally(error);
                  }

                  @Override
                  public void onCompleted() {
                    ended.complete(outcomes);
                  }
                });
    reports.forEach(requests::onNext);
    requests.onCompleted();
    return ended.get(1, TimeUnit.MINUTES);
  }

  /** Visits every Evidence in a message, however deep. */
  private static void walk(Message message, Consumer<Evidence> visit) {
    if (message instanceof Evidence evidence) {
      visit.accept(evidence);
      return;
    }
    for (Object value : message.getAllFields().values()) {
      if (value instanceof Message child) {
        walk(child, visit);
      } else if (value instanceof List<?> children) {
        for (Object child : children) {
          if (child instanceof Message each) walk(each, visit);
        }
      }
    }
  }

  /** Compares every quote of a message with the text at its offsets; answers how many there were. */
  private static int checkQuotes(Message message, Map<String, String> texts) {
    var found = new ArrayList<Evidence>();
    walk(message, found::add);
    for (Evidence evidence : found) {
      String text = texts.computeIfAbsent(evidence.getReport(), ClientTest::text);
      // Offsets count code points, strings UTF-16 units.
      int start = text.offsetByCodePoints(0, evidence.getStartOffset());
      int end = text.offsetByCodePoints(start, evidence.getEndOffset() - evidence.getStartOffset());
      assertEquals(evidence.getQuote(), text.substring(start, end));
    }
    return found.size();
  }

  private static String text(String report) {
    var request = GetReportRequest.newBuilder().setName(report).build();
    return IngestionServiceGrpc.newBlockingStub(channel).getReport(request).getText();
  }

  @Test
  void everyReportHasItsOutcome() throws Exception {
    var sent = new HashSet<String>();
    samples().forEach(sample -> sent.add(sample.getClientId()));
    assertEquals(sent, kept.keySet());
  }

  @Test
  void quotesAreSlicesOfTheTexts() {
    var texts = new HashMap<String, String>();
    var request =
        ListMeetingsRequest.newBuilder().setPageSize(10).setView(View.VIEW_FULL).setMinRevision(revision);
    int meetings = 0;
    int quotes = 0;
    do {
      var page = MeetingServiceGrpc.newBlockingStub(channel).listMeetings(request.build());
      for (var meeting : page.getMeetingsList()) quotes += checkQuotes(meeting, texts);
      meetings += page.getMeetingsCount();
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertTrue(meetings > 20 && quotes > 500, quotes + " quotes in " + meetings + " meetings");
  }

  @Test
  void offsetsCountCodePoints() throws Exception {
    var report =
        Report.newBuilder().setText(Files.readString(Path.of("../report.txt"))).setPublishDate("2023-08-05");
    var request = IngestReportRequest.newBuilder().setReport(report).setMeetingView(View.VIEW_FULL).build();
    var answer = IngestionServiceGrpc.newBlockingStub(channel).ingestReport(request);
    assertTrue(checkQuotes(answer.getMeetingRecord(), new HashMap<>()) >= 10);
  }

  @Test
  void aLookupNamesItsPerson() {
    var request =
        LookupEntitiesRequest.newBuilder()
            .setQuery("kieu the lan")
            .setKind(EntityKind.ENTITY_KIND_PERSON)
            .setMinRevision(revision)
            .build();
    var best = EntityServiceGrpc.newBlockingStub(channel).lookupEntities(request).getCandidates(0);
    assertEquals("Kiều Thế Lân", best.getEntity().getDisplayName());
    assertTrue(best.getMatch());
  }

  @Test
  void pagesAddUp() {
    var request = SearchItemsRequest.newBuilder().setQuery("giai ngan").setPageSize(2).setMinRevision(revision);
    Set<String> seen = new HashSet<>();
    long total;
    do {
      var page = SearchServiceGrpc.newBlockingStub(channel).searchItems(request.build());
      for (var hit : page.getHitsList()) {
        assertTrue(seen.add(hit.getItem().getName()), () -> hit.getItem().getName() + " came twice");
      }
      total = page.getTotalSize();
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertEquals(total, seen.size());
    assertTrue(total >= 3);
  }

  @Test
  void errorsHaveDetails() throws Exception {
    var report = Report.newBuilder().setText(" ").setPublishDate("2023-02-30");
    var request = IngestReportRequest.newBuilder().setReport(report).build();
    var refused =
        assertThrows(
            StatusRuntimeException.class,
            () -> IngestionServiceGrpc.newBlockingStub(channel).ingestReport(request));
    assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
    var fields = new ArrayList<String>();
    String reason = null;
    for (var detail : StatusProto.fromThrowable(refused).getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        var info = detail.unpack(ErrorInfo.class);
        reason = info.getDomain() + " " + info.getReason();
      } else if (detail.is(BadRequest.class)) {
        detail.unpack(BadRequest.class).getFieldViolationsList().forEach(violation -> fields.add(violation.getField()));
      }
    }
    assertEquals("bienban.v1 REPORT_TEXT_EMPTY", reason);
    assertEquals(List.of("report.text", "report.publish_date"), fields);
  }

  @Test
  void aDeadlineEndsTheWait() {
    var late = AdminServiceGrpc.newBlockingStub(channel).withDeadlineAfter(1, TimeUnit.NANOSECONDS);
    var error = assertThrows(StatusRuntimeException.class, () -> late.getStatus(GetStatusRequest.getDefaultInstance()));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, error.getStatus().getCode());
  }

  /** Shows a token with every call. */
  private record Token(String token) {
    CallCredentials credentials() {
      var headers = new Metadata();
      headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
      return new CallCredentials() {
        @Override
        public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
          applier.apply(headers);
        }
      };
    }
  }

  private static Path secret(String name) {
    return Path.of(System.getenv("BIENBAN_TEST_SECRETS")).resolve(name);
  }

  private static CallCredentials token() throws IOException {
    return new Token(Files.readString(secret("token")).strip()).credentials();
  }

  /** A server that wants TLS and a token. */
  private static Server startSecured(Path data, String address) throws Exception {
    return Server.start(
        data,
        address,
        "--tls-cert-file", secret("tls.crt").toString(),
        "--tls-key-file", secret("tls.key").toString(),
        "--auth-tokens-file", secret("tokens").toString());
  }

  private static ManagedChannel dialSecured(Server secured) throws IOException {
    var tls = TlsChannelCredentials.newBuilder().trustManager(secret("ca.crt").toFile()).build();
    return dial(secured.address(), tls);
  }

  @Test
  void aTokenOpensWhatItsScopesSay(@TempDir Path data) throws Exception {
    var secured = startSecured(data, "127.0.0.1:0");
    var over = dialSecured(secured);
    var token = token();
    try {
      var listing = ListMeetingsRequest.getDefaultInstance();
      var meetings = MeetingServiceGrpc.newBlockingStub(over);
      meetings.withCallCredentials(token).listMeetings(listing);
      var unknown = assertThrows(StatusRuntimeException.class, () -> meetings.listMeetings(listing));
      assertEquals(Status.Code.UNAUTHENTICATED, unknown.getStatus().getCode());
      var report = Report.newBuilder().setText("Sáng 5/8/2023, UBND tỉnh Sơn Hà họp.");
      var request = IngestReportRequest.newBuilder().setReport(report).build();
      var ingestion = IngestionServiceGrpc.newBlockingStub(over).withCallCredentials(token);
      var denied = assertThrows(StatusRuntimeException.class, () -> ingestion.ingestReport(request));
      assertEquals(Status.Code.PERMISSION_DENIED, denied.getStatus().getCode());
    } finally {
      over.shutdown();
      assertEquals(0, secured.stop());
    }
  }

  /** Ends the program and starts it again while many call. */
  @Test
  void restartsOverTlsFailNoCall(@TempDir Path data) throws Exception {
    var over = new AtomicBoolean();
    var answered = new LongAdder();
    var failures = new ConcurrentLinkedQueue<StatusRuntimeException>();
    var secured = startSecured(data, "127.0.0.1:0");
    var channel = dialSecured(secured);
    var meetings = MeetingServiceGrpc.newBlockingStub(channel).withCallCredentials(token());
    Runnable call =
        () -> {
          while (!over.get()) {
            try {
              meetings.listMeetings(ListMeetingsRequest.newBuilder().setPageSize(1).build());
              answered.increment();
            } catch (StatusRuntimeException error) {
              failures.add(error);
            }
          }
        };
    var callers = Stream.generate(() -> new Thread(call)).limit(CALLERS).toList();
    callers.forEach(Thread::start);
    for (int restart = 0; restart < RESTARTS; restart++) {
      meetings.listMeetings(ListMeetingsRequest.getDefaultInstance());
      assertEquals(0, secured.stop());
      secured = startSecured(data, secured.address());
    }
    meetings.listMeetings(ListMeetingsRequest.getDefaultInstance());
    over.set(true);
    for (var caller : callers) caller.join();
    channel.shutdown();
    assertEquals(0, secured.stop());
    System.out.printf("%d calls answered and %d failed over %d restarts%n", answered.sum(), failures.size(), RESTARTS);
    assertEquals(List.of(), List.copyOf(failures));
  }
}

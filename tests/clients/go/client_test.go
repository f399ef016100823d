// A client in Go, generated with protoc-gen-go and protoc-gen-go-grpc, against the real program.
//
//	tests/clients/run go
package client

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	pb "example.net/bienban-client/bienban/v1"
)

const root = "../../.."

// server is the program with a data folder of its own.
type server struct {
	address string
	folder  string
	process *exec.Cmd
}

// start starts the program at an address, port 0 for any, and returns once it listens.
func start(folder, address string, options ...string) (*server, error) {
	options = append([]string{"serve", "--listen", address, "--data-dir", folder, "--log-filter", "warn"}, options...)
	process := exec.Command(os.Getenv("BIENBAN"), options...)
	process.Stderr = os.Stderr
	output, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the program printed no address: %w", err)
	}
	go func() { _, _ = io.Copy(io.Discard, output) }()
	bound := strings.TrimPrefix(strings.TrimSpace(line), "bienban serves on ")
	return &server{address: bound, folder: folder, process: process}, nil
}

// stop ends the program as Kubernetes does, and waits for its end.
func (s *server) stop() error {
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.process.Wait()
}

// dial opens a channel that waits, retries and gives up by the published service config.
func dial(address string, options ...grpc.DialOption) (*grpc.ClientConn, error) {
	config, err := os.ReadFile(filepath.Join(root, "proto/bienban/v1/grpc_service_config.json"))
	if err != nil {
		return nil, err
	}
	return grpc.NewClient(address, append(options, grpc.WithDefaultServiceConfig(string(config)))...)
}

// token is shown with every call, and only over TLS.
type token string

func (t token) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + string(t)}, nil
}

func (token) RequireTransportSecurity() bool { return true }

// What all tests share: the program, a channel to it, and what became of the samples.
var (
	running  *server
	channel  *grpc.ClientConn
	kept     = map[string]*pb.IngestedReport{}
	revision int64
)

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	folder, err := os.MkdirTemp("", "bienban-go-")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(folder)
	if running, err = start(folder, "127.0.0.1:0"); err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, running.stop()) }()
	if channel, err = dial(running.address, grpc.WithTransportCredentials(insecure.NewCredentials())); err != nil {
		return 1, err
	}
	defer channel.Close()
	if err = ingestSamples(); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

// ingestSamples hands all sample reports over in one stream.
func ingestSamples() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	samples, err := samples()
	if err != nil {
		return err
	}
	stream, err := pb.NewIngestionServiceClient(channel).IngestReports(ctx)
	if err != nil {
		return err
	}
	sent := make(chan error, 1)
	go func() {
		for _, sample := range samples {
			if err := stream.Send(sample); err != nil {
				sent <- err
				return
			}
		}
		sent <- stream.CloseSend()
	}()
	for {
		answer, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if refused := answer.GetError(); refused != nil {
			return fmt.Errorf("%s: %s", answer.ClientId, refused.Message)
		}
		kept[answer.ClientId] = answer.GetIngested()
		revision = max(revision, answer.GetIngested().Revision)
	}
	if len(kept) != len(samples) {
		return fmt.Errorf("%d reports sent, %d answered", len(samples), len(kept))
	}
	return <-sent
}

func samples() ([]*pb.IngestReportsRequest, error) {
	folder := filepath.Join(root, "examples/reports")
	content, err := os.ReadFile(filepath.Join(folder, "index.json"))
	if err != nil {
		return nil, err
	}
	var entries []struct {
		ReportID    string `json:"report_id"`
		File        string `json:"file"`
		URL         string `json:"url"`
		Publisher   string `json:"publisher"`
		Title       string `json:"title"`
		PublishDate string `json:"publish_date"`
	}
	if err := json.Unmarshal(content, &entries); err != nil {
		return nil, err
	}
	var requests []*pb.IngestReportsRequest
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(folder, entry.File))
		if err != nil {
			return nil, err
		}
		requests = append(requests, &pb.IngestReportsRequest{
			ClientId: entry.ReportID,
			ReportId: entry.ReportID,
			Report: &pb.Report{
				Text: string(text), Url: entry.URL, Publisher: entry.Publisher,
				Title: entry.Title, PublishDate: entry.PublishDate,
			},
		})
	}
	return requests, nil
}

// checkQuotes compares every quote of a meeting with the text at its offsets, and returns how many there were.
func checkQuotes(t *testing.T, meeting *pb.Meeting, texts map[string][]rune) int {
	t.Helper()
	count := 0
	walk(meeting.ProtoReflect(), func(evidence *pb.Evidence) {
		text, known := texts[evidence.Report]
		if !known {
			report, err := pb.NewIngestionServiceClient(channel).
				GetReport(t.Context(), &pb.GetReportRequest{Name: evidence.Report})
			if err != nil {
				t.Fatal(err)
			}
			// Offsets count code points: runes in Go.
			text = []rune(report.Text)
			texts[evidence.Report] = text
		}
		if found := string(text[evidence.StartOffset:evidence.EndOffset]); found != evidence.Quote {
			t.Errorf("%s [%d, %d): %q is quoted as %q", evidence.Report, evidence.StartOffset, evidence.EndOffset, found, evidence.Quote)
		}
		count++
	})
	return count
}

func TestQuotesAreSlicesOfTheTexts(t *testing.T) {
	texts := map[string][]rune{}
	quotes, meetings, token := 0, 0, ""
	for {
		page, err := pb.NewMeetingServiceClient(channel).ListMeetings(t.Context(), &pb.ListMeetingsRequest{
			PageSize: 10, PageToken: token, View: pb.View_VIEW_FULL, MinRevision: revision,
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, meeting := range page.Meetings {
			quotes += checkQuotes(t, meeting, texts)
		}
		meetings += len(page.Meetings)
		if token = page.NextPageToken; token == "" {
			break
		}
	}
	if meetings < 20 || quotes < 500 {
		t.Errorf("only %d quotes in %d meetings", quotes, meetings)
	}
}

func TestOffsetsCountCodePoints(t *testing.T) {
	text, err := os.ReadFile("../report.txt")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := pb.NewIngestionServiceClient(channel).IngestReport(t.Context(), &pb.IngestReportRequest{
		Report:      &pb.Report{Text: string(text), PublishDate: "2023-08-05"},
		MeetingView: pb.View_VIEW_FULL,
	})
	if err != nil {
		t.Fatal(err)
	}
	if checkQuotes(t, answer.MeetingRecord, map[string][]rune{}) < 10 {
		t.Error("few quotes")
	}
}

func TestALookupNamesItsPerson(t *testing.T) {
	answer, err := pb.NewEntityServiceClient(channel).LookupEntities(t.Context(), &pb.LookupEntitiesRequest{
		Query: "kieu the lan", Kind: pb.EntityKind_ENTITY_KIND_PERSON, MinRevision: revision,
	})
	if err != nil {
		t.Fatal(err)
	}
	if best := answer.Candidates[0]; best.Entity.DisplayName != "Kiều Thế Lân" || !best.Match {
		t.Errorf("%v", best)
	}
}

func TestPagesAddUp(t *testing.T) {
	seen := map[string]bool{}
	request := &pb.SearchItemsRequest{Query: "giai ngan", PageSize: 2, MinRevision: revision}
	for {
		page, err := pb.NewSearchServiceClient(channel).SearchItems(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range page.Hits {
			if seen[hit.Item.Name] {
				t.Errorf("%s came twice", hit.Item.Name)
			}
			seen[hit.Item.Name] = true
		}
		if page.NextPageToken == "" {
			if int64(len(seen)) != page.TotalSize || len(seen) < 3 {
				t.Errorf("%d hits of %d", len(seen), page.TotalSize)
			}
			return
		}
		request.PageToken = page.NextPageToken
	}
}

func TestErrorsHaveDetails(t *testing.T) {
	_, err := pb.NewIngestionServiceClient(channel).IngestReport(t.Context(), &pb.IngestReportRequest{
		Report: &pb.Report{Text: " ", PublishDate: "2023-02-30"},
	})
	refused := status.Convert(err)
	if refused.Code() != codes.InvalidArgument {
		t.Fatal(err)
	}
	var reason string
	var fields []string
	for _, detail := range refused.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			reason = detail.Domain + " " + detail.Reason
		case *errdetails.BadRequest:
			for _, violation := range detail.FieldViolations {
				fields = append(fields, violation.Field)
			}
		}
	}
	if reason != "bienban.v1 REPORT_TEXT_EMPTY" || strings.Join(fields, " ") != "report.text report.publish_date" {
		t.Errorf("%s %v", reason, fields)
	}
}

func TestADeadlineEndsTheWait(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	_, err := pb.NewAdminServiceClient(channel).GetStatus(ctx, &pb.GetStatusRequest{})
	if status.Code(err) != codes.DeadlineExceeded {
		t.Error(err)
	}
}

func secret(name string) string { return filepath.Join(os.Getenv("BIENBAN_TEST_SECRETS"), name) }

// startSecured starts a program that wants TLS and a token.
func startSecured(t *testing.T, folder, address string) *server {
	t.Helper()
	secured, err := start(folder, address, "--tls-cert-file", secret("tls.crt"), "--tls-key-file", secret("tls.key"),
		"--auth-tokens-file", secret("tokens"))
	if err != nil {
		t.Fatal(err)
	}
	return secured
}

// dialSecured opens a channel over TLS.
func dialSecured(t *testing.T, address string, options ...grpc.DialOption) *grpc.ClientConn {
	t.Helper()
	authority, err := credentials.NewClientTLSFromFile(secret("ca.crt"), "")
	if err != nil {
		t.Fatal(err)
	}
	over, err := dial(address, append(options, grpc.WithTransportCredentials(authority))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { over.Close() })
	return over
}

// showsToken shows the token with every call.
func showsToken(t *testing.T) grpc.DialOption {
	t.Helper()
	shown, err := os.ReadFile(secret("token"))
	if err != nil {
		t.Fatal(err)
	}
	return grpc.WithPerRPCCredentials(token(strings.TrimSpace(string(shown))))
}

func TestATokenOpensWhatItsScopesSay(t *testing.T) {
	secured := startSecured(t, t.TempDir(), "127.0.0.1:0")
	defer secured.stop()
	known := dialSecured(t, secured.address, showsToken(t))
	unknown := dialSecured(t, secured.address)

	if _, err := pb.NewMeetingServiceClient(known).ListMeetings(t.Context(), &pb.ListMeetingsRequest{}); err != nil {
		t.Error(err)
	}
	_, err := pb.NewMeetingServiceClient(unknown).ListMeetings(t.Context(), &pb.ListMeetingsRequest{})
	if status.Code(err) != codes.Unauthenticated {
		t.Error(err)
	}
	report := &pb.Report{Text: "Sáng 5/8/2023, UBND tỉnh Sơn Hà họp."}
	_, err = pb.NewIngestionServiceClient(known).IngestReport(t.Context(), &pb.IngestReportRequest{Report: report})
	if status.Code(err) != codes.PermissionDenied {
		t.Error(err)
	}
}

// So many call at once while the program is restarted so often.
const callers, restarts = 16, 3

// TestRestartsFailNoCall ends the program and starts it again while many call, over TLS and with a token.
func TestRestartsFailNoCall(t *testing.T) {
	secured := startSecured(t, t.TempDir(), "127.0.0.1:0")
	meetings := pb.NewMeetingServiceClient(dialSecured(t, secured.address, showsToken(t)))
	var answered, failed atomic.Int64
	over := make(chan struct{})
	var calling sync.WaitGroup
	for range callers {
		calling.Go(func() {
			for {
				if _, err := meetings.ListMeetings(context.Background(), &pb.ListMeetingsRequest{PageSize: 1}); err != nil {
					failed.Add(1)
					t.Error(err)
				} else {
					answered.Add(1)
				}
				select {
				case <-over:
					return
				default:
				}
			}
		})
	}
	listing := func() {
		if _, err := meetings.ListMeetings(t.Context(), &pb.ListMeetingsRequest{}); err != nil {
			t.Error(err)
		}
	}
	for range restarts {
		listing()
		if err := secured.stop(); err != nil {
			t.Error(err)
		}
		secured = startSecured(t, secured.folder, secured.address)
	}
	listing()
	close(over)
	calling.Wait()
	if err := secured.stop(); err != nil {
		t.Error(err)
	}
	t.Logf("%d calls answered and %d failed over %d restarts", answered.Load(), failed.Load(), restarts)
}

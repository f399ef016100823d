package client

import (
	"context"
	"errors"
	"io"
	"strconv"
	"testing"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	pb "example.net/bienban-client/bienban/v1"
)

// first so many reports are handed over before the restart.
const first = 5

// told is what an error says from where to go on; an error again where trying again is of no use.
func told(err error) (map[string]string, error) {
	refused := status.Convert(err)
	if refused.Code() != codes.Unavailable {
		return nil, err
	}
	for _, detail := range refused.Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			return info.Metadata, nil
		}
	}
	return nil, nil
}

// handedOver are reports on their way, in one stream after the other until each is answered.
type handedOver struct {
	ingestion pb.IngestionServiceClient
	left      []*pb.IngestReportsRequest
	answers   map[string]*pb.IngestedReport
	ends      []map[string]string
	// Closed when the first few are answered; the others wait until goOn is.
	firstAnswered, goOn chan struct{}
}

func (h *handedOver) run() error {
	for len(h.left) > 0 {
		err := h.once()
		if err == nil {
			return nil
		}
		end, err := told(err)
		if err != nil {
			return err
		}
		h.ends = append(h.ends, end)
		// A stream that was cut off says nothing: then what was answered counts.
		done, _ := strconv.Atoi(end["answered"])
		var left []*pb.IngestReportsRequest
		for _, request := range h.left[done:] {
			if h.answers[request.ClientId] == nil {
				left = append(left, request)
			}
		}
		h.left = left
	}
	return nil
}

func (h *handedOver) once() error {
	stream, err := h.ingestion.IngestReports(context.Background())
	if err != nil {
		return err
	}
	go h.send(stream, h.left)
	for {
		answer, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		h.answers[answer.ClientId] = answer.GetIngested()
		if len(h.answers) == first {
			close(h.firstAnswered)
		}
	}
}

// send waits after the first few, so that the stream is under way when the program ends. What goes wrong the receiver is told.
func (h *handedOver) send(stream grpc.BidiStreamingClient[pb.IngestReportsRequest, pb.IngestReportsResponse], left []*pb.IngestReportsRequest) {
	for number, request := range left {
		if number == first {
			<-h.goOn
		}
		if stream.Send(request) != nil {
			return
		}
	}
	_ = stream.CloseSend()
}

// followed are the names of all meetings, by the feed of changes, in one stream after the other until a revision is reached.
type followed struct {
	meetings pb.MeetingServiceClient
	until    int64
	known    map[string]bool
	resets   int
	token    string
	// What each stream said to go on from, and what was told before.
	ends [][2]string
	// Closed when the first few are told.
	firstTold chan struct{}
}

func (f *followed) run() error {
	for {
		err := f.once()
		if err == nil {
			return nil
		}
		end, err := told(err)
		if err != nil {
			return err
		}
		// A stream that was cut off says nothing: then what it told last counts.
		token, ok := end["resume_token"]
		if !ok {
			token = f.token
		}
		f.ends = append(f.ends, [2]string{token, f.token})
		f.token = token
	}
}

func (f *followed) once() error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	stream, err := f.meetings.WatchChanges(ctx, &pb.WatchChangesRequest{
		ResumeToken: f.token, RecordKinds: []pb.RecordKind{pb.RecordKind_RECORD_KIND_MEETING},
	})
	if err != nil {
		return err
	}
	for {
		response, err := stream.Recv()
		if err != nil {
			return err
		}
		if f.take(response) {
			return nil
		}
	}
}

// take is true where the revision is reached.
func (f *followed) take(response *pb.WatchChangesResponse) bool {
	switch event := response.Event.(type) {
	case *pb.WatchChangesResponse_Reset_:
		f.known = map[string]bool{}
		f.resets++
	case *pb.WatchChangesResponse_Change:
		if event.Change.Kind == pb.ChangeKind_CHANGE_KIND_UPDATED {
			f.known[event.Change.Name] = true
		} else {
			delete(f.known, event.Change.Name)
		}
	case *pb.WatchChangesResponse_Progress:
		f.token = event.Progress.ResumeToken
		if event.Progress.Revision >= first && f.firstTold != nil {
			close(f.firstTold)
			f.firstTold = nil
		}
		return event.Progress.Revision >= f.until && event.Progress.CaughtUp
	}
	return false
}

func TestStreamsGoOnWhereARestartEndedThem(t *testing.T) {
	requests, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	own, err := start(t.TempDir(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	over, err := dial(own.address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer over.Close()
	meetings := pb.NewMeetingServiceClient(over)
	handed := &handedOver{
		ingestion: pb.NewIngestionServiceClient(over), left: requests, answers: map[string]*pb.IngestedReport{},
		firstAnswered: make(chan struct{}), goOn: make(chan struct{}),
	}
	firstTold := make(chan struct{})
	feed := &followed{meetings: meetings, until: int64(len(requests)), known: map[string]bool{}, firstTold: firstTold}
	ended := make(chan error, 2)
	go func() { ended <- handed.run() }()
	go func() { ended <- feed.run() }()

	for _, begun := range []chan struct{}{handed.firstAnswered, firstTold} {
		select {
		case <-begun:
		case err := <-ended:
			t.Fatal("a stream ended early: ", err)
		}
	}
	if err := own.stop(); err != nil {
		t.Fatal(err)
	}
	if own, err = start(own.folder, own.address); err != nil {
		t.Fatal(err)
	}
	defer own.stop()
	close(handed.goOn)
	if err := errors.Join(<-ended, <-ended); err != nil {
		t.Fatal(err)
	}

	if len(handed.answers) != len(requests) || len(handed.ends) == 0 || handed.ends[0]["answered"] != strconv.Itoa(first) {
		t.Errorf("%d of %d reports are answered, and streams ended with %v", len(handed.answers), len(requests), handed.ends)
	}
	if feed.resets != 0 || len(feed.ends) == 0 {
		t.Errorf("told anew %d times, and streams ended with %v", feed.resets, feed.ends)
	}
	for _, end := range feed.ends {
		if end[0] != end[1] {
			t.Errorf("%q is told to go on from, and %q was told before", end[0], end[1])
		}
	}
	page, err := meetings.ListMeetings(t.Context(), &pb.ListMeetingsRequest{PageSize: 1000, MinRevision: int64(len(requests))})
	if err != nil {
		t.Fatal(err)
	}
	for _, meeting := range page.Meetings {
		if !feed.known[meeting.Name] {
			t.Errorf("%s was not told", meeting.Name)
		}
	}
	if len(page.Meetings) != len(feed.known) {
		t.Errorf("%d meetings are told, %d are there", len(feed.known), len(page.Meetings))
	}
}

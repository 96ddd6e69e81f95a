// SPDX-License-Identifier: Apache-2.0

// Istio's own sink of legacy MCP, as Pilot up to 1.8 had it, with an updater that tells what it was given.
//
//	sink ADDRESS COLLECTION...      a `+` before a collection asks for it incrementally
//
// Commands: {"refuse": COLLECTION, "because": TEXT} from now on, {"accept": COLLECTION} again. An event for every new stream,
// every stream that was lost, every response, and every command when it counts.
package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	mcp "istio.io/api/mcp/v1alpha1"
	_ "istio.io/api/networking/v1alpha3" // what the bodies are decoded to
	"istio.io/istio/pkg/mcp/sink"
	"istio.io/istio/pkg/mcp/testing/monitoring"

	"footbridge.io/test/peers/pilot-2020/lines"
)

type event struct {
	Event string `json:"event"` // stream, lost, change, obeyed
	Error string `json:"error,omitempty"`

	Collection  string     `json:"collection,omitempty"`
	Incremental bool       `json:"incremental"`
	Version     string     `json:"version,omitempty"`
	Resources   []resource `json:"resources,omitempty"`
	Removed     []string   `json:"removed,omitempty"`
	Refused     string     `json:"refused,omitempty"`
}

type resource struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Type    string `json:"type"`
}

type command struct {
	Refuse  string `json:"refuse"`
	Because string `json:"because"`
	Accept  string `json:"accept"`
}

// updater refuses what it is told to refuse, collection by collection.
type updater struct {
	lock    sync.Mutex
	refused map[string]string
}

func (u *updater) Apply(change *sink.Change) error {
	u.lock.Lock()
	reason := u.refused[change.Collection]
	u.lock.Unlock()
	said := event{
		Event:       "change",
		Collection:  change.Collection,
		Incremental: change.Incremental,
		Version:     change.SystemVersionInfo,
		Removed:     change.Removed,
		Refused:     reason,
	}
	for _, object := range change.Objects {
		said.Resources = append(said.Resources, resource{object.Metadata.Name, object.Metadata.Version, object.TypeURL})
	}
	lines.Say(said)
	if reason != "" {
		return errors.New(reason)
	}
	return nil
}

func (u *updater) obey(asked command) error {
	u.lock.Lock()
	defer u.lock.Unlock()
	if asked.Refuse != "" {
		u.refused[asked.Refuse] = asked.Because
	}
	delete(u.refused, asked.Accept)
	lines.Say(event{Event: "obeyed"})
	return nil
}

// reporter is what the sink tells its metrics.
type reporter struct {
	*monitoring.InMemoryStatsContext
}

func (reporter) RecordStreamCreateSuccess() { lines.Say(event{Event: "stream"}) }

func (reporter) RecordRecvError(err error, _ codes.Code) {
	lines.Say(event{Event: "lost", Error: err.Error()})
}

func main() {
	lines.LogToStderr()
	address, names := os.Args[1], os.Args[2:]
	var collections []sink.CollectionOptions
	for _, name := range names {
		bare := strings.TrimPrefix(name, "+")
		collections = append(collections, sink.CollectionOptions{Name: bare, Incremental: bare != name})
	}
	connection, err := grpc.Dial(address, grpc.WithInsecure())
	if err != nil {
		lines.Fail(err)
	}
	told := &updater{refused: map[string]string{}}
	client := sink.NewClient(mcp.NewResourceSourceClient(connection), &sink.Options{
		CollectionOptions: collections,
		Updater:           told,
		Reporter:          reporter{monitoring.NewInMemoryStatsContext()},
	})
	go client.Run(context.Background())
	if err := lines.Obey(told.obey); err != nil {
		lines.Fail(err)
	}
}

// SPDX-License-Identifier: Apache-2.0

// Galley's own server of legacy MCP: its source, its cache of snapshots and its rate limits, wide open. (As released they let
// through one request a second after a hundred, acknowledgements among them.)
//
//	galley ADDRESS COLLECTION...    a `+` before a collection allows it to be told incrementally
//
// A command is a whole snapshot: {COLLECTION: {"version": TEXT, "resources": [BASE64 of istio.mcp.v1alpha1.Resource]}}.
package main

import (
	"net"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"
	mcp "istio.io/api/mcp/v1alpha1"
	"istio.io/istio/pkg/mcp/rate"
	"istio.io/istio/pkg/mcp/server"
	"istio.io/istio/pkg/mcp/snapshot"
	"istio.io/istio/pkg/mcp/source"
	"istio.io/istio/pkg/mcp/testing/groups"
	"istio.io/istio/pkg/mcp/testing/monitoring"

	"footbridge.io/test/peers/pilot-2020/lines"
)

const (
	limitEvery = time.Second
	limitBurst = 100_000
)

type content struct {
	Version   string   `json:"version"`
	Resources [][]byte `json:"resources"`
}

func snapshotOf(contents map[string]content) (snapshot.Snapshot, error) {
	builder := snapshot.NewInMemoryBuilder()
	for collection, has := range contents {
		resources := []*mcp.Resource{}
		for _, bytes := range has.Resources {
			resource := &mcp.Resource{}
			if err := resource.Unmarshal(bytes); err != nil {
				return nil, err
			}
			resources = append(resources, resource)
		}
		builder.Set(collection, has.Version, resources)
	}
	return builder.Build(), nil
}

func main() {
	lines.LogToStderr()
	address, names := os.Args[1], os.Args[2:]
	var collections []source.CollectionOptions
	for _, name := range names {
		bare := strings.TrimPrefix(name, "+")
		collections = append(collections, source.CollectionOptions{Name: bare, Incremental: bare != name})
	}
	cache := snapshot.New(groups.DefaultIndexFn)
	served := source.NewServer(&source.Options{
		Watcher:            cache,
		CollectionsOptions: collections,
		Reporter:           monitoring.NewInMemoryStatsContext(),
		ConnRateLimiter:    rate.NewRateLimiter(limitEvery, limitBurst),
	}, &source.ServerOptions{
		AuthChecker: server.NewAllowAllChecker(),
		RateLimiter: rate.NewRateLimiter(limitEvery, limitBurst).Create(),
	})
	listener, err := net.Listen("tcp", address)
	if err != nil {
		lines.Fail(err)
	}
	carrier := grpc.NewServer()
	mcp.RegisterResourceSourceServer(carrier, served)
	go func() { lines.Fail(carrier.Serve(listener)) }()
	lines.Say(map[string]string{"event": "listening"})
	err = lines.Obey(func(contents map[string]content) error {
		made, err := snapshotOf(contents)
		if err == nil {
			cache.SetSnapshot(groups.Default, made)
			lines.Say(map[string]string{"event": "served"})
		}
		return err
	})
	if err != nil {
		lines.Fail(err)
	}
}

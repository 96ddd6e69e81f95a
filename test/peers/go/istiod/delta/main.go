// SPDX-License-Identifier: Apache-2.0

// A client of incremental xDS on the types of go-control-plane: it keeps what it is told, as the text of the protocol says, and
// answers by itself.
//
//	delta ADDRESS TYPE_URL
//
// Commands: {"do": "open" | "names", "subscribe": [NAME], "unsubscribe": [NAME]} on a new stream (saying what it holds), or on the one
// it has; {"do": "refuse", "because": TEXT} from now on, {"do": "accept"} again; {"do": "whole"} asks for the state of the world on a
// stream beside. Every response is an event, and so is every command when it counts.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"sync"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/anypb"
	mcp "istio.io/api/mcp/v1alpha1"
	networking "istio.io/api/networking/v1alpha3"
)

const everything = "*"

type command struct {
	Do          string   `json:"do"`
	Subscribe   []string `json:"subscribe"`
	Unsubscribe []string `json:"unsubscribe"`
	Because     string   `json:"because"`
}

type event struct {
	Event   string            `json:"event"` // response, whole, lost, obeyed
	Changed []string          `json:"changed"`
	Removed []string          `json:"removed"`
	Refused string            `json:"refused,omitempty"`
	Error   string            `json:"error,omitempty"`
	Holds   map[string]string `json:"holds"` // name to version
}

type stream = discovery.AggregatedDiscoveryService_DeltaAggregatedResourcesClient

type client struct {
	service discovery.AggregatedDiscoveryServiceClient
	typeURL string

	lock    sync.Mutex
	stream  stream
	leave   context.CancelFunc
	names   map[string]bool
	holds   map[string]string
	refusal string
}

func (c *client) say(said event) {
	said.Holds = c.holds
	if err := json.NewEncoder(os.Stdout).Encode(said); err != nil {
		fail(err)
	}
}

func (c *client) obey(asked command) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	switch asked.Do {
	case "open":
		if err := c.open(asked); err != nil {
			return err
		}
	case "names":
		c.note(asked)
		request := &discovery.DeltaDiscoveryRequest{TypeUrl: c.typeURL}
		if err := c.send(request, asked); err != nil {
			return err
		}
	case "refuse":
		c.refusal = asked.Because
	case "accept":
		c.refusal = ""
	case "whole":
		return c.whole()
	default:
		return fmt.Errorf("no such command: %q", asked.Do)
	}
	c.say(event{Event: "obeyed"})
	return nil
}

func (c *client) open(asked command) error {
	c.leave()
	ctx, leave := context.WithCancel(context.Background())
	opened, err := c.service.DeltaAggregatedResources(ctx, grpc.WaitForReady(true))
	if err != nil {
		leave()
		return err
	}
	c.stream, c.leave, c.names = opened, leave, map[string]bool{}
	if len(asked.Subscribe) == 0 && len(asked.Unsubscribe) == 0 {
		c.names[everything] = true
	}
	c.note(asked)
	go c.receive(opened)
	return c.send(&discovery.DeltaDiscoveryRequest{
		Node:                    &core.Node{Id: "a generic client"},
		TypeUrl:                 c.typeURL,
		InitialResourceVersions: maps.Clone(c.holds),
	}, asked)
}

func (c *client) send(request *discovery.DeltaDiscoveryRequest, asked command) error {
	request.ResourceNamesSubscribe = asked.Subscribe
	request.ResourceNamesUnsubscribe = asked.Unsubscribe
	return c.stream.Send(request)
}

// note keeps the names, and drops what is no longer among them.
func (c *client) note(asked command) {
	for _, name := range asked.Subscribe {
		c.names[name] = true
	}
	for _, name := range asked.Unsubscribe {
		delete(c.names, name)
	}
	maps.DeleteFunc(c.holds, func(name, _ string) bool { return !c.wants(name) })
}

func (c *client) wants(name string) bool {
	return c.names[everything] || c.names[name]
}

func (c *client) receive(from stream) {
	for {
		response, err := from.Recv()
		c.lock.Lock()
		if from != c.stream {
			c.lock.Unlock()
			return
		}
		if err == nil {
			err = c.take(response)
		}
		if err != nil {
			c.say(event{Event: "lost", Error: err.Error()})
			c.lock.Unlock()
			return
		}
		c.lock.Unlock()
	}
}

// take applies a response and acknowledges it, or refuses all of it.
func (c *client) take(response *discovery.DeltaDiscoveryResponse) error {
	if response.TypeUrl != c.typeURL || response.Nonce == "" {
		return fmt.Errorf("a response for %q with nonce %q", response.TypeUrl, response.Nonce)
	}
	answer := &discovery.DeltaDiscoveryRequest{TypeUrl: c.typeURL, ResponseNonce: response.Nonce}
	said := event{Event: "response", Changed: []string{}, Removed: response.RemovedResources, Refused: c.refusal}
	for _, told := range response.Resources {
		name, version, err := read(told.Resource)
		if err == nil && (name != told.Name || version != told.Version) {
			err = fmt.Errorf("%s@%s is %s@%s inside", told.Name, told.Version, name, version)
		}
		if err != nil {
			return err
		}
		said.Changed = append(said.Changed, name)
		if c.refusal == "" && c.wants(name) {
			c.holds[name] = version
		}
	}
	if c.refusal == "" {
		for _, name := range response.RemovedResources {
			delete(c.holds, name)
		}
	} else {
		answer.ErrorDetail = &status.Status{Code: 3, Message: c.refusal}
	}
	slices.Sort(said.Changed)
	slices.Sort(said.Removed)
	if err := c.stream.Send(answer); err != nil {
		return err
	}
	c.say(said)
	return nil
}

// whole tells what the state of the world is to a client that asks for it.
func (c *client) whole() error {
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	opened, err := c.service.StreamAggregatedResources(ctx, grpc.WaitForReady(true))
	if err != nil {
		return err
	}
	node := &core.Node{Id: "a client of the state of the world"}
	if err := opened.Send(&discovery.DiscoveryRequest{Node: node, TypeUrl: c.typeURL}); err != nil {
		return err
	}
	response, err := opened.Recv()
	if err != nil {
		return err
	}
	world := &client{holds: map[string]string{}}
	for _, resource := range response.Resources {
		name, version, err := read(resource)
		if err != nil {
			return err
		}
		world.holds[name] = version
	}
	world.say(event{Event: "whole"})
	return nil
}

// read takes an entry out of its envelope, down to its body.
func read(packed *anypb.Any) (name, version string, err error) {
	envelope, entry := &mcp.Resource{}, &networking.ServiceEntry{}
	if err = packed.UnmarshalTo(envelope); err == nil {
		err = envelope.Body.UnmarshalTo(entry)
	}
	if err == nil && len(entry.Hosts) == 0 {
		err = errors.New("an entry without a host")
	}
	return envelope.GetMetadata().GetName(), envelope.GetMetadata().GetVersion(), err
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func main() {
	connection, err := grpc.NewClient(os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		fail(err)
	}
	it := &client{
		service: discovery.NewAggregatedDiscoveryServiceClient(connection),
		typeURL: os.Args[2],
		leave:   func() {},
		holds:   map[string]string{},
	}
	commands := json.NewDecoder(bufio.NewReader(os.Stdin))
	for {
		var asked command
		if err := commands.Decode(&asked); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			fail(err)
		}
		if err := it.obey(asked); err != nil {
			fail(err)
		}
	}
}

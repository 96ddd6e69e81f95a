// SPDX-License-Identifier: Apache-2.0

// Asks Istio itself whether it accepts a ServiceEntry. Reads one JSON object a line, {"id": ..., "spec": {...}}, the spec
// in Istio's own JSON form; answers one line each, {"id": ..., "ok": true | false, "error": "..."}, in the order of asking.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"google.golang.org/protobuf/encoding/protojson"
	networking "istio.io/api/networking/v1alpha3"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/gvk"
	"istio.io/istio/pkg/config/validation"
)

type question struct {
	ID   json.RawMessage `json:"id"`
	Spec json.RawMessage `json:"spec"`
}

type answer struct {
	ID    json.RawMessage `json:"id"`
	OK    bool            `json:"ok"`
	Error string          `json:"error,omitempty"`
}

func refusal(spec json.RawMessage) error {
	entry := &networking.ServiceEntry{}
	if err := protojson.Unmarshal(spec, entry); err != nil {
		return fmt.Errorf("not a ServiceEntry: %w", err)
	}
	meta := config.Meta{GroupVersionKind: gvk.ServiceEntry, Name: "asked", Namespace: "asked"}
	_, err := validation.ValidateServiceEntry(config.Config{Meta: meta, Spec: entry})
	return err
}

func run() error {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	questions, answers := json.NewDecoder(in), json.NewEncoder(out)
	for questions.More() {
		var asked question
		if err := questions.Decode(&asked); err != nil {
			return err
		}
		said := answer{ID: asked.ID, OK: true}
		if err := refusal(asked.Spec); err != nil {
			said.OK, said.Error = false, err.Error()
		}
		if err := answers.Encode(said); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

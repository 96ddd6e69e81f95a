// SPDX-License-Identifier: Apache-2.0

// Package lines is how the programs beside it talk with a test: one JSON object a line, commands in, events out.
package lines

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"istio.io/pkg/log"
)

var saying sync.Mutex

// Say prints one event.
func Say(event interface{}) {
	saying.Lock()
	defer saying.Unlock()
	if err := json.NewEncoder(os.Stdout).Encode(event); err != nil {
		Fail(err)
	}
}

// Obey hands every command to obey, until there are no more: then whoever started this program is gone.
func Obey[Command any](obey func(Command) error) error {
	commands := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	for {
		var command Command
		if err := commands.Decode(&command); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := obey(command); err != nil {
			return err
		}
	}
}

// LogToStderr moves Istio's own log out of the way of the events.
func LogToStderr() {
	options := log.DefaultOptions()
	options.OutputPaths = []string{"stderr"}
	if err := log.Configure(options); err != nil {
		Fail(err)
	}
}

// Fail ends the program.
func Fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

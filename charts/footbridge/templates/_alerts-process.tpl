{{/* Do the pods run, and do they run what they are told to? */}}
{{- define "footbridge.alerts.process" -}}
{{- $of := include "footbridge.metricsSelector" . -}}
{{- $limit := include "footbridge.memoryLimit" . -}}
{{- $percent := .Values.monitoring.prometheusRule.thresholds.memoryNearLimitPercent -}}
- alert: FootbridgeAbsent
  severity: critical
  for: 5m
  expr: |
    # A target that Prometheus does not know has no series at all: only absent() can tell.
    absent(up{ {{- $of -}} })
  summary: No replica of a bridge is known to Prometheus, and no istiod that lists it can start without one.
  description: >-
    Prometheus knows no target of this bridge. An istiod that runs keeps what it was told; one that starts ends at once.
    Do not restart istiod until a replica is back.
- alert: FootbridgeAllReplicasDown
  severity: critical
  for: 2m
  expr: |
    # avg_over_time: pods in a crash loop answer now and then, which must not start the clock anew.
    # `and up`: pods that a rollout took away are not down.
    max by (namespace, job) (avg_over_time(up{ {{- $of -}} }[5m]) and up{ {{- $of -}} }) < 0.5
  summary: No replica of a bridge answers, and no istiod that lists it can start without one.
  description: >-
    even the best replica answered only << $value | humanizePercentage >> of the scrapes of the last 5 minutes. An istiod that runs
    keeps what it was told; one that starts ends at once. Do not restart istiod until a replica is back.
- alert: FootbridgeDown
  severity: warning
  for: 5m
  expr: |
    # avg_over_time: a pod in a crash loop answers now and then, which must not start the clock anew.
    # `and up`: a pod that a rollout took away is not down.
    avg_over_time(up{ {{- $of -}} }[10m]) < 0.5 and up{ {{- $of -}} }
  summary: A replica of a bridge does not answer.
  description: >-
    pod << $labels.pod >> answered only << $value | humanizePercentage >> of the scrapes of the last 10 minutes. The other replicas
    serve istiod; with one replica less, a further failure keeps istiod from starting.
- alert: FootbridgeConfigReloadRefused
  severity: warning
  for: 15m
  expr: |
    # max_over_time: a failed scrape must not start the clock anew. A rollout replaces the pod before the clock ends.
    max by (namespace, job, pod) (max_over_time(footbridge_config_reload_refused{ {{- $of -}} }[3m])) > 0
  summary: A bridge runs with a configuration that is not the one in its file.
  description: >-
    pod << $labels.pod >> refused the configuration that it found and goes on with the former one. If the file is wrong, the pod will not
    start again after its next restart.
- alert: FootbridgeStateNotWritten
  severity: warning
  for: 10m
  expr: |
    # max_over_time: a failed scrape must not start the clock anew. A write that failed is tried again every 30 seconds.
    max by (namespace, job, pod) (max_over_time(footbridge_state_write_failing{ {{- $of -}} }[3m])) > 0
  summary: A replica cannot write its state file, so a restart would begin with an older one or with none.
  description: >-
    pod << $labels.pod >> serves as ever, and cannot keep what it serves. If it is restarted while a registry cannot be read, what came
    since the last good write is missing.
- alert: FootbridgeMemoryNearLimit
  severity: warning
  for: 15m
  {{- if $limit }}
  expr: |
    # min_over_time: memory that the next collection frees is no news. First the container, which is killed at its limit; then the heap,
    # for which the chart leaves a part of it: Node ends the process when that is full, whatever is left around it.
    min_over_time(process_resident_memory_bytes{ {{- $of -}} }[5m]) / {{ include "footbridge.bytes" $limit }} > {{ $percent }} / 100
    or
    min_over_time(nodejs_heap_size_used_bytes{ {{- $of -}} }[5m]) / ({{ include "footbridge.heapMegabytes" . }} * 1048576) > {{ $percent }} / 100
  {{- end }}
  summary: A bridge needs almost all the memory that it may have.
  description: >-
    pod << $labels.pod >> has << $value | humanizePercentage >> in use of its limit of {{ $limit }} or of the heap's part of it. When that is
    full it ends and restarts, with what it kept in its state file.
{{- end -}}

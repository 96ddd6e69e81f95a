{{/* Does istiod hear of it? */}}
{{- define "footbridge.alerts.istiod" -}}
{{- $of := include "footbridge.metricsSelector" . -}}
{{- $istiods := printf "%s, client=\"istiod\"" $of -}}
{{- $thresholds := .Values.monitoring.prometheusRule.thresholds -}}
- alert: FootbridgeNoClients
  severity: critical
  for: 10m
  expr: |
    # max_over_time [5m]: neither a failed scrape nor an istiod that dials again is news. [24h]: a bridge that no mesh
    # configuration names yet, or no longer, has nobody to miss. Others than istiod come and look, and miss nothing.
    sum by (namespace, job) (max_over_time(footbridge_clients{ {{- $istiods -}} }[5m])) == 0
      and sum by (namespace, job) (max_over_time(footbridge_clients{ {{- $istiods -}} }[24h])) > 0
      and max by (namespace, job) (max_over_time(footbridge_services{ {{- $of }}, state="served"}[5m])) > 0
  summary: No istiod is connected to a bridge that had one.
  description: >-
    no istiod is connected to any replica, and within the last 24 hours one was. Those that run keep what they have and hear of no change.
    If they cannot reach the bridge, they will not start either.
- alert: FootbridgeClientsNotSynced
  severity: warning
  for: 1m
  expr: |
    # min_over_time of the one and max_over_time of the other: at no scrape of the 5 minutes had all acknowledged, and a failed
    # scrape loses none of them. `unless`: before the first good read clients wait because they must.
    sum by (namespace, job, pod) (min_over_time(footbridge_clients{ {{- $istiods -}} }[5m]))
      - sum by (namespace, job, pod) (max_over_time(footbridge_clients_synced{ {{- $istiods -}} }[5m])) > 0
      unless max by (namespace, job, pod) (max_over_time(footbridge_snapshot_state{ {{- $of }}, state=~"empty|held"}[5m])) > 0
  summary: An istiod is connected and does not acknowledge what it is sent.
  description: >-
    << $value | humanize >> istiods of pod << $labels.pod >> have not had the current content for at least 5 minutes. They go on with
    older content.
- alert: FootbridgeRejected
  severity: warning
  for: 0m
  expr: |
    sum by (namespace, job, pod) (increase(footbridge_responses_total{ {{- $of }}, answer="nack"}[15m])) > 0
  summary: A client refused what it was sent.
  description: >-
    a client of pod << $labels.pod >> refused about << $value | humanize >> responses within 15 minutes. It goes on with what it had.
    istiod never refuses, so this is another client or a defect.
- alert: FootbridgePushTooLarge
  severity: warning
  for: 1m
  expr: |
    # A client that cannot read a response ends its stream and dials again, for the same response. The second half: a Pilot that was
    # started with a larger limit reads it and stays; one that restarts once ends one stream. 30m: Istio 1.10 and 1.11 dial ten times
    # within seconds and never again, and one long moment of it has to be seen.
    sum by (namespace, job, pod, protocol) (increase(footbridge_pushes_too_large_total{ {{- $of -}} }[30m])) > 0
      and sum by (namespace, job, pod, protocol) (increase(footbridge_streams_total{ {{- $of }}, end="client"}[30m])) > 2
  summary: An old Istio cannot read what it is sent, because it is too large.
  description: >-
    pod << $labels.pod >> sent about << $value | humanize >> responses of more than 4 MiB within 30 minutes to clients of protocol
    << $labels.protocol >> that read no more, and such clients left again and again. They go on with what they had, or with nothing.
{{- range list
      (dict "long" "1h" "short" "5m" "factor" "14.4" "severity" "critical" "for" "2m")
      (dict "long" "6h" "short" "30m" "factor" "6" "severity" "warning" "for" "15m") }}
{{- $count := printf "footbridge_propagation_seconds_count{%s}" $of }}
{{- $bound := printf "le=~\"%[1]v|%[1]v.0\"" $thresholds.propagationWithinSeconds }}
{{- $inTime := printf "footbridge_propagation_seconds_bucket{%s, %s}" $of $bound }}
{{- $tooMuch := printf "%s * (100 - %v) / 100" .factor $thresholds.propagationObjectivePercent }}
- alert: FootbridgePropagationSLOBurn
  severity: {{ .severity }}
  for: {{ .for }}
  expr: |
    # Both windows: the long one tells that it matters, the short one that it still goes on. Last, whether there were changes
    # enough to judge by. `le` twice: Prometheus 3 stores the bound of a bucket with a decimal.
    (
      1 - sum by (namespace, job) (rate({{ $inTime }}[{{ .long }}]))
        / sum by (namespace, job) (rate({{ $count }}[{{ .long }}]))
    ) > {{ $tooMuch }}
    and (
      1 - sum by (namespace, job) (rate({{ $inTime }}[{{ .short }}]))
        / sum by (namespace, job) (rate({{ $count }}[{{ .short }}]))
    ) > {{ $tooMuch }}
    and sum by (namespace, job) (increase({{ $count }}[{{ .long }}])) > {{ int $thresholds.propagationMinChanges }}
  summary: Changes of a registry reach istiod too late.
  description: >-
    of the changes of the last {{ .long }}, << $value | humanizePercentage >> were acknowledged by istiod later than
    {{ $thresholds.propagationWithinSeconds }} seconds after they were seen. Callers go on with instances that are gone.
{{- end }}
{{- end }}

{{/* Is what is served what the registries say? */}}
{{- define "footbridge.alerts.content" -}}
{{- $of := include "footbridge.metricsSelector" . -}}
- alert: FootbridgeSnapshotHeld
  severity: critical
  for: 30s
  expr: |
    # min_over_time instead of a longer `for`: held at every scrape of the time, and a failed scrape loses none of it. It has to
    # be quick, because a hold ends by itself when `registries.<name>.holdFor` (5 minutes unless configured) is over.
    max by (namespace, job, registry, reason) (min_over_time(footbridge_guard_holds{ {{- $of }}, reason="everything-gone"}[90s])) > 0
  summary: A registry lists nothing any more, and minutes are left before the mesh is told so.
  description: >-
    registry << $labels.registry >> lists nothing any more. What it listed is served on until a read after `registries.<< $labels.registry >>.holdFor` confirms that it is
    gone; then all of it is removed from the mesh.
- alert: FootbridgeSnapshotHeld
  severity: critical
  for: 30s
  expr: |
    # min_over_time: as above.
    max by (namespace, job, registry, reason) (min_over_time(footbridge_guard_holds{ {{- $of }}, reason="many-gone"}[90s])) > 0
  summary: A registry lists much less than it did, and minutes are left before the mesh is told so.
  description: >-
    registry << $labels.registry >> lists much less than it did (`guard.removalShare`). What is gone is served on until a read after `registries.<< $labels.registry >>.holdFor`
    confirms it; then it is removed from the mesh.
- alert: FootbridgeSnapshotHeld
  severity: warning
  for: 30s
  expr: |
    # min_over_time: as above.
    max by (namespace, job, registry, reason) (min_over_time(footbridge_guard_holds{ {{- $of }}, reason="empty-first-read"}[90s])) > 0
  summary: A registry lists nothing, and the bridge does not believe it yet.
  description: >-
    registry << $labels.registry >> listed nothing when it was first read. Until a read after `registries.<< $labels.registry >>.holdFor` istiod gets no answer and hears of
    no change; then it is told what is listed, and that nothing else is there.
- alert: FootbridgeFrozen
  severity: warning
  for: 5m
  expr: |
    # max_over_time: a failed scrape must not start the clock anew. 0: nothing is frozen.
    max by (namespace, job, registry) (time() - (max_over_time(footbridge_guard_freeze_start_timestamp_seconds{ {{- $of -}} }[3m]) > 0)) > 86400
  summary: Something of a registry has been frozen for more than a day.
  description: >-
    registry << $labels.registry >>, or a service of it, has been frozen for << $value | humanizeDuration >>. Instances that came or died since then are
    not seen there.
- alert: FootbridgeNothingServed
  severity: critical
  for: 5m
  expr: |
    # max_over_time [3m]: a failed scrape must not start the clock anew. [24h]: a bridge that never served anything misses nothing. Last,
    # whether some replica believes it: one that has not read its registries tells istiod nothing, and istiod keeps what it has.
    max by (namespace, job) (max_over_time(footbridge_instances_served{ {{- $of -}} }[3m])) == 0
      and max by (namespace, job) (max_over_time(footbridge_instances_served{ {{- $of -}} }[24h])) > 0
      and max by (namespace, job) (max_over_time(footbridge_snapshot_state{ {{- $of }}, state=~"live|stale|restored"}[3m])) > 0
  summary: A bridge serves no instance any more.
  description: >-
    no replica serves an instance, and within the last 24 hours some were served. Whoever calls these services is answered 503 or knows
    no such host.
- alert: FootbridgePublishRefused
  severity: warning
  for: 15m
  expr: |
    # Against yesterday: what has been refused for long is known. max_over_time: a failed scrape now must not start the clock anew,
    # and scrapes that failed for up to six hours yesterday must not make it news.
    # Left out are codes that cost nothing but a label or a detail, and those that somebody asked for.
    max by (namespace, job, code) (max_over_time(footbridge_problems{ {{- $of }}, code!~"{{ include "footbridge.harmlessProblems" . }}"}[3m]))
      > (
        max by (namespace, job, code) (max_over_time(footbridge_problems{ {{- $of -}} }[6h] offset 1d))
        or 0 * max by (namespace, job, code) (max_over_time(footbridge_problems{ {{- $of -}} }[3m]))
      )
  summary: Something that is registered cannot be published, and that is new.
  description: >-
    << $value | humanize >> problems with code << $labels.code >>, more than a day ago. What they are about is missing in the mesh,
    in whole or in part; everything else is served.
- alert: FootbridgeReplicasDiffer
  severity: warning
  for: 15m
  expr: |
    # last_over_time: a replica whose scrape failed is still compared. The second half: while every replica follows its own
    # stream of changes they differ by moments, so one has to stand still.
    (
      max by (namespace, job) (last_over_time(footbridge_snapshot_fingerprint{ {{- $of -}} }[3m]))
        != min by (namespace, job) (last_over_time(footbridge_snapshot_fingerprint{ {{- $of -}} }[3m]))
    )
    and min by (namespace, job) (changes(footbridge_snapshot_fingerprint{ {{- $of -}} }[15m])) == 0
  summary: The replicas of a bridge serve different content.
  description: >-
    the replicas have served different content for at least 15 minutes. What istiod knows depends on which of them it reached.
{{- end -}}

{{/* A test compares them with the catalogue of problems. */}}
{{- define "footbridge.harmlessProblems" -}}
{{- list
      "ENDPOINT_DUPLICATE"
      "FIELD_IGNORED"
      "HOST_YIELDED"
      "INSTANCE_DUPLICATE"
      "INSTANCE_PERSISTENT"
      "LABEL_INVALID"
      "LABEL_OUT_OF_SCOPE"
      "LABEL_RESERVED"
      "LOCALITY_INVALID"
      "METADATA_OVER_LIMIT"
      "METADATA_SECRET_DROPPED"
      "METADATA_TOO_LONG"
      "RECORDS_SKIPPED"
      "WEIGHT_INVALID"
      "WEIGHT_ZERO" | join "|" -}}
{{- end -}}

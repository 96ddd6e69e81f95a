{{/* Can the registries be read? */}}
{{- define "footbridge.alerts.registry" -}}
{{- $of := include "footbridge.metricsSelector" . -}}
{{- $thresholds := .Values.monitoring.prometheusRule.thresholds -}}
{{- range list (dict "severity" "warning" "times" 1) (dict "severity" "critical" "times" 6) }}
- alert: FootbridgeRegistryStale
  severity: {{ .severity }}
  for: 1m
  expr: |
    # max_over_time: a failed scrape is no sign of an old read. A registry that was never read (0) has an alert of its own.
    time() - (max by (namespace, job, registry) (max_over_time(footbridge_registry_last_success_timestamp_seconds{ {{- $of -}} }[5m])) > 0)
      > {{ .times }} * {{ int $thresholds.registryStaleSeconds }}
  summary: A registry cannot be read by any replica, so the mesh does not follow its changes.
  description: >-
    registry << $labels.registry >> was last read << $value | humanizeDuration >> ago. What was known then is served on: traffic flows,
    but new instances get none, and those that died still do.
{{- end }}
- alert: FootbridgeRegistryStale
  severity: warning
  for: 1m
  expr: |
    # One replica alone, while the best of the others reads well. max_over_time: as above. FootbridgeReplicasDiffer is no substitute: it
    # is silent while both change because of another registry.
    time() - (max by (namespace, job, registry, pod) (max_over_time(footbridge_registry_last_success_timestamp_seconds{ {{- $of -}} }[5m])) > 0)
      > 3 * {{ int $thresholds.registryStaleSeconds }}
      and on (namespace, job, registry)
      time() - max by (namespace, job, registry) (max_over_time(footbridge_registry_last_success_timestamp_seconds{ {{- $of -}} }[5m]))
        <= {{ int $thresholds.registryStaleSeconds }}
  summary: One replica cannot read a registry that another one reads.
  description: >-
    pod << $labels.pod >> last read registry << $labels.registry >> << $value | humanizeDuration >> ago, and another pod reads it well.
    What an istiod knows depends on which of them it reached.
- alert: FootbridgeRegistryNeverRead
  severity: critical
  for: 5m
  expr: |
    # max_over_time: a failed scrape must not start the clock anew. 0 = never read.
    max by (namespace, job, registry) (max_over_time(footbridge_registry_last_success_timestamp_seconds{ {{- $of -}} }[3m])) == 0
  summary: A registry was not read once since the bridge started, so istiod gets no answer.
  description: >-
    registry << $labels.registry >> was not read since any replica started. An istiod that runs keeps what it has and hears of no change,
    of the other registries of this bridge neither; one that starts waits (2 minutes unless configured) and then knows nothing of this bridge.
- alert: FootbridgeRegistryNeverRead
  severity: warning
  for: 10m
  expr: |
    # One replica alone: max_over_time as above, for both. FootbridgeReplicasDiffer is no substitute, as above.
    max by (namespace, job, registry, pod) (max_over_time(footbridge_registry_last_success_timestamp_seconds{ {{- $of -}} }[3m])) == 0
      and on (namespace, job, registry)
      max by (namespace, job, registry) (max_over_time(footbridge_registry_last_success_timestamp_seconds{ {{- $of -}} }[3m])) > 0
  summary: One replica did not read a registry once since it started, and another one reads it.
  description: >-
    pod << $labels.pod >> has not read registry << $labels.registry >> since it started, and another pod has. An istiod that is connected to
    it gets no answer, of the other registries of this bridge neither; one that starts waits (2 minutes unless configured) and may then know
    nothing of this bridge.
- alert: FootbridgeServingRestored
  severity: warning
  for: 10m
  expr: |
    # max_over_time: a failed scrape must not start the clock anew. A registry that is well is read within seconds of the start.
    max by (namespace, job, registry) (max_over_time(footbridge_registry_restored{ {{- $of -}} }[3m])) > 0
  summary: A replica has not read a registry since it started, and serves what a former process read.
  description: >-
    registry << $labels.registry >> was not read by a replica since that started. What was read last before, and kept in the state file, is
    served: traffic flows, but new instances get none, and those that died still do.
- alert: FootbridgeRegistryFlapping
  severity: warning
  for: 5m
  expr: |
    # changes() counts both ways: three outages are six. One long outage is two, and has an alert of its own.
    max by (namespace, job, registry) (changes(footbridge_registry_up{ {{- $of -}} }[30m])) >= {{ int $thresholds.registryFlaps }}
  summary: A registry can be read only now and then.
  description: >-
    registry << $labels.registry >> went away or came back << $value | humanize >> times within 30 minutes, seen by one replica.
    Changes reach the mesh late.
- alert: FootbridgeScopeMatchesNothing
  severity: warning
  for: 15m
  expr: |
    # max_over_time: a failed scrape must not start the clock anew.
    max by (namespace, job, registry) (max_over_time(footbridge_registry_matched_services{ {{- $of -}} }[3m])) == 0
      and max by (namespace, job, registry) (max_over_time(footbridge_registry_services{ {{- $of -}} }[3m])) > 0
  summary: A registry lists services, and the scope of the bridge matches none of them.
  description: >-
    registry << $labels.registry >> lists services, but none is in the scope of this bridge, so nothing of it is published.
    Most often the scope has a typing error.
{{- end }}

{{/*
The alerts of one release, as data. Each of _alerts-*.tpl defines a list of them; here they are joined, those in `disabled` are
left out, and each gets what all have in common. Keys of an alert there: alert, severity (critical: wake somebody; warning: in
working hours), expr (none: nothing to ask in this release), for, summary (one sentence without numbers), description. `<< ... >>`
in texts is a template of Prometheus.

Two rules for expressions. All of them ask for the series of this release alone ($of). And what is a gauge is wrapped in
..._over_time, because a scrape that fails leaves a gap, which would start the clock of `for` anew. Three minutes hold more than one
scrape even where Prometheus scrapes once a minute. test/ops/alerts takes each wrapper away and wants a story to go differently.
*/}}
{{- define "footbridge.alerts" -}}
{{- $rules := list -}}
{{- range include "footbridge.allAlerts" . | fromYamlArray -}}
  {{- if and .expr (not (has .alert $.Values.monitoring.prometheusRule.disabled)) -}}
    {{- $rules = append $rules (include "footbridge.alert" (dict "root" $ "alert" .) | fromYaml) -}}
  {{- end -}}
{{- end -}}
{{- toYaml $rules -}}
{{- end -}}

{{- define "footbridge.allAlerts" -}}
{{- $all := list -}}
{{- range $stage := list "process" "registry" "content" "istiod" "access" -}}
  {{- $all = concat $all (include (printf "footbridge.alerts.%s" $stage) $ | fromYamlArray) -}}
{{- end -}}
{{- toYaml $all -}}
{{- end -}}

{{- define "footbridge.wrongAlerts" -}}
{{- $wrong := list -}}
{{- if .Values.monitoring.prometheusRule.enabled -}}
  {{- $names := list -}}
  {{- range include "footbridge.allAlerts" . | fromYamlArray -}}
    {{- $names = append $names .alert | uniq -}}
  {{- end -}}
  {{- range .Values.monitoring.prometheusRule.disabled -}}
    {{- if not (has . $names) -}}
      {{- $wrong = append $wrong (printf "monitoring.prometheusRule.disabled: there is no alert `%s`; there are %s" . (join ", " $names)) -}}
    {{- end -}}
  {{- end -}}
  {{- if not (has "FootbridgeRegistryStale" .Values.monitoring.prometheusRule.disabled) -}}
    {{- $wrong = concat $wrong (include "footbridge.staleByPlan" . | fromJsonArray) -}}
  {{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{/* Registries that are read anew so seldom that each pause would be taken for a registry that cannot be read. */}}
{{- define "footbridge.staleByPlan" -}}
{{- $wrong := list -}}
{{- $stale := int .Values.monitoring.prometheusRule.thresholds.registryStaleSeconds -}}
{{- range $name, $registry := .Values.registries -}}
  {{- range $key := list "auditInterval" "pollInterval" -}}
    {{- with get $registry $key -}}
      {{- $least := mul 2 (include "footbridge.seconds" . | int) | int -}}
      {{- if lt $stale $least -}}
        {{- $wrong = append $wrong (printf
              "registries.%s.%s: a registry that is read anew every %s would be told as stale: set monitoring.prometheusRule.thresholds.registryStaleSeconds (%d) to twice as long, %d or more"
              $name $key . $stale $least) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{/* One rule, complete: labels by severity, the namespace that is concerned, the address of the runbook. */}}
{{- define "footbridge.alert" -}}
{{- $root := .root -}}
{{- $rule := $root.Values.monitoring.prometheusRule -}}
{{- $namespace := include "footbridge.namespace" $root -}}
{{- $where := printf "Namespace %s (release %s)" $namespace $root.Release.Name -}}
{{- $labels := dict "severity" .alert.severity "published_namespace" $namespace -}}
{{- $annotations := dict
      "summary" (include "footbridge.alertText" .alert.summary)
      "description" (printf "%s: %s" $where (include "footbridge.alertText" .alert.description)) -}}
{{- with $rule.runbookBaseUrl -}}
  {{- $_ := set $annotations "runbook_url" (printf "%s/%s.md" (trimSuffix "/" .) $.alert.alert) -}}
{{- end -}}
alert: {{ .alert.alert }}
expr: {{ .alert.expr | trim | toJson }}
for: {{ .alert.for }}
labels:
  {{- mergeOverwrite $labels (get ($rule.severityLabels | default dict) .alert.severity | default dict) | toYaml | nindent 2 }}
annotations:
  {{- toYaml $annotations | nindent 2 }}
{{- end -}}

{{- define "footbridge.alertText" -}}
{{- . | trim | replace "<<" "{{" | replace ">>" "}}" -}}
{{- end -}}

{{/* What Prometheus calls the pods of this release. */}}

{{- define "footbridge.metricsServiceName" -}}
{{ include "footbridge.fullname" . }}-metrics
{{- end -}}

{{/*
The operator gives targets of a ServiceMonitor the name of the Service as `job`, and targets of a PodMonitor `<namespace>/<name>` of the
PodMonitor. Neither object here asks for another label.
*/}}
{{- define "footbridge.metricsJob" -}}
{{- $monitoring := .Values.monitoring -}}
{{- if $monitoring.serviceMonitor.enabled -}}
{{ include "footbridge.metricsServiceName" . }}
{{- else if $monitoring.podMonitor.enabled -}}
{{ printf "%s/%s" .Release.Namespace (include "footbridge.fullname" .) }}
{{- else -}}
{{ $monitoring.job }}
{{- end -}}
{{- end -}}

{{/* Matchers for the series of this release alone: `namespace="…", job="…"`, to stand between the braces of a selector. */}}
{{- define "footbridge.metricsSelector" -}}
namespace={{ .Release.Namespace | quote }}, job={{ include "footbridge.metricsJob" . | quote }}
{{- end -}}

{{- define "footbridge.scrapeEndpoint" -}}
port: admin
path: /metrics
{{- with .interval }}
interval: {{ . }}
{{- end }}
{{- with .scrapeTimeout }}
scrapeTimeout: {{ . }}
{{- end }}
{{- end -}}

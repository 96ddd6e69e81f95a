{{/* Names and labels. Everything is named for the release, so that releases in one namespace never meet. */}}

{{- define "footbridge.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 53 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" (.Release.Name | trunc 42 | trimSuffix "-") .Chart.Name }}
{{- end -}}
{{- end -}}

{{/* What the Services and the policies select by; a Deployment can never change it. */}}
{{- define "footbridge.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: bridge
{{- end -}}

{{/* The pod of `helm test` belongs to the release, but no Service may find it. */}}
{{- define "footbridge.testSelectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: test
{{- end -}}

{{/*
Labels of an object, each key once: (dict "root" $ "component" "bridge" "more" {…}). Ours win over those of the values, because
selectors and policies rely on them.
*/}}
{{- define "footbridge.labels" -}}
{{- $own := dict
  "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_")
  "app.kubernetes.io/name" .root.Chart.Name
  "app.kubernetes.io/instance" .root.Release.Name
  "app.kubernetes.io/component" .component
  "app.kubernetes.io/version" .root.Chart.AppVersion
  "app.kubernetes.io/managed-by" .root.Release.Service
-}}
{{- toYaml (mergeOverwrite (dict) .root.Values.commonLabels (.more | default dict) $own) -}}
{{- end -}}

{{- define "footbridge.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (ternary (include "footbridge.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{- define "footbridge.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest -}}
{{ printf "%s@%s" $image.repository $image.digest }}
{{- else -}}
{{ printf "%s:%s" $image.repository ($image.tag | default .Chart.AppVersion) }}
{{- end -}}
{{- end -}}

{{/* Where istiod finds the release: the one address for NOTES and for the test. */}}
{{- define "footbridge.serverAddress" -}}
{{ include "footbridge.fullname" . }}.{{ .Release.Namespace }}.svc:9902
{{- end -}}

{{/*
Names and labels. Objects are called `footbridge` in a release of that name, else `<release>-footbridge`, and behind that `-metrics` and the
like. So no name of one release is ever that of another one, whatever they are called; a name that had to be cut, or that has a dot, is
told apart by a hash. 53 characters at most leave room for what comes behind.
*/}}
{{- define "footbridge.fullname" -}}
{{- $name := .Release.Name -}}
{{- if eq $name .Chart.Name -}}
{{ $name }}
{{- else if and (le (len $name) 42) (not (contains "." $name)) -}}
{{ printf "%s-%s" $name .Chart.Name }}
{{- else -}}
{{ printf "%s-%s-%s" ($name | replace "." "-" | trunc 33 | trimSuffix "-") ($name | sha256sum | trunc 8) .Chart.Name }}
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
{{- toYaml (mergeOverwrite (dict) (.root.Values.commonLabels | default dict) (.more | default dict) $own) -}}
{{- end -}}

{{- define "footbridge.serviceAccountName" -}}
{{- if .Values.serviceAccount.name -}}
{{ .Values.serviceAccount.name }}
{{- else if .Values.serviceAccount.create -}}
{{ include "footbridge.fullname" . }}
{{- else -}}
default
{{- end -}}
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

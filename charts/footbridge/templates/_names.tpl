{{/*
Names and labels. Objects are called `footbridge` in a release of that name, else `<release>-footbridge`, and behind that `-metrics` and the
like. So no name of one release is ever that of another one, whatever they are called; a name that had to be cut, that has a dot, or that
begins with a digit, as no Service may, is told apart by a hash. 53 characters at most leave room for what comes behind.
*/}}
{{- define "footbridge.fullname" -}}
{{- $name := .Release.Name -}}
{{- if eq $name .Chart.Name -}}
{{ $name }}
{{- else if and (le (len $name) 42) (regexMatch "^[a-z][-a-z0-9]*$" $name) -}}
{{ printf "%s-%s" $name .Chart.Name }}
{{- else -}}
{{- $readable := regexReplaceAll "^([0-9])" ($name | replace "." "-") "r-${1}" | trunc 33 | trimSuffix "-" -}}
{{ printf "%s-%s-%s" $readable ($name | sha256sum | trunc 8) .Chart.Name }}
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

{{/* Where istiod finds the release: the one host for NOTES, for the certificate and for the test. */}}
{{- define "footbridge.serverHost" -}}
{{ include "footbridge.fullname" . }}.{{ .Release.Namespace }}.svc
{{- end -}}
{{- define "footbridge.serverAddress" -}}
{{ include "footbridge.serverHost" . }}:{{ include "footbridge.servePort" . }}
{{- end -}}

{{/* How many of `of` pods a value means that may be a percentage, rounded as Kubernetes does for what it is: (dict "of" 2 "value" "50%" "round" "up"). */}}
{{- define "footbridge.podsOf" -}}
{{- $text := toString .value -}}
{{- if hasSuffix "%" $text -}}
{{- $share := divf (mulf (float64 .of) (trimSuffix "%" $text | float64)) 100 -}}
{{ eq .round "up" | ternary (ceil $share) (floor $share) | int }}
{{- else -}}
{{ int .value }}
{{- end -}}
{{- end -}}

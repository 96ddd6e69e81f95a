{{/* The configuration file of the program, made of the values. */}}

{{- define "footbridge.namespace" -}}
{{ .Values.namespace | default .Release.Namespace }}
{{- end -}}

{{/*
The name of the bridge is part of every resource name. It must be equal on all replicas, unique in the mesh, and never change, so it
is made of what says the same about a release: its namespace and its name. A release that is called like the chart is the only one of
its namespace, which is name enough; any other one is told apart by a hash, because cut or joined names could meet.
*/}}
{{- define "footbridge.instance" -}}
{{- if .Values.instance -}}
{{ .Values.instance }}
{{- else if and (eq .Release.Name .Chart.Name) (le (len .Release.Namespace) 30) -}}
{{ .Release.Namespace }}
{{- else -}}
{{- $name := .Release.Name | replace "." "-" | trunc 21 | trimSuffix "-" -}}
{{ printf "%s-%s" $name (printf "%s/%s" .Release.Namespace .Release.Name | sha256sum | trunc 8) }}
{{- end -}}
{{- end -}}

{{/* Where the files of the registries are mounted, each named for its purpose: `legacy/auth/password`, `legacy/tls/ca`. */}}
{{- define "footbridge.filesFolder" -}}
/etc/footbridge/registries
{{- end -}}

{{/*
The registries as the program reads them. In `auth` and `tls` a reference to a Secret or ConfigMap becomes the paths of its mounted
keys: `passwordKey: p` becomes `passwordFile: …/password`, and `headerKeys` becomes `headerFiles`.
*/}}
{{- define "footbridge.registries" -}}
{{- $folder := include "footbridge.filesFolder" . -}}
{{- $registries := deepCopy (.Values.registries | default dict) -}}
{{- range $name, $registry := $registries -}}
  {{- range $section := list "auth" "tls" -}}
    {{- $options := get $registry $section -}}
    {{- range $source := list "existingSecret" "existingConfigMap" -}}
      {{- if hasKey ($options | default dict) $source -}}
        {{- range $file := include "footbridge.filesOf" (get $options $source) | fromJsonArray -}}
          {{- $path := printf "%s/%s/%s/%s" $folder $name $section $file.path -}}
          {{- if $file.header -}}
            {{- $_ := set $options "headerFiles" (set ($options.headerFiles | default dict) $file.header $path) -}}
          {{- else -}}
            {{- $_ := set $options (printf "%sFile" $file.path) $path -}}
          {{- end -}}
        {{- end -}}
        {{- $_ := unset $options $source -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
  {{- if hasKey $registry "existingConfigMap" -}}
    {{- $_ := set $registry "path" (printf "%s/%s/file" $folder $name) -}}
    {{- $_ := unset $registry "existingConfigMap" -}}
  {{- end -}}
{{- end -}}
{{- toYaml $registries -}}
{{- end -}}

{{/* What a reference names: its key in the Secret or ConfigMap, and the path that it gets below the section of its registry. */}}
{{- define "footbridge.filesOf" -}}
{{- $files := list -}}
{{- range $purpose, $key := omit . "name" -}}
  {{- if kindIs "map" $key -}}
    {{- range $header, $headerKey := $key -}}
      {{- $files = append $files (dict "key" $headerKey "path" (printf "headers/%s" $header) "header" $header) -}}
    {{- end -}}
  {{- else if $key -}}
    {{- $files = append $files (dict "key" $key "path" (trimSuffix "Key" $purpose)) -}}
  {{- end -}}
{{- end -}}
{{- toJson $files -}}
{{- end -}}

{{/* The sources of the projected volume for the paths above; nothing where no registry needs a file. */}}
{{- define "footbridge.registryFiles" -}}
{{- range $name, $registry := .Values.registries -}}
  {{- range $section := list "auth" "tls" -}}
    {{- $options := get $registry $section | default dict -}}
    {{- range $source, $kind := dict "existingSecret" "secret" "existingConfigMap" "configMap" -}}
      {{- with get $options $source }}
- {{ $kind }}:
    name: {{ .name }}
    items:
      {{- range include "footbridge.filesOf" . | fromJsonArray }}
      - { key: {{ .key | quote }}, path: {{ printf "registries/%s/%s/%s" $name $section .path | quote }} }
      {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- with $registry.existingConfigMap }}
- configMap:
    name: {{ .name }}
    items:
      - { key: {{ .key | quote }}, path: {{ printf "registries/%s/file" $name | quote }} }
  {{- end }}
{{- end }}
{{- end -}}

{{/* The source of the volume above for the token of the admin port; nothing where there is none. */}}
{{- define "footbridge.adminSources" -}}
{{- with .Values.admin.existingSecret -}}
{{- if .name -}}
- secret:
    name: {{ .name }}
    items:
      - { key: {{ .tokenKey | quote }}, path: admin/token }
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The same for the token that the pods show each other. */}}
{{- define "footbridge.seedingSources" -}}
{{- with .Values.seeding.existingSecret -}}
{{- if .name -}}
- secret:
    name: {{ .name }}
    items:
      - { key: {{ .tokenKey | quote }}, path: replicas/token }
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Where each pod keeps what it read last. */}}
{{- define "footbridge.stateFolder" -}}
/var/lib/footbridge
{{- end -}}

{{/*
There is room for the file, the next one while it is written, and one that was refused, each as large as it may become. Beyond the limit
Kubernetes evicts the pod, so it must never be reached.
*/}}
{{- define "footbridge.stateVolume" -}}
name: state
{{- with .Values.persistence.existingClaim }}
persistentVolumeClaim: { claimName: {{ . }} }
{{- else }}
{{- $largest := ((.Values.config | default dict).state | default dict).maxBytes | default "64MiB" }}
{{- $bytes := kindIs "string" $largest | ternary (include "footbridge.bytes" (toString $largest | trimSuffix "B")) ($largest | int64) }}
emptyDir: { sizeLimit: {{ divf (mulf 4 (float64 $bytes)) 1048576 | ceil | int }}Mi }
{{- end }}
{{- end -}}

{{- define "footbridge.config" -}}
{{- $own := dict
  "namespace" (include "footbridge.namespace" .)
  "instance" (include "footbridge.instance" .)
  "registries" (include "footbridge.registries" . | fromYaml)
  "exportTo" .Values.exportTo
  "serve" (include "footbridge.serveConfig" . | fromYaml)
  "admin" (dict "address" .Values.bindAddress "port" 9903)
-}}
{{- if .Values.admin.existingSecret.name -}}
  {{- $_ := set $own.admin "tokenFile" "/etc/footbridge/admin/token" -}}
{{- end -}}
{{- if .Values.seeding.existingSecret.name -}}
  {{- $service := printf "%s.%s.svc" (include "footbridge.fullname" .) .Release.Namespace -}}
  {{- $_ := set $own "replicas" (dict "service" $service "port" 9903 "tokenFile" "/etc/footbridge/replicas/token") -}}
{{- end -}}
{{- if .Values.persistence.enabled -}}
  {{- $_ := set $own "state" (dict "file" (printf "%s/state.json" (include "footbridge.stateFolder" .))) -}}
{{- end -}}
{{- toYaml (mergeOverwrite (deepCopy (.Values.config | default dict)) $own) -}}
{{- end -}}

{{/* A duration of the program (`250ms`, `5s`, `10m`, `2h`) in whole seconds, rounded up. */}}
{{- define "footbridge.seconds" -}}
{{- $unit := regexFind "[a-z]+$" . -}}
{{- $number := regexFind "^[0-9.]+" . | float64 -}}
{{- ceil (mulf $number (get (dict "ms" 0.001 "s" 1.0 "m" 60.0 "h" 3600.0) $unit)) | int -}}
{{- end -}}

{{/*
Kubernetes kills what is left of a pod after this time. It has to hold the pause before SIGTERM and the program's own deadline
(25s where it is not configured); five seconds more leave the process the time to end by itself.
*/}}
{{- define "footbridge.terminationGracePeriodSeconds" -}}
{{- $shutdown := (.Values.config | default dict).shutdown | default dict -}}
{{- add (int .Values.preStopSeconds) (include "footbridge.seconds" ($shutdown.deadline | default "25s") | int) 5 -}}
{{- end -}}

{{/* The ports that the registries listen on, for the network policy: each once, in order. */}}
{{- define "footbridge.registryPorts" -}}
{{- $ports := list -}}
{{- range $registry := .Values.registries -}}
  {{- range $registry.urls -}}
    {{- $url := urlParse . -}}
    {{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" -}}
    {{- $ports = append $ports ($port | default (eq $url.scheme "https" | ternary "443" "80")) -}}
  {{- end -}}
  {{- range $registry.servers -}}
    {{- $ports = append $ports (regexFind ":[0-9]+$" . | trimPrefix ":" | default "2181") -}}
  {{- end -}}
{{- end -}}
{{- $ports | uniq | sortAlpha | toJson -}}
{{- end -}}

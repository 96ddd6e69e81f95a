{{/* Over what istiod is served, and whom: ports, certificate and access list. */}}

{{/* YAML 1.1 takes a bare `off` for false. */}}
{{- define "footbridge.tlsMode" -}}
{{- $mode := toString .Values.tls.mode -}}
{{- eq $mode "false" | ternary "off" $mode -}}
{{- end -}}

{{/* The port that istiod is to dial: with TLS where that is on. */}}
{{- define "footbridge.servePort" -}}
{{- eq (include "footbridge.tlsMode" .) "off" | ternary 9902 .Values.tls.port | int -}}
{{- end -}}

{{/* The second port, in plaintext; nothing where there is none. */}}
{{- define "footbridge.plaintextPort" -}}
{{- with .Values.tls.plaintextPort | int }}{{ . }}{{ end -}}
{{- end -}}

{{- define "footbridge.hasAccessList" -}}
{{- if or (include "footbridge.accessList" .) .Values.accessList.existingConfigMap.name }}yes{{ end -}}
{{- end -}}

{{/* The second port where somebody gets in by it: who comes in plaintext shows no name, and an access list turns away who shows none. */}}
{{- define "footbridge.openPort" -}}
{{- if not (include "footbridge.hasAccessList" .) }}{{ include "footbridge.plaintextPort" . }}{{ end -}}
{{- end -}}

{{/* What the values say of access themselves, as the program reads it; nothing where they name nobody. */}}
{{- define "footbridge.accessList" -}}
{{- $list := dict -}}
{{- range $key := list "allow" "deny" -}}
  {{- with get $.Values.accessList $key }}{{ $_ := set $list $key . }}{{ end -}}
{{- end -}}
{{- with $list }}{{ toYaml . }}{{ end -}}
{{- end -}}

{{- define "footbridge.accessListName" -}}
{{ include "footbridge.fullname" . }}-access-list
{{- end -}}

{{/*
The files of serving, each with where it comes from and the configuration's word for it. They stand in the projected volume of the
configuration: mounted whole, so that a renewed certificate and a changed list arrive while running.
*/}}
{{- define "footbridge.serveFiles" -}}
{{- $files := list -}}
{{- $secret := .Values.tls.existingSecret -}}
{{- $mode := include "footbridge.tlsMode" . -}}
{{- if ne $mode "off" -}}
  {{- $files = append $files (dict "kind" "secret" "name" $secret.name "key" $secret.certificateKey "path" "certificate") -}}
  {{- $files = append $files (dict "kind" "secret" "name" $secret.name "key" $secret.keyKey "path" "key") -}}
{{- end -}}
{{- with include "footbridge.tlsCa" . | fromJson -}}
  {{- if ne $mode "off" }}{{ $files = append $files (merge . (dict "path" "ca")) }}{{ end -}}
{{- end -}}
{{- if eq $mode "mtls" -}}
  {{- $list := .Values.accessList.existingConfigMap -}}
  {{- if $list.name -}}
    {{- $files = append $files (dict "kind" "configMap" "name" $list.name "key" $list.key "path" "access-list") -}}
  {{- else if include "footbridge.accessList" . -}}
    {{- $name := include "footbridge.accessListName" . -}}
    {{- $files = append $files (dict "kind" "configMap" "name" $name "key" "access-list.yaml" "path" "access-list") -}}
  {{- end -}}
{{- end -}}
{{- toJson $files -}}
{{- end -}}

{{- define "footbridge.serveFile" -}}
/etc/footbridge/serve/{{ . }}
{{- end -}}

{{/* With `tls`, the CA signs what the bridge shows, and `helm test` verifies with it; with `mtls` it signs what clients show. */}}
{{- define "footbridge.isCheckedByTls" -}}
{{- if and (eq (include "footbridge.tlsMode" .) "tls") (include "footbridge.tlsCa" . | fromJson) }}yes{{ end -}}
{{- end -}}

{{/* Where the CA stands that the values name: {"kind": …, "name": …, "key": …}, or {}. */}}
{{- define "footbridge.tlsCa" -}}
{{- $tls := .Values.tls -}}
{{- if $tls.existingConfigMap.name -}}
{{ dict "kind" "configMap" "name" $tls.existingConfigMap.name "key" $tls.existingConfigMap.caKey | toJson }}
{{- else if $tls.existingSecret.caKey -}}
{{ dict "kind" "secret" "name" $tls.existingSecret.name "key" $tls.existingSecret.caKey | toJson }}
{{- else -}}
{}
{{- end -}}
{{- end -}}

{{/* Sources of the projected volume, one for each object: a certificate and its key are then read at the same instant. */}}
{{- define "footbridge.serveSources" -}}
{{- $files := include "footbridge.serveFiles" . | fromJsonArray -}}
{{- $seen := list -}}
{{- range $first := $files }}
{{- $object := list .kind .name -}}
{{- if not (has $object $seen) }}
{{- $seen = append $seen $object }}
- {{ .kind }}:
    name: {{ .name }}
    items:
    {{- range $files }}
    {{- if eq (toJson (list .kind .name)) (toJson $object) }}
      - { key: {{ .key | quote }}, path: {{ printf "serve/%s" .path | quote }} }
    {{- end }}
    {{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The section `serve` of the configuration, as far as the chart decides it. With TLS off it says nothing of TLS. */}}
{{- define "footbridge.serveConfig" -}}
{{- $serve := dict "address" .Values.bindAddress "port" (include "footbridge.servePort" . | int) -}}
{{- if ne (include "footbridge.tlsMode" .) "off" -}}
  {{- $tls := dict "mode" (include "footbridge.tlsMode" .) "minVersion" (toString .Values.tls.minVersion) -}}
  {{- range include "footbridge.serveFiles" . | fromJsonArray -}}
    {{- $path := include "footbridge.serveFile" .path -}}
    {{- if eq .path "access-list" -}}
      {{- $_ := set $serve "accessListFile" $path -}}
    {{- else if or (ne .path "ca") (eq $tls.mode "mtls") -}}
      {{- $_ := set $tls (printf "%sFile" .path) $path -}}
    {{- end -}}
  {{- end -}}
  {{- $_ := set $serve "tls" $tls -}}
  {{- with include "footbridge.plaintextPort" . }}{{ $_ := set $serve "plaintextPort" (int .) }}{{ end -}}
{{- end -}}
{{- toYaml $serve -}}
{{- end -}}

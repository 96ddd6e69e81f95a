{{/* What must hold for `tls` and `accessList`. What the program would refuse at its start would leave the release without a pod that starts. */}}

{{- define "footbridge.wrongTls" -}}
{{- $wrong := list -}}
{{- $tls := .Values.tls -}}
{{- $mode := include "footbridge.tlsMode" . -}}
{{- $ca := include "footbridge.tlsCa" . | fromJson -}}
{{- if not (has $mode (list "off" "tls" "mtls")) -}}
  {{- $wrong = append $wrong (printf "tls.mode: `%s` is no way to serve: must be off, tls or mtls" $mode) -}}
{{- end -}}
{{- if and (ne $mode "off") (not $tls.existingSecret.name) -}}
  {{- $wrong = append $wrong (printf "tls.existingSecret.name: `tls.mode` is `%s`: name the Secret that holds the certificate and its key, of type kubernetes.io/tls as cert-manager makes it" $mode) -}}
{{- end -}}
{{- if and (eq $mode "mtls") (not $ca) -}}
  {{- $wrong = append $wrong "tls.existingSecret.caKey: `tls.mode` is `mtls`: say where the CA stands that signs clients: here (`ca.crt` where cert-manager made the Secret), or in `tls.existingConfigMap: {name: …, caKey: …}`" -}}
{{- end -}}
{{- if and $tls.existingSecret.caKey $tls.existingConfigMap.name -}}
  {{- $wrong = append $wrong "tls: the CA is named twice: keep one of existingSecret.caKey and existingConfigMap" -}}
{{- end -}}
{{- if not (has (toString $tls.minVersion) (list "1.2" "1.3")) -}}
  {{- $wrong = append $wrong (printf "tls.minVersion: `%v` is no version of TLS that is spoken: must be 1.2 or 1.3" $tls.minVersion) -}}
{{- end -}}
{{- toJson (concat $wrong (include "footbridge.wrongPorts" . | fromJsonArray)) -}}
{{- end -}}

{{- define "footbridge.wrongPorts" -}}
{{- $wrong := list -}}
{{- $port := int .Values.tls.port -}}
{{- $plaintext := int .Values.tls.plaintextPort -}}
{{- if eq (include "footbridge.tlsMode" .) "off" -}}
  {{- if $plaintext -}}
    {{- $wrong = append $wrong "tls.plaintextPort: is for beside TLS: with `tls.mode: off`, port 9902 is in plaintext already" -}}
  {{- end -}}
  {{- if ne $port 9902 -}}
    {{- $wrong = append $wrong "tls.port: is that with TLS: with `tls.mode: off`, port 9902 is served, in plaintext" -}}
  {{- end -}}
{{- end -}}
{{- range $name, $number := dict "port" $port "plaintextPort" $plaintext -}}
  {{- if or (lt $number (eq $name "port" | ternary 1 0)) (gt $number 65535) -}}
    {{- $wrong = append $wrong (printf "tls.%s: %d is no port: from 1 to 65535" $name $number) -}}
  {{- end -}}
  {{- if eq $number 9903 -}}
    {{- $wrong = append $wrong (printf "tls.%s: 9903 is the admin port: choose another one" $name) -}}
  {{- end -}}
{{- end -}}
{{- if eq $port $plaintext -}}
  {{- $wrong = append $wrong (printf "tls.plaintextPort: %d is `tls.port`, which speaks TLS: choose another one for one of them" $port) -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{/* A wrong list is refused by running pods, which keep the former one; but none that starts would come up with it. */}}
{{- define "footbridge.wrongAccessList" -}}
{{- $wrong := list -}}
{{- $list := .Values.accessList -}}
{{- $isHere := include "footbridge.accessList" . -}}
{{- if and (or $isHere $list.existingConfigMap.name) (ne (include "footbridge.tlsMode" .) "mtls") -}}
  {{- $wrong = append $wrong "accessList: needs `tls.mode: mtls`: without it no client shows the certificate whose names the list is about" -}}
{{- end -}}
{{- if and $isHere $list.existingConfigMap.name -}}
  {{- $wrong = append $wrong "accessList: is given twice: keep one of existingConfigMap and the names in `allow` and `deny`" -}}
{{- end -}}
{{- range $key := list "allow" "deny" -}}
  {{- range $name := get $list $key | default list -}}
    {{- if not (regexMatch "^(spiffe://[^\\s/]+(/\\S*)?|[A-Za-z0-9*?\\[\\]{},_-]+(\\.[A-Za-z0-9*?\\[\\]{},_-]+)*)$" $name) -}}
      {{- $wrong = append $wrong (printf "accessList.%s: `%s` is neither a SPIFFE URI (`spiffe://…`) nor a DNS name" $key $name) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{/* Keys of `config.serve` that have values of their own. */}}
{{- define "footbridge.wrongServeConfig" -}}
{{- $wrong := list -}}
{{- $serve := (.Values.config | default dict).serve | default dict -}}
{{- range $key, $value := dict "tls" "tls" "plaintextPort" "tls.plaintextPort" "accessListFile" "accessList" -}}
  {{- if hasKey $serve $key -}}
    {{- $wrong = append $wrong (printf "config.serve.%s: has a value of its own, which brings the files and the ports along: set `%s` instead" $key $value) -}}
  {{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

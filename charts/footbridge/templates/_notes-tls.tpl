{{/* What the notes say of TLS: which istiod is to be told what. Indented as step 2 of them. */}}

{{- define "footbridge.notes.sources" -}}
{{- $mode := include "footbridge.tlsMode" . -}}
{{- $plaintext := include "footbridge.plaintextPort" . -}}
{{- if eq $mode "mtls" }}

   WARNING: `tls.mode` is mtls, and NO istiod FROM 1.9 ON GETS IN by port {{ include "footbridge.servePort" . }}: it never shows a certificate to a config source,
   whatever its `tlsSettings` say (MUTUAL and ISTIO_MUTUAL are plaintext, without a word). One that lists this port does not start.
   The port is for Pilot up to 1.8, which is told {{ include "footbridge.serverAddress" . }} without a scheme, and for clients of your own.
{{- if include "footbridge.openPort" . }}
   An istiod from 1.9 on takes the second port, which is plaintext and asks for nothing:
{{- include "footbridge.notes.list" (dict "address" (include "footbridge.plaintextAddress" .)) }}
{{- else if include "footbridge.hasAccessList" . }}
{{- if $plaintext }}
   Nobody gets in by the second port, {{ $plaintext }}, either: who comes in plaintext shows no name, and the access list lets nobody in without one.
{{- end }}
   For istiod set `tls.mode: tls`.
{{- else }}
   For istiod set `tls.mode: tls`, or give it a port of its own with `tls.plaintextPort`.
{{- end }}
{{- else }}
{{- include "footbridge.notes.list" (dict "address" (include "footbridge.serverAddress" .) "host" (include "footbridge.serverHost" .) "mode" $mode) }}
{{- end }}
{{- if eq $mode "tls" }}

   This is for istiod from 1.26 on, which verifies the certificate by the CA and by the name; so the certificate needs the DNS name
   {{ include "footbridge.serverHost" . }}. Put the CA in the place of the dots, which this prints:

     {{ include "footbridge.notes.printCa" . }}

   WARNING: istiod up to 1.25 ignores `tlsSettings` and speaks plaintext: it does not start while it lists this port.
{{- if $plaintext }}
   List the second port for it, without `tlsSettings`: xds://{{ include "footbridge.plaintextAddress" . }}
{{- else }}
   Such an istiod needs a second port: `tls.plaintextPort`.
{{- end }}
{{- end }}
{{- end -}}

{{- define "footbridge.notes.renewal" -}}
{{- $mode := include "footbridge.tlsMode" . -}}
{{- if ne $mode "off" }}

   When the certificate in Secret {{ .Values.tls.existingSecret.name }} is renewed, there is nothing to do: running pods take it over, and no stream ends.
{{- if eq $mode "tls" }}
   A new CA has to stand in `caCertificates` beside the old one, and istiod to be restarted, before it signs anything.
{{- end }}
{{- end }}
{{- end -}}

{{/* (dict "address" "host:port" "host" "host" "mode" "tls"): the list with one source; `host` is looked at with the mode `tls` alone. */}}
{{- define "footbridge.notes.list" }}

     configSources:
     - address: k8s://        # first, and once: without it istiod reads nothing from Kubernetes any more
     - address: xds://{{ .address }}
{{- if eq (.mode | default "off") "tls" }}
       tlsSettings:
         mode: SIMPLE         # every other one is plaintext for istiod
         caCertificates: |    # the text itself, no name of a file
           -----BEGIN CERTIFICATE-----
           ...
           -----END CERTIFICATE-----
         subjectAltNames:
         - {{ .host }}
{{- end }}
{{- end -}}

{{- define "footbridge.plaintextAddress" -}}
{{ include "footbridge.serverHost" . }}:{{ include "footbridge.plaintextPort" . }}
{{- end -}}

{{/* The command that prints the CA: of what the values name, else of where cert-manager puts it. */}}
{{- define "footbridge.notes.printCa" -}}
{{- $usual := dict "kind" "secret" "name" .Values.tls.existingSecret.name "key" "ca.crt" -}}
{{- $ca := include "footbridge.tlsCa" . | fromJson | default $usual -}}
{{- $decode := eq $ca.kind "secret" | ternary " | base64decode" "" -}}
kubectl --namespace {{ .Release.Namespace }} get {{ lower $ca.kind }} {{ $ca.name }} --output go-template='{{ "{{" }} index .data "{{ $ca.key }}"{{ $decode }} {{ "}}" }}'
{{- end -}}

{{/* What `helm test` cannot see. */}}
{{- define "footbridge.notes.check" -}}
{{- $mode := include "footbridge.tlsMode" . -}}
{{- if and .Values.tests.enabled (ne $mode "off") (not (include "footbridge.isCheckedByTls" .)) }}
{{- if include "footbridge.openPort" . }}

   `helm test` asks the bridge by its port in plaintext.
{{- else if eq $mode "tls" }}

   `helm test` asks the registries, and not the bridge: name the CA that it can be verified with in `tls.existingSecret.caKey`.
{{- else }}

   `helm test` asks the registries, and not the bridge: it has no certificate to show.
{{- end }}
{{- end }}
{{- end -}}

{{/* Who else could read along. */}}
{{- define "footbridge.notes.exposure" -}}
{{- $mode := include "footbridge.tlsMode" . -}}
{{- $open := eq $mode "mtls" | ternary (include "footbridge.openPort" .) (include "footbridge.servePort" .) -}}
{{- $why := eq $mode "tls" | ternary "it asks for no certificate of a client" "it is plaintext" -}}
{{- if and $open (not .Values.networkPolicy.enabled) }}

Note: without a network policy every pod that reaches port {{ $open }} can read all services that are published: {{ $why }}.
{{- else if and .Values.networkPolicy.enabled (not .Values.networkPolicy.istiod) }}

Note: the network policy admits nobody to port {{ include "footbridge.servePort" . }}, because `networkPolicy.istiod` is empty. istiod would not start.
{{- end }}
{{- if and (eq $mode "mtls") (not (include "footbridge.hasAccessList" .)) }}

Note: whoever has a certificate of the CA in {{ with include "footbridge.tlsCa" . | fromJson }}{{ title .kind }} {{ .name }}{{ end }} is let in. Name who may in `accessList.allow`.
{{- end }}
{{- if and (eq $mode "off") .Values.tls.existingSecret.name }}

Note: `tls.existingSecret` names a certificate, but `tls.mode` is off: port 9902 is plaintext.
{{- end }}
{{- end -}}

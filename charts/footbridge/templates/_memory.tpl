{{/* The memory that the container may have, and the part of it that JavaScript may fill. */}}

{{/* `resources.limits.memory` as text, or nothing. Unquoted digits reach a template as a float, whose text would have an exponent. */}}
{{- define "footbridge.memoryLimit" -}}
{{- $limit := ((.Values.resources | default dict).limits | default dict).memory | default "" -}}
{{- kindIs "string" $limit | ternary $limit ($limit | int64 | toString) -}}
{{- end -}}

{{/* A quantity of memory as Kubernetes writes it, in bytes. What is none is refused as a value: see wrongPods. */}}
{{- define "footbridge.bytes" -}}
{{- $number := regexFind "^[0-9.]+([eE][0-9]+)?" . | float64 -}}
{{- $unit := regexReplaceAll "^[0-9.]+([eE][0-9]+)?" . "" -}}
{{- $units := dict "" 1 "m" 1e-3 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18
      "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- mulf $number (get $units $unit) | int64 -}}
{{- end -}}
{{- define "footbridge.isBytes" -}}
{{- if regexMatch "^([0-9]+[.]?[0-9]*|[.][0-9]+)(|m|k|[KMGTPE]i|[MGTPE]|[eE][0-9]+)$" . }}yes{{ end -}}
{{- end -}}

{{/*
The heap's share of the limit, in MiB; nothing where there is no limit. Node 20 and 24 by themselves give it half (259 of 512 MiB), and a
heap that is full ends the process while the rest of the limit is free: seen with 90,000 instances, which seven tenths hold. More
is worse: the rest is for code and buffers of answers, and where the container meets its limit first, the kernel ends it without a word.
*/}}
{{- define "footbridge.heapMegabytes" -}}
{{- with include "footbridge.memoryLimit" . -}}
{{- divf (mulf (include "footbridge.bytes" . | float64) 0.7) 1048576 | floor | int -}}
{{- end -}}
{{- end -}}

// Values on both sides of the borders of Istio's rules, each pool for one kind of field.

/** A label of 63 characters: the longest. */
export const LONG_LABEL = 'a'.repeat(63);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** For everything that is a DNS label: port names, namespaces, parts of hosts. */
export const LABELS: readonly string[] = [
  ...words('a Z 0 a-b a--b -a a- a_b é a.b a/b a:b * 123'),
  ...[LONG_LABEL, `${LONG_LABEL}a`, '', 'a b', 'a\n', '\ud800'],
];

export const HOSTS: readonly string[] = [
  ...LABELS,
  ...words(
    '*.a.b *a.b *-a.b *-.b **.b a.* a.*.b *. . .. a. a.. a..b .a a.b. a.-b a_b.c a.b_c A.B K.b a.b:80 unix:///a',
  ),
  ...words('1.2.3.4 1.2.3.4. 1.2.3.x a.1 a.01 a.+1 a.-1 a.1a a.0x1 1.1 1 ::1 [::1] fe80::1%eth0 localhost xn--a.b'),
  ...words('a.9223372036854775807 a.9223372036854775808 a.000000000000000000000000000001'),
  ...[`a.${'9'.repeat(63)}`, `a.${'0'.repeat(64)}`, `a.${LONG_LABEL}`, `a.${LONG_LABEL}a`, 'a.b\n'],
  ...[`*${LONG_LABEL}.b`, `*${LONG_LABEL.slice(1)}.b`, `*-${LONG_LABEL.slice(2)}.b`],
];

export const IPS: readonly string[] = [
  ...words(
    '0.0.0.0 255.255.255.255 256.1.1.1 1.2.3 1.2.3.4.5 01.2.3.4 1.2.3.04 1.2.3.+4 1..2.3 1.2.3. .1.2.3 0x1.2.3.4 1.2.3.4%a',
  ),
  ...words(
    ':: ::1 ::: 1:: 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 1:2:3:4:5:6:7:8:9 1::2::3 1:2:3:4:5:6:7 :1 1:',
  ),
  ...words(
    '12345:: g:: FE80::A [::1] 00001:: 0001:: ::1.2.3.4 ::ffff:1.2.3.4 ::ffff:01.2.3.4 ::ffff:1.2.3 64:ff9b::1.2.3.4',
  ),
  ...words('1:2:3:4:5:6:1.2.3.4 1:2:3:4:5:6:7:1.2.3.4 1:2:3:4:5:6::1.2.3.4 1:2:3:4:5::1.2.3.4 1.2.3.4:: ::1.2.3.4:5'),
  ...words(
    'fe80::1%eth0 fe80::1% fe80::1%% %eth0 ::%1 ::ffff:1.2.3.4%eth0 fe80::1%a/b fe80::1%a//b fe80::1%é 1%2:3 abcd 1234',
  ),
  ...['', ' 1.2.3.4', '1.2.3.4\n', '1.2.3.4\0'],
];

export const CIDRS: readonly string[] = [
  ...words('10.0.0.0/8 10.0.0.1/8 10.0.0.0/0 10.0.0.0/32 10.0.0.0/33 10.0.0.0/08 10.0.0.0/+8 10.0.0.0/-1 10.0.0.0/ /8'),
  ...words('10.0.0.0/8/8 10.0.0.0/a 10.0.0/8 10.0.0.0/1_0 01.0.0.0/8 a/b / //'),
  ...words('fd00::/8 ::/0 ::/128 ::/129 fd00::1/64 fe80::1%eth0/64 ::ffff:10.0.0.0/104 ::ffff:10.0.0.0/33'),
  '10.0.0.0/ 8',
];

export const SOCKETS: readonly string[] = [
  ...words('unix:// unix:/// unix:///a unix:///a/ unix://a unix://@ unix://@a/ UNIX:///a unix:/a'),
  ...['unix:///a b/é', 'unix:///\udc00'],
];

export const LABEL_KEYS: readonly string[] = [
  ...LABELS,
  ...words('a/b a/b/c /a a/ A.b/c a..b/c .a/b a./b -a/b a_b/c a/_b a/b_ a/b.c_d a__b _a a_'),
  ...words('__proto__ constructor security.istio.io/tlsMode'),
  ...[`${'a'.repeat(253)}/b`, `${'a'.repeat(254)}/b`, `a/${LONG_LABEL}`, `a/${LONG_LABEL}a`],
  ...[`${`${LONG_LABEL}.`.repeat(3)}${LONG_LABEL.slice(2)}/b`, `${`${LONG_LABEL}.`.repeat(4)}a/b`],
];

export const LABEL_VALUES: readonly string[] = [
  ...LABELS,
  'a'.repeat(300),
  ...words('a..b .a a. a,b a=b _ _a a_ True -'),
];

export const PORT_NUMBERS: readonly number[] = [0, 1, 80, 65_535, 65_536, -1, 1.5, 2 ** 32 - 1, 2 ** 32, 1e21];

export const WEIGHTS: readonly number[] = [0, 1, 10_000, 2 ** 32 - 1, 2 ** 32, -1, 0.5];

export const PROTOCOLS: readonly string[] = [
  ...words(
    'tcp TCP udp UDP grpc GRPC grpc-web GRPC-Web http HTTP http_proxy HTTP_PROXY http2 HTTP2 https HTTPS tls TLS',
  ),
  ...words('mongo Mongo redis mysql MySQL dubbo tri thrift http1 HTTP/2 grpc_web HBONE DoubleHBONE doublehbone SCTP'),
  ...['', ' ', 'tcp\n', 'UnsupportedProtocol'],
];

/** Items of `exportTo`. */
export const VISIBILITIES: readonly string[] = [...words('. * ~ b istio-system A'), ...LABELS];

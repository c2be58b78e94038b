export function pick<T>(random: () => number, values: readonly [T, ...T[]]): T {
  return values[Math.floor(random() * values.length)] ?? values[0]
}

/** Texts that broke some program once: SQL, full-text search, HTML, paths, formats, odd Unicode. */
export const texts = [
  '',
  ' ',
  "' OR 1=1 --",
  "'; DROP TABLE usuarios; --",
  '" OR ""="',
  '1) UNION SELECT * FROM sqlite_master --',
  '%',
  '_',
  '*',
  '"',
  'nombre:',
  'a AND',
  'NEAR(a b, 2',
  '^a',
  'a* OR (b',
  '-',
  '{nombre} : x',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'a\r\nSet-Cookie: a=b',
  'a\u0000b',
  '\u0000',
  '\ud800',
  '\u202Eabc',
  'ÅÅ\u030A\u0301\u0301',
  '🧨'.repeat(50),
  '../../../../etc/passwd',
  'file:///etc/passwd',
  '${7*7}{{7*7}}#{7*7}',
  '$(id)`id`|id;id',
  '%00%0d%0a%ff',
  '__proto__',
  'constructor',
  'NaN',
  'null',
  'true',
  '1e3',
  '0x10',
  '-1',
  '9'.repeat(400),
  'a'.repeat(5_000),
  '2026-13-45T99:99:99.999Z',
  '9999-12-31T23:59:59.999Z',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  'eyJ2IjoxfQ',
  'W10',
  'bnVsbA==',
  '4oKs4oKs',
] as const satisfies [string, ...string[]]

const numbers = [0, -0, -1, 0.5, 1e3, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63), 1e308, 5e-324] as const

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

/** JSON text of some value, hardly ever of the type that is wanted. */
function value(random: () => number): string {
  return pick<() => string>(random, [
    () => JSON.stringify(pick(random, [...texts])),
    () => JSON.stringify(pick(random, [...texts])),
    () => String(pick(random, numbers)),
    () => 'null',
    () => 'true',
    () => '[]',
    () => '{}',
    () => '[null,[],{}]',
    () => '{"__proto__":{"rol":"admin"},"constructor":{"prototype":{"a":1}}}',
    () => deep(50),
    () => `[${'0,'.repeat(300)}0]`,
    () => JSON.stringify(Bun.randomUUIDv7()),
    () => '1E400',
  ])()
}

const extraFields = ['rol', 'activo', 'id', '__proto__', 'toString', 'estado', 'precio'] as const

/** A JSON object with the fields that are wanted and some that are not, some of them twice. */
function record(random: () => number, fields: readonly string[]): string {
  const chosen = fields.filter(() => random() < 0.7)
  if (random() < 0.3) chosen.push(pick(random, extraFields))
  if (random() < 0.1 && chosen[0] !== undefined) chosen.push(chosen[0])
  return `{${chosen.map((name) => `${JSON.stringify(name)}:${value(random)}`).join(',')}}`
}

const notJson = ['', '{', '{"a":', 'undefined', '{"a":1}}', "{'a':1}", '[1,]', '\uFEFF{}', 'NaN']
const invalidUtf8 = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])

/** A body for an operation whose fields are `fields`. */
export function body(random: () => number, fields: readonly string[]): string | Uint8Array {
  const kind = random()
  if (kind < 0.7) return record(random, fields)
  if (kind < 0.8) return value(random)
  if (kind < 0.9) return pick(random, ['', ...notJson])
  return pick<string | Uint8Array>(random, [
    invalidUtf8,
    deep(20_000),
    `[${record(random, fields)}]`,
    `{"a":"${'a'.repeat(1024 * 1024)}"}`,
    fields
      .map(
        (name) =>
          `${encodeURIComponent(name)}=${encodeURIComponent(pick(random, [...texts]).replaceAll('\ud800', ''))}`,
      )
      .join('&'),
  ])
}

export const contentTypes = [
  'application/json',
  'application/json',
  'application/json',
  'application/json',
  'application/json; charset=latin1',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/csv',
  'text/plain',
  'application/xml',
  ';;;',
  'application/octet-stream',
] as const satisfies [string, ...string[]]

/** Values of headers that our services read, as a browser or a script could send them. */
export const headerValues = [
  '*',
  '"',
  '"1"',
  'W/"0"',
  '""""',
  '1, 2, "3',
  "' OR 1=1 --",
  'a'.repeat(300),
  '-1',
  '99999999999999999999',
  '00-00000000000000000000000000000000-0000000000000000-00',
  'bytes=0-',
  'é',
  '%00',
  Bun.randomUUIDv7(),
] as const satisfies [string, ...string[]]

export const headerNames = [
  'if-match',
  'if-none-match',
  'idempotency-key',
  'last-event-id',
  'traceparent',
  'accept',
  'accept-encoding',
  'range',
  'origin',
  'x-forwarded-for',
  'x-http-method-override',
  'content-encoding',
] as const satisfies [string, ...string[]]

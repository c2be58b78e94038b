/** Text exposition format 0.0.4: comments, and a name with labels, a value and nothing else. */
const label = '[a-zA-Z_]\\w*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"'
const sample = new RegExp(
  `^([a-zA-Z_:][\\w:]*)(?:\\{(?:${label}(?:,${label})*,?)?\\})? (?:[-+]?[\\d.]+(?:e[-+]?\\d+)?|NaN|[-+]Inf)$`,
)
const help = /^# HELP ([\w:]+) (.+)$/
const type = /^# TYPE ([\w:]+) (counter|gauge|histogram|summary|untyped)$/

/** Units that Prometheus wants in their base: seconds, bytes, ratios. */
const otherUnits =
  /_(?:milliseconds|ms|minutes|hours|days|kilobytes|megabytes|kb|mb|percent)(?:_|$)/

function faultsOfName(name: string, kind: string): string[] {
  const counted = name.endsWith('_total')
  return [
    ...(kind === 'counter' && !counted ? [`${name}: counters end in _total`] : []),
    ...(kind !== 'counter' && counted ? [`${name}: a ${kind} must not end in _total`] : []),
    ...(kind === 'untyped' ? [`${name}: has no type`] : []),
    ...(/[A-Z]/.test(name) ? [`${name}: capitals`] : []),
    ...(otherUnits.test(name) ? [`${name}: no base unit`] : []),
    ...(/_(?:counter|gauge|histogram|summary|bucket|count|sum)$/.test(name)
      ? [`${name}: ends like a type`]
      : []),
  ]
}

/**
 * What `promtool check metrics` would have against the text of a `/metrics`: what is no exposition
 * format, metrics without help or type, series that are there twice, and names that say something
 * else than their type. None: an empty list.
 */
export function metricFaults(text: string): string[] {
  const lines = text.split('\n').filter(Boolean)
  const helped = new Set(lines.map((line) => help.exec(line)?.[1]))
  const types = new Map(
    lines.flatMap((line) => {
      const [, name = '', kind = ''] = type.exec(line) ?? []
      return name === '' ? [] : [[name, kind] as const]
    }),
  )
  const samples = lines.filter((line) => !line.startsWith('#'))
  const series = samples.map((line) => line.slice(0, line.lastIndexOf(' ')))
  const familyOf = (name: string) =>
    types.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, '')
  const names = new Set(samples.map((line) => familyOf(sample.exec(line)?.[1] ?? '')))
  return [
    ...(text.endsWith('\n') ? [] : ['does not end in a line break']),
    ...lines.filter((line) => ![sample, help, type].some((form) => form.test(line))),
    ...series.filter((one, at) => series.indexOf(one) !== at).map((one) => `${one}: twice`),
    ...[...names].filter((name) => !helped.has(name)).map((name) => `${name}: no help`),
    ...[...names].filter((name) => !types.has(name)).map((name) => `${name}: no type`),
    ...[...types].flatMap(([name, kind]) => faultsOfName(name, kind)),
  ]
}

/** A request's parameters: `line_items[0][price_data][currency]=usd` and the like, nested as they say. */
export interface Params {
  [name: string]: string | Params
}

export function decodeForm(text: string): Params {
  const params: Params = {}
  for (const [path, value] of new URLSearchParams(text)) {
    const names = path.split(/\[|\]\[|\]/).filter((name) => name !== '')
    const last = names.pop() ?? ''
    let at = params
    for (const name of names) {
      const next = at[name]
      at = typeof next === 'object' ? next : (at[name] = {})
    }
    // `expand[]=a&expand[]=b`: a list whose places are not told.
    at[path.endsWith('[]') ? `${last} ${Object.keys(at).length}` : last] = value
  }
  return params
}

export function text(params: Params, ...path: string[]): string | undefined {
  let at: string | Params | undefined = params
  for (const name of path) at = typeof at === 'object' ? at[name] : undefined
  return typeof at === 'string' ? at : undefined
}

export function integer(params: Params, ...path: string[]): number | undefined {
  const value = text(params, ...path)
  return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : undefined
}

/** All texts below a name, whatever they are called. */
export function texts(params: Params, name: string): string[] {
  const prefix = `${name} `
  const listed = Object.entries(params).filter(([key]) => key === name || key.startsWith(prefix))
  return listed.flatMap(([, value]) =>
    typeof value === 'string'
      ? [value]
      : Object.values(value).filter((one) => typeof one === 'string'),
  )
}

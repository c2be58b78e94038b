const json = /^application\/(?:[a-z.-]+\+)?json(?:;|$)/i
const bytes = 'application/octet-stream'

/**
 * An answer in JSON that says it is bytes, and gives its value for them. Eden hands bytes over as
 * they come; JSON it parses with a callback for every value, in search of dates, also where
 * `parseDate: false` asks for none. That took a tenth of a purchase's time in pedidos.
 */
function parsedByItself(response: Response): Response {
  if (!json.test(response.headers.get('content-type') ?? '')) return response
  const headers = new Headers(response.headers)
  headers.set('content-type', bytes)
  return Object.defineProperties(response, {
    headers: { value: headers },
    arrayBuffer: { value: () => response.json() },
  })
}

/**
 * A fetcher for Eden clients of our own services: the same answers for a fraction of the time.
 *
 * @example treaty<AuthApp>(link.origin, { fetcher: forEden(link.fetcher), parseDate: false })
 */
export function forEden(fetcher: typeof fetch): typeof fetch {
  const call = async (...args: Parameters<typeof fetch>) => parsedByItself(await fetcher(...args))
  return Object.assign(call, { preconnect: fetcher.preconnect })
}

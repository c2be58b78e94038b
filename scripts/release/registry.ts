import { createHash } from 'node:crypto'

/** As much of what `npm publish` sends as is kept. */
interface Packument {
  readonly name: string
  versions: Record<string, { readonly version: string; dist?: object }>
  'dist-tags': Record<string, string>
}
interface Published extends Packument {
  readonly _attachments: Readonly<Record<string, { readonly data: string }>>
}

export interface Registry {
  readonly url: string
  readonly stop: () => Promise<void>
}

const problem = (status: number, error: string) => Response.json({ error }, { status })

/**
 * A registry on this machine, in memory, for trying a release before it is one: it takes what `npm publish`
 * sends and gives it to `npm install`. It knows no users, and has nothing that was not published to it.
 */
export function openRegistry(): Registry {
  const packuments = new Map<string, Packument>()
  const tarballs = new Map<string, Uint8Array<ArrayBuffer>>()

  async function take(name: string, request: Request, origin: string): Promise<Response> {
    const { versions, _attachments, ...rest } = (await request.json()) as Published
    const known = packuments.get(name)
    const [version = ''] = Object.keys(versions)
    if (known?.versions[version]) return problem(409, `${name} ${version} is there already`)
    const bytes = Uint8Array.fromBase64(Object.values(_attachments)[0]?.data ?? '')
    const path = `/-/${encodeURIComponent(name)}/${version}.tgz`
    tarballs.set(path, bytes)
    const dist = {
      tarball: `${origin}${path}`,
      shasum: createHash('sha1').update(bytes).digest('hex'),
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    }
    const own = { [version]: { version, ...versions[version], dist } }
    packuments.set(name, {
      ...rest,
      name,
      versions: { ...known?.versions, ...own },
      'dist-tags': { ...known?.['dist-tags'], ...rest['dist-tags'] },
    })
    return Response.json({ ok: true }, { status: 201 })
  }

  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    // An executable, in Base64.
    maxRequestBodySize: 512 * 1024 * 1024,
    async fetch(request) {
      const { pathname, origin } = new URL(request.url)
      const tarball = tarballs.get(pathname)
      if (tarball) return new Response(tarball)
      const name = decodeURIComponent(pathname.slice(1))
      if (request.method === 'PUT') return await take(name, request, origin)
      const packument = packuments.get(name)
      return packument ? Response.json(packument) : problem(404, `${name} is not here`)
    },
  })
  return { url: server.url.origin, stop: () => server.stop(true) }
}

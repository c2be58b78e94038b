import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@encargo/service-kit/run/config'
import { Rechazo } from '../../apps/pagos/ejemplo/banco.ts'
import { crearProveedor } from '../../apps/pagos/ejemplo/proveedor.ts'

/** Where a page to pay at was yesterday it is today as well, unless somebody else is there. */
const usualPort = 8005

/** What happens to a charge that nobody is at the page for. */
export type Suceso = 'pagar' | 'imprimirVale' | 'disputar'

/** The bank of the demo, as far as the seed goes there. */
export interface BancoDemo {
  /** Something befalls the charge; without effect where it can't. */
  ocurre(cobroId: string, que: Suceso): void
}

function serve(fetch: (request: Request) => Promise<Response>) {
  const at = (port: number) => Bun.serve({ hostname: '127.0.0.1', port, fetch, reusePort: false })
  try {
    return at(usualPort)
  } catch {
    return at(0)
  }
}

/**
 * A payment provider of this machine, where cards are paid with that do not exist: the example of
 * docs/payments.md, with its own file in the data folder and a secret that nobody keeps.
 */
export function openBancoDemo(dataDir: string) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  let tienda: string | undefined
  const secreto = `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`
  const proveedor = crearProveedor({
    secreto,
    archivo: join(dataDir, 'banco-demo.sqlite'),
    avisos: () => tienda && `${tienda}/api/pagos/avisos/externo`,
    pruebas: true,
  })
  const server = serve(proveedor.fetch)
  const banco: BancoDemo = {
    ocurre(cobroId, que) {
      try {
        proveedor.ocurre(cobroId, que)
      } catch (error) {
        if (!(error instanceof Rechazo)) throw error
      }
      void proveedor.avisar().catch(() => undefined)
    },
  }
  return {
    ...banco,
    url: server.url.origin,
    /** What pagos is to be started with. */
    env: {
      PROVEEDOR_EXTERNO_URL: server.url.origin,
      PROVEEDOR_EXTERNO_SECRET: secreto,
    } satisfies Environment,
    /** Where its notices go, as soon as that is known. */
    avisa(url: string | undefined): void {
      tienda = url
    },
    close: () => server.stop(true),
  }
}

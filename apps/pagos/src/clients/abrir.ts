import type { Outside } from '@encargo/service-kit/run/outside'
import { encendidosDe, type PagosConfig, retornosDe } from '../config.ts'
import type { IdProveedor } from '../domain/cobro.ts'
import type { CobroEntero } from '../domain/registro.ts'
import type { Proveedor } from '../ports/proveedor.ts'
import { createExterno } from './externo/proveedor.ts'
import { type Anotado, createManual } from './manual.ts'
import { createMercadoPago } from './mercadopago/proveedor.ts'
import { openStripe } from './stripe/proveedor.ts'

/** Two where one is being replaced by the other. */
const varios = (secretos = '') => secretos.split(',')

/** What people wrote down of a charge, as the provider of their money. */
const anotadoDe = ({ id, causa, reembolsos, ...cobro }: CobroEntero): Anotado => ({
  cobroId: id,
  estado: cobro.estado,
  causa: causa ?? undefined,
  importe: cobro.importe,
  moneda: cobro.moneda,
  expiraEn: cobro.expiraEn,
  movimientos: cobro.movimientos,
  reembolsos: reembolsos.map(({ id: clave, importe, estado, referencia }) => ({
    referencia: referencia ?? clave,
    clave,
    importe,
    estado: estado === 'por-enviar' ? 'enviado' : estado,
  })),
})

interface Libro {
  /** What is on record of a charge. */
  readonly cobro: (id: string) => Promise<CobroEntero | undefined>
}

type World = Pick<Outside, 'fetch' | 'logger' | 'clock'>

/**
 * The providers that the shop has an account with, each under its name; money by hand is there always.
 * @throws ConfigError for half an account
 */
export async function openProveedores(
  config: PagosConfig,
  { cobro }: Libro,
  world: World,
): Promise<ReadonlyMap<IdProveedor, Proveedor>> {
  const leer = async (referencia: string) => {
    const entero = await cobro(referencia)
    return entero && anotadoDe(entero)
  }
  const abrir: Readonly<Record<IdProveedor, () => Proveedor | Promise<Proveedor>>> = {
    manual: () => createManual({ leer, clock: world.clock }),
    stripe: () =>
      openStripe(
        {
          secretKey: config.STRIPE_SECRET_KEY ?? '',
          webhookSecrets: varios(config.STRIPE_WEBHOOK_SECRET),
          apiUrl: config.STRIPE_API_URL,
          retorno: retornosDe(config)[0] ?? '',
        },
        world,
      ),
    mercadopago: () => {
      const base = config.MERCADOPAGO_API_URL
      return createMercadoPago(
        {
          accessToken: config.MERCADOPAGO_ACCESS_TOKEN ?? '',
          secretos: varios(config.MERCADOPAGO_WEBHOOK_SECRET),
          ...(base === undefined ? {} : { base }),
        },
        world,
      )
    },
    externo: () =>
      createExterno(
        {
          url: config.PROVEEDOR_EXTERNO_URL ?? '',
          secretos: varios(config.PROVEEDOR_EXTERNO_SECRET),
        },
        world,
      ),
  }
  const abiertos = [...encendidosDe(config)].map(async (id) => [id, await abrir[id]()] as const)
  return new Map(await Promise.all(abiertos))
}

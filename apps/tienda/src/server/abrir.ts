import { isExecutable } from '@encargo/program'
import type { Logger } from '@encargo/service-kit/run/logger'
import type { Outside } from '@encargo/service-kit/run/outside'
import { trustedProxies } from '@encargo/service-kit/values/trusted-proxies'
import type { TiendaConfig } from '../config.ts'
import { CaraDeAuth } from './cara-de-auth.ts'
import { crearAplicacion } from './aplicacion.ts'
import { conImagenes, construir } from './construccion.ts'
import { Cors } from './cors.ts'
import { Desarrollo } from './desarrollo.ts'
import { leerConstruccion } from './guardada.ts'
import { Metricas } from './metricas.ts'
import { CarpetaPropia } from './propio/abrir.ts'
import { Reenvio } from './reenvio.ts'
import { Salidas } from './salidas.ts'
import { Salud } from './salud.ts'
import { Sesion } from './sesion.ts'
import { vestidor } from './vestido.ts'

/** The pages as they were built beforehand; else they are built now, which takes its time. */
async function construida(logger: Logger) {
  const guardada = await leerConstruccion()
  if (guardada) return guardada
  logger.info('the pages are built at each start; bun run setup builds them once')
  return (await construir({ desarrollo: false })).construccion
}

async function abrirFrente({ NODE_ENV, IMAGE_ORIGINS }: TiendaConfig, logger: Logger) {
  // The executable has no sources that could change.
  if (NODE_ENV === 'development' && !isExecutable)
    return await Desarrollo.abrir(logger, IMAGE_ORIGINS)
  const construccion = await conImagenes(await construida(logger), IMAGE_ORIGINS)
  return { construccion: () => construccion, extra: () => undefined, cerrar: () => undefined }
}

/** Puts tienda together, with the front end in memory. */
export async function abrir(config: TiendaConfig, outside: Outside) {
  const { fetch, clock, timer, logger, stopping } = outside
  const origenes = {
    auth: config.AUTH_URL,
    productos: config.PRODUCTOS_URL,
    inventario: config.INVENTARIO_URL,
    pedidos: config.PEDIDOS_URL,
    ...(config.PAGOS === 'off' ? {} : { pagos: config.PAGOS_URL }),
  }
  const unica = config.PUERTO_UNICO !== undefined
  const metricas = new Metricas({
    desde: trustedProxies(config.METRICS_FROM),
    flujos: () => reenvio.flujosAbiertos,
    servicios: unica ? { origenes, fetch } : undefined,
  })
  const comun = { logger, fetch: metricas.contando(origenes, fetch) }
  const salidas = new Salidas(config.BUN_CONFIG_MAX_HTTP_REQUESTS)
  const reenvio = new Reenvio({ origenes, salidas, ...comun })
  const deSesion = salidas.fetchDe('sesion', comun.fetch)
  const propia =
    config.TIENDA_DIR && (await CarpetaPropia.abrir(config.TIENDA_DIR, { clock, logger }))
  const cara = new CaraDeAuth({ auth: config.AUTH_URL, ...comun, fetch: deSesion, timer })
  const frente = await abrirFrente(config, logger)
  const vestida = vestidor(frente.construccion, cara.actual, config.IMAGE_ORIGINS)
  const aplicacion = crearAplicacion({
    cors: new Cors(config.CORS_ORIGINS),
    reenvio,
    sesion: new Sesion({ auth: config.AUTH_URL, ...comun, fetch: deSesion }),
    salud: new Salud({ origenes, salidas, stopping, ...comun }),
    construccion: propia ? async () => await propia.con(await vestida()) : vestida,
    alCambiarCara: () => cara.refrescar(),
    extra: frente.extra,
    unica,
    logger,
  })
  return {
    app: { fetch: metricas.midiendo(origenes, aplicacion.fetch) },
    // Pages are built compressed, and answers of the services come so.
    compress: false,
    start: () => void cara.refrescar(),
    stopping() {
      reenvio.cerrarFlujos()
      frente.cerrar()
    },
    async close() {
      frente.cerrar()
      await cara.cerrar()
    },
  }
}

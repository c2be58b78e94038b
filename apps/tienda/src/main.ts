import { type Environment, parseConfig, withPeerOrigins } from '@encargo/service-kit/run/config'
import { createLogger, type Logger } from '@encargo/service-kit/run/logger'
import { runService } from '@encargo/service-kit/run/run'
import { type Running, serve } from '@encargo/service-kit/http/serve'
import { trustedProxies } from '@encargo/service-kit/values/trusted-proxies'
import { TiendaConfig } from './config.ts'
import { crearAplicacion } from './server/aplicacion.ts'
import { conImagenes, construir } from './server/construccion.ts'
import { Cors } from './server/cors.ts'
import { Desarrollo } from './server/desarrollo.ts'
import { leerConstruccion } from './server/guardada.ts'
import { Metricas } from './server/metricas.ts'
import { Reenvio } from './server/reenvio.ts'
import { Salidas } from './server/salidas.ts'
import { Salud } from './server/salud.ts'
import { Sesion } from './server/sesion.ts'

/** The pages as they were built beforehand; else they are built now, which takes its time. */
async function construida(logger: Logger) {
  const guardada = await leerConstruccion()
  if (guardada) return guardada
  logger.info('the pages are built at each start; bun run setup builds them once')
  return (await construir({ desarrollo: false })).construccion
}

async function abrirFrente({ NODE_ENV, IMAGE_ORIGINS }: TiendaConfig, logger: Logger) {
  if (NODE_ENV === 'development') return await Desarrollo.abrir(logger, IMAGE_ORIGINS)
  const construccion = await conImagenes(await construida(logger), IMAGE_ORIGINS)
  return { construccion: () => construccion, extra: () => undefined, cerrar: () => undefined }
}

/**
 * Reads the environment, gets the front end into memory, and listens.
 * @throws ConfigError or StartError, with nothing left open
 */
export async function start(env: Environment): Promise<Running> {
  const config = parseConfig(TiendaConfig, withPeerOrigins(env))
  const logger = createLogger({ service: 'tienda', level: config.LOG_LEVEL })
  const origenes = {
    auth: config.AUTH_URL,
    productos: config.PRODUCTOS_URL,
    inventario: config.INVENTARIO_URL,
    pedidos: config.PEDIDOS_URL,
  }
  const metricas = new Metricas({
    desde: trustedProxies(config.METRICS_FROM),
    flujos: () => reenvio.flujosAbiertos,
  })
  const comun = { logger, fetch: metricas.contando(origenes) }
  const salidas = new Salidas(config.BUN_CONFIG_MAX_HTTP_REQUESTS)
  const reenvio = new Reenvio({ origenes, salidas, ...comun })
  const deSesion = salidas.fetchDe('sesion', comun.fetch)
  const sesion = new Sesion({ auth: config.AUTH_URL, ...comun, fetch: deSesion })
  const salud = new Salud({ origenes, salidas, ...comun })
  const cors = new Cors(config.CORS_ORIGINS)
  const frente = await abrirFrente(config, logger)
  const { construccion, extra } = frente
  const cerrar = () => {
    reenvio.cerrarFlujos()
    frente.cerrar()
  }
  try {
    const aplicacion = crearAplicacion({
      cors,
      reenvio,
      sesion,
      salud,
      construccion,
      extra,
      logger,
    })
    return serve(
      { fetch: metricas.midiendo(origenes, aplicacion.fetch) },
      {
        name: 'tienda',
        hostname: config.HOST,
        port: config.TIENDA_PORT,
        trustProxy: trustedProxies(config.TRUST_PROXY),
        logger,
        // Pages are built compressed, and answers of the services come so.
        compress: false,
        onStop: cerrar,
        close: () => Promise.resolve(),
      },
    )
  } catch (error) {
    cerrar()
    throw error
  }
}

if (import.meta.main) await runService('tienda', start)

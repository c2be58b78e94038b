import { type Environment, parseConfig, withPeerOrigins } from '@encargo/service-kit/config'
import { createLogger, type Logger } from '@encargo/service-kit/logger'
import { runService } from '@encargo/service-kit/run'
import { type Running, serve } from '@encargo/service-kit/serve'
import { TiendaConfig } from './config.ts'
import { crearAplicacion } from './server/aplicacion.ts'
import { construir } from './server/construccion.ts'
import { Desarrollo } from './server/desarrollo.ts'
import { Reenvio } from './server/reenvio.ts'
import { Sesion } from './server/sesion.ts'

async function abrirFrente(enDesarrollo: boolean, logger: Logger) {
  if (enDesarrollo) return await Desarrollo.abrir(logger)
  const construccion = await construir(false)
  return { construccion: () => construccion, extra: () => undefined, cerrar: () => undefined }
}

/**
 * Reads the environment, builds the front end into memory, and listens.
 * @throws ConfigError or StartError, with nothing left open
 */
export async function start(env: Environment): Promise<Running> {
  const config = parseConfig(TiendaConfig, withPeerOrigins(env))
  const logger = createLogger({ service: 'tienda', level: config.LOG_LEVEL })
  const confiaEnProxy = config.TRUST_PROXY === 'on'
  const origenes = {
    auth: config.AUTH_URL,
    productos: config.PRODUCTOS_URL,
    inventario: config.INVENTARIO_URL,
    pedidos: config.PEDIDOS_URL,
  }
  const reenvio = new Reenvio({ origenes, logger })
  const sesion = new Sesion({ auth: config.AUTH_URL, logger, confiaEnProxy })
  const frente = await abrirFrente(config.NODE_ENV === 'development', logger)
  const { construccion, extra } = frente
  const cerrar = () => {
    reenvio.cerrarFlujos()
    frente.cerrar()
  }
  try {
    return serve(crearAplicacion({ reenvio, sesion, construccion, extra, logger }), {
      name: 'tienda',
      hostname: config.HOST,
      port: config.TIENDA_PORT,
      trustProxy: confiaEnProxy,
      logger,
      onStop: cerrar,
      close: () => Promise.resolve(),
    })
  } catch (error) {
    cerrar()
    throw error
  }
}

if (import.meta.main) await runService('tienda', start)

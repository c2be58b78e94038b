import { join } from 'node:path'
import { fetchKeysFrom } from '@encargo/service-kit/identity/jwks'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import type { EnviarMensaje } from '@encargo/service-kit/mail/message'
import { mailerOf } from '@encargo/service-kit/mail/settings'
import { connectPeer } from '@encargo/service-kit/peer/peer-link'
import { resolveDataDir } from '@encargo/service-kit/run/data-dir'
import { foundation, opening } from '@encargo/service-kit/run/foundation'
import type { Outside } from '@encargo/service-kit/run/outside'
import { openServiceDatabase } from '@encargo/service-kit/run/service-data-dir'
import { sameCurrency } from '@encargo/service-kit/run/same-currency'
import { Difusion } from './app/difusion.ts'
import { createCasosDeUso } from './app/index.ts'
import { createClientes, createServiceToken } from './clients/auth.ts'
import { createReservas } from './clients/inventario.ts'
import { createPagos } from './clients/pagos.ts'
import { createPlantillas } from './clients/plantillas.ts'
import { createCatalogo } from './clients/productos.ts'
import { cuposDe, mailOf, type PedidosConfig } from './config.ts'
import { createApp } from './http/app.ts'
import { createEnlaces } from './http/enlaces.ts'
import { createHistorial } from './store/historial.ts'
import { instalacionDe, leerInicio } from './store/inicio.ts'
import { openPedidosPostgres } from './store/postgres/open.ts'
import { openPedidosStorage } from './store/sqlite/open.ts'
import { createPedidosStore } from './store/store.ts'

/** The world, and what a test may put in the place of a mail server. */
export interface PedidosOutside extends Outside {
  readonly enviar?: EnviarMensaje
}

/**
 * Puts pedidos together.
 * @throws StorageOpenError or StartError, with nothing left open
 */
export const open = (config: PedidosConfig, outside: PedidosOutside) =>
  opening(async (onClose) => {
    const { clock: machine, timer, logger } = outside
    const { MONEDA: moneda } = config
    const mail = mailOf(config)
    const dataDir = resolveDataDir(config.DATA_DIR)
    let eventos: Difusion | undefined
    const despertar = () => eventos?.despertar()
    const openers = {
      sqlite: (file: string) => openPedidosStorage(file, despertar),
      postgres: (url: string) => openPedidosPostgres(url, undefined, despertar),
    }
    const storage = await openServiceDatabase(config, 'pedidos', openers, {
      ...outside,
      onClose,
    })
    const inicio = await storage.read(leerInicio)
    const { idDeClave, secretoEnlaces, ultimoCambio: newest } = inicio
    sameCurrency(storage.place, inicio.moneda ?? moneda, moneda)
    const auth = connectPeer('auth', config.AUTH_URL, outside)
    const productos = connectPeer('productos', config.PRODUCTOS_URL, outside)
    const inventario = connectPeer('inventario', config.INVENTARIO_URL, outside)
    // Not among those that are looked at: a shop may sell without it.
    const pagos = connectPeer('pagos', config.PAGOS_URL, outside)
    const keys = { fetchKeys: fetchKeysFrom(auth) }
    const peers = [auth, productos, inventario]
    const ground = { config, outside, storage, newest, keys, peers, moneda, onClose }
    const { clock, common, start } = foundation(ground)
    const secret = config.PEDIDOS_CLIENT_SECRET ?? (await ensureServiceSecrets(dataDir)).pedidos
    const token = createServiceToken(auth, secret)
    const ports = outside.around({
      clientes: createClientes(auth, token, outside),
      catalogo: createCatalogo(productos, token, moneda, outside),
      reservas: createReservas(inventario, token, instalacionDe(storage, inicio), outside),
      pagos: createPagos(pagos, token, outside),
      store: createPedidosStore(storage, machine, idDeClave),
      enviar: outside.enviar ?? mailerOf(mail, dataDir, logger),
    })
    const enlaces = createEnlaces(secretoEnlaces)
    const { enviar, ...puertos } = ports
    const correo = {
      enviar,
      leerPlantilla: createPlantillas(join(dataDir, 'plantillas')),
      pagina: mail.pagina,
      gestion: mail.gestion,
      instalacion: inicio.instalacion.slice(0, 8),
    }
    const deps = { ...outside, ...puertos, enlaces, correo, clock, moneda, cupos: cuposDe(config) }
    const casos = createCasosDeUso(deps, timer)
    onClose(() => casos.stop())
    const historial = createHistorial(storage)
    eventos = new Difusion({ historial, timer, logger, clock: machine })
    return {
      app: createApp({ ...common, casos, eventos, clock: machine }),
      /** For tests: what they look at or call without HTTP. */
      store: ports.store,
      storage,
      casos,
      peers,
      start() {
        start()
        casos.driver.start()
        casos.cartero.start()
      },
      stopping: () => eventos?.cerrar(),
    }
  })

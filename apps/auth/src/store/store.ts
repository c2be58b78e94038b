import type { Engine } from '@encargo/storage'
import { sinCara } from '../domain/tienda.ts'
import type { AuthStore } from '../ports/store.ts'
import { createAuditoriaStore } from './auditoria.ts'
import { createConfirmacionStore } from './confirmaciones.ts'
import { createCorreoStore } from './correos.ts'
import { createCuentaServicioStore } from './cuentas-servicio.ts'
import { createFrenoStore } from './frenos.ts'
import { createLibretaStore } from './libreta.ts'
import { createRestablecimientoStore } from './restablecimientos.ts'
import { createSesionStore } from './sesiones.ts'
import { createTiendaStore } from './tienda.ts'
import { createUsuarioStore } from './usuarios.ts'

/**
 * auth's store on any engine whose tables are as this version has them.
 *
 * @param primeraCara what the shop says of itself until somebody says something
 */
export const createAuthStore = (engine: Engine, primeraCara = sinCara): AuthStore => ({
  usuarios: createUsuarioStore(engine),
  sesiones: createSesionStore(engine),
  frenos: createFrenoStore(engine),
  correos: createCorreoStore(engine),
  confirmaciones: createConfirmacionStore(engine),
  restablecimientos: createRestablecimientoStore(engine),
  auditoria: createAuditoriaStore(engine),
  cuentas: createCuentaServicioStore(engine),
  libreta: createLibretaStore(engine),
  tienda: createTiendaStore(engine, primeraCara),
})

import { crashAround } from '@encargo/service-kit/run/crash-points'
import type { Engine } from '@encargo/storage'
import type { AuthStore } from '../ports/store.ts'
import { createAuditoriaStore } from './auditoria.ts'
import { createConfirmacionStore } from './confirmaciones.ts'
import { createCorreoStore } from './correos.ts'
import { createCuentaServicioStore } from './cuentas-servicio.ts'
import { createFrenoStore } from './frenos.ts'
import { createRestablecimientoStore } from './restablecimientos.ts'
import { createSesionStore } from './sesiones.ts'
import { createUsuarioStore } from './usuarios.ts'

/** auth's store on any engine whose tables are as this version has them. */
export function createAuthStore(given: Engine): AuthStore {
  const engine: Engine = {
    ...given,
    write: (work) => crashAround('auth.escribir', () => given.write(work)),
  }
  const ofMails: Engine = {
    ...given,
    write: (work) => crashAround('auth.correo.anotar', () => given.write(work)),
  }
  return {
    usuarios: createUsuarioStore(engine),
    sesiones: createSesionStore(engine),
    frenos: createFrenoStore(engine),
    // Apart from what somebody waits for: they are sent at any time.
    correos: createCorreoStore(ofMails),
    confirmaciones: createConfirmacionStore(engine),
    restablecimientos: createRestablecimientoStore(engine),
    auditoria: createAuditoriaStore(engine),
    cuentas: createCuentaServicioStore(engine),
  }
}

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

interface AuthEngine {
  readonly engine: Engine
  /** For the mails, apart from what somebody waits for: they are sent at any time. */
  readonly ofMails: Engine
  /** What was erased goes from wherever the engine still has it, as far as it can. */
  readonly olvidar: () => void
}

/** auth's store on any engine whose tables are as this version has them. */
export const createAuthStore = ({ engine, ofMails, olvidar }: AuthEngine): AuthStore => ({
  usuarios: createUsuarioStore(engine, olvidar),
  sesiones: createSesionStore(engine),
  frenos: createFrenoStore(engine),
  correos: createCorreoStore(ofMails),
  confirmaciones: createConfirmacionStore(engine),
  restablecimientos: createRestablecimientoStore(engine),
  auditoria: createAuditoriaStore(engine),
  cuentas: createCuentaServicioStore(engine),
})

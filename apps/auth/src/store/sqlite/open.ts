import { join } from 'node:path'
import { crashAround } from '@encargo/service-kit/run/crash-points'
import { openStorage, type Storage } from '@encargo/storage'
import { createAuditoriaStore } from '../auditoria.ts'
import { renovarClaves } from './claves.ts'
import { createConfirmacionStore } from '../confirmaciones.ts'
import { createCorreoStore } from '../correos.ts'
import { createCuentaServicioStore } from '../cuentas-servicio.ts'
import { createFrenoStore } from '../frenos.ts'
import type { AuthStore } from '../../ports/store.ts'
import { createRestablecimientoStore } from '../restablecimientos.ts'
import { createSesionStore } from '../sesiones.ts'
import * as tables from './tables.ts'
import { createUsuarioStore } from '../usuarios.ts'

export interface OpenAuthStore extends AuthStore {
  readonly storage: Storage<typeof tables>
  /** Accounts that nobody can sign in to: by today's rule their address is another's. */
  readonly repetidos: readonly string[]
}

/**
 * Opens `file` (or ':memory:') and brings it up to date.
 * @throws StorageOpenError with a sentence for the person who started the service
 */
export function openAuthStore(file: string): OpenAuthStore {
  const migrationsFolder = join(import.meta.dir, 'migrations')
  const opened = openStorage({ file, schema: tables, migrationsFolder })
  const storage: Storage<typeof tables> = {
    ...opened,
    write: (work) => crashAround('auth.escribir', () => opened.write(work)),
  }
  // Apart from what somebody waits for: mails are sent at any time.
  const ofMails: Storage<typeof tables> = {
    ...opened,
    write: (work) => crashAround('auth.correo.anotar', () => opened.write(work)),
  }
  // What is erased is overwritten, not just unlinked: erasing a person is a promise.
  storage.client.run('PRAGMA secure_delete = ON')
  const repetidos = renovarClaves(storage)
  return {
    storage,
    repetidos,
    usuarios: createUsuarioStore(storage),
    sesiones: createSesionStore(storage),
    frenos: createFrenoStore(storage),
    correos: createCorreoStore(ofMails),
    confirmaciones: createConfirmacionStore(storage),
    restablecimientos: createRestablecimientoStore(storage),
    auditoria: createAuditoriaStore(storage),
    cuentas: createCuentaServicioStore(storage),
  }
}

import { rename, writeFile } from 'node:fs/promises'
import type { Clock } from '@encargo/service-kit/async/clock'
import {
  credentialsFile,
  ensureServiceSecrets,
  randomSecret,
  serviceAccountNames,
} from '@encargo/service-kit/identity/service-accounts'
import type { Scope } from '@encargo/service-kit/identity/tokens'
import type { Accion } from '../domain/auditoria.ts'
import { solapeSecretosMs } from '../domain/cuenta-servicio.ts'
import type { KeyKeeper } from './key-life.ts'
import { type Rotation, rotateKeys } from './rotate-keys.ts'
import { hashSecreto } from '../domain/secretos.ts'
import type { AuthStore } from '../ports/store.ts'
import type { CuentaListada } from '../ports/servicios.ts'

export interface AdminOptions {
  readonly store: AuthStore
  readonly dataDir: string
  readonly clock: Clock
  /** The signing keys of the installation. */
  readonly keys: KeyKeeper
}

export interface NewSecret {
  readonly secret: string
  /** Whether it was put where a service of this machine reads it from. */
  readonly written: boolean
}

/** Puts a secret into the file that services on this machine read theirs from, whole or not at all. */
async function writeSecret(dataDir: string, id: string, secret: string): Promise<boolean> {
  const file = credentialsFile(dataDir)
  const generated = serviceAccountNames.some((name) => name === id)
  if (!generated || !(await Bun.file(file).exists())) return false
  const secrets = { ...(await ensureServiceSecrets(dataDir)), [id]: secret }
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, file)
  return true
}

/**
 * What an operator does to auth at the machine itself, while the service runs or not.
 * @throws StartError with a sentence for the operator
 */
export function createAdmin({ store, dataDir, clock, keys }: AdminOptions) {
  async function note(accion: Accion, detalle: string, sujetoId?: string): Promise<void> {
    const who = { sujetoId, direccion: undefined }
    await store.auditoria.apuntar({ en: clock.epochMs(), accion, detalle, ...who })
  }

  async function putSecret(id: string): Promise<NewSecret> {
    const secret = randomSecret()
    const at = clock.epochMs()
    // The file first: a secret that only the file has is made good by the next start of auth.
    const written = await writeSecret(dataDir, id, secret)
    const hash = hashSecreto(id, secret)
    await store.cuentas.ponerSecreto({
      cuentaId: id,
      hash,
      now: at,
      solapeHasta: at + solapeSecretosMs,
    })
    return { secret, written }
  }

  return {
    async rotateKeys(emergency: boolean): Promise<Rotation> {
      const rotation = await rotateKeys({ keys, now: clock.epochMs(), emergency })
      await note('clave-rotada', `${emergency ? 'de urgencia: ' : ''}kid ${rotation.kid}`)
      return rotation
    },

    listAccounts: (): Promise<CuentaListada[]> => store.cuentas.listar(clock.epochMs()),

    /** Answers undefined when there is such an account. */
    async addAccount(id: string, scopes: readonly Scope[]): Promise<NewSecret | undefined> {
      if (await store.cuentas.existe(id)) return undefined
      await store.cuentas.registrar({ id, scopes }, clock.epochMs())
      await note('cuenta-servicio-creada', scopes.join(' '), id)
      return await putSecret(id)
    },

    /** A new secret; the one before stays good for a day. Undefined when there is no such account. */
    async rotateSecret(id: string): Promise<NewSecret | undefined> {
      if (!(await store.cuentas.existe(id))) return undefined
      const fresh = await putSecret(id)
      await note('secreto-rotado', 'el anterior vale un día más', id)
      return fresh
    },

    /** Ends the replaced secrets at once; answers how many. Undefined when there is no such account. */
    async revokeReplaced(id: string): Promise<number | undefined> {
      if (!(await store.cuentas.existe(id))) return undefined
      const count = await store.cuentas.revocarAnteriores(id, clock.epochMs())
      await note('secreto-revocado', `${count}`, id)
      return count
    },
  }
}

export type Admin = ReturnType<typeof createAdmin>

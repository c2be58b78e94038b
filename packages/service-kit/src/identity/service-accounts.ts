import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { StartError } from '../run/start-error.ts'
import type { Scope } from './tokens.ts'

/** The service accounts that every installation has, each with the least it needs. */
export const serviceAccounts = {
  pedidos: ['usuarios:leer', 'inventario:reservar', 'pagos:mandar'],
  pagos: ['pedidos:completar', 'pedidos:cobrar'],
} as const satisfies Record<string, readonly Scope[]>

export type ServiceAccount = keyof typeof serviceAccounts
export const serviceAccountNames = Object.keys(serviceAccounts) as ServiceAccount[]
export type ServiceSecrets = Readonly<Record<ServiceAccount, string>>

const Secret = Type.String({ minLength: 32 })
const File = Type.Object({ pedidos: Secret, pagos: Secret })

/** Where the generated secrets of the service accounts are, owner-readable only. */
export const credentialsFile = (dataDir: string) => join(dataDir, 'credenciales.json')

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** 256 bits from the system's generator, base64url. */
export function randomSecret(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
}

/**
 * Creates `file` (mode 0600) with `content` unless it exists, durably and whole: two processes that
 * start together end with the content of one of them, never with a mixture or half a file.
 */
export async function createOnce(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomSecret().slice(0, 8)}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(draft, file)
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  } finally {
    await unlink(draft)
  }
}

async function readOrCreate(file: string): Promise<string> {
  const fresh = Object.fromEntries(serviceAccountNames.map((name) => [name, randomSecret()]))
  try {
    if (!(await Bun.file(file).exists())) {
      await createOnce(file, `${JSON.stringify(fresh, null, 2)}\n`)
    }
    return await readFile(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(`cannot read or write ${file}: ${reason}; check DATA_DIR`)
  }
}

/**
 * The secrets of the service accounts in `dataDir`, made by whichever service starts first.
 * @throws StartError when the folder can't be used, or the file is there but is not what we write
 */
export async function ensureServiceSecrets(dataDir: string): Promise<ServiceSecrets> {
  const file = credentialsFile(dataDir)
  const text = await readOrCreate(file)
  try {
    return Value.Parse(File, JSON.parse(text))
  } catch {
    throw new StartError(
      `${file} is damaged: expected a JSON object with a secret for each of ${serviceAccountNames.join(', ')}; remove it to have new ones made`,
    )
  }
}

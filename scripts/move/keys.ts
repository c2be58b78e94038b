import { readdir, readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openLook, writeClaimed } from '@encargo/storage/copy'
import { keyFolder, putKey, readKeyText } from '../../apps/auth/src/security/key-folder.ts'
import { createSeal } from '../../apps/auth/src/security/key-seal.ts'
import { knownSealSecret, sealSecret } from '../../apps/auth/src/security/key-table.ts'
import { readSigningKey } from '../../apps/auth/src/security/signing-key.ts'
import { fileOf } from '../audit/databases.ts'
import { keysAreSealed, type Servers } from '../lib/shop.ts'
import { targetOf } from './services.ts'

/** With what auth's keys on a server are sealed, and where a secret lies that was made for it here. */
export interface KeySecret {
  readonly keySecret: string | undefined
  readonly dataDir: string
}

interface Row {
  readonly kid: string
  readonly firma_desde: number
  readonly pkcs8: string
}

/** Where a folder of a shop, or of a backup, has its keys. */
const keysIn = (folder: string) => keyFolder(dirname(fileOf(folder, 'auth')))

/**
 * Copies the signing keys of a folder into auth's schema, which was claimed, sealed: as auth does, with a
 * secret that is made in the data folder where none is given.
 */
export async function keysToServer(
  folder: string,
  { auth }: Servers,
  { keySecret, dataDir }: KeySecret,
): Promise<void> {
  const keys = keysIn(folder)
  const names = existsSync(keys) ? await readdir(keys) : []
  const files = names.filter((name) => name.endsWith('.json'))
  // Of the environment, or to be made by the first auth.
  if (files.length === 0) return
  const seal = createSeal(await sealSecret(keySecret, dataDir))
  const rows = await Promise.all(
    files.map(async (name): Promise<Row> => {
      const { signsFrom, pem } = readKeyText(await readFile(join(keys, name), 'utf8'))
      const { kid } = await readSigningKey(pem)
      return { kid, firma_desde: signsFrom, pkcs8: seal.close(pem, kid) }
    }),
  )
  await writeClaimed(
    targetOf('auth', auth.url),
    `INSERT INTO claves_firma (kid, firma_desde, pkcs8)
     SELECT kid, firma_desde, pkcs8
     FROM json_to_recordset($1::text::json) AS r (kid text, firma_desde bigint, pkcs8 text)
     ON CONFLICT DO NOTHING`,
    JSON.stringify(rows),
  )
}

/**
 * Copies auth's signing keys to files of a folder; answers their paths in it.
 * @throws Sentence when they are sealed and nobody says with what
 */
export async function keysToFolder(
  { auth }: Servers,
  folder: string,
  { keySecret, dataDir }: KeySecret,
): Promise<string[]> {
  const look = await openLook(targetOf('auth', auth.url))
  try {
    const rows = await look.rows<Row>('SELECT kid, firma_desde, pkcs8 FROM claves_firma')
    if (rows.length === 0) return []
    const secret = await knownSealSecret(keySecret, dataDir)
    if (secret === undefined) throw keysAreSealed()
    const seal = createSeal(secret)
    const keys = keyFolder(folder)
    for (const { kid, firma_desde: signsFrom, pkcs8 } of rows) {
      await putKey(
        keys,
        nameOf(kid),
        signsFrom,
        opened(() => seal.open(pkcs8, kid)),
      )
    }
    return rows.map(({ kid }) => join('claves', `${nameOf(kid)}.json`))
  } finally {
    await look.close()
  }
}

/** A thumbprint may begin with a dash. */
const nameOf = (kid: string) => `clave-${kid}`

function opened(open: () => string): string {
  try {
    return open()
  } catch {
    throw keysAreSealed()
  }
}

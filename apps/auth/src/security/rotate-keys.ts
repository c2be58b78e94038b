import { mkdir, unlink } from 'node:fs/promises'
import { addKey, keyFolder, publicAt, publishedAheadMs, readKeyFolder } from './key-folder.ts'

export interface Rotation {
  readonly kid: string
  /** The new key signs from then on. */
  readonly signsFrom: number
  /** How many keys that no token in use was signed with are gone. */
  readonly removed: number
}

export interface RotateOptions {
  readonly dataDir: string
  readonly now: number
  readonly uuid: () => string
  /** A key got out: all others go at once, and with them every token that they signed. */
  readonly emergency: boolean
}

/**
 * Adds a key to `DATA_DIR/claves`, which a running service notices by itself, and removes those
 * that have served their time.
 * @throws StartError naming a file that is no key of ours
 */
export async function rotateKeys({
  dataDir,
  now,
  uuid,
  emergency,
}: RotateOptions): Promise<Rotation> {
  const folder = keyFolder(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const before = await readKeyFolder(folder)
  const signsFrom = now + (emergency || before.length === 0 ? 0 : publishedAheadMs)
  const instant = new Date(now).toISOString().replaceAll(/[:.]/g, '-')
  const name = `${instant}-${uuid().slice(-8)}`
  await addKey(folder, name, signsFrom)
  const keys = await readKeyFolder(folder)
  const added = keys.find(({ file }) => file.endsWith(`${name}.json`))
  if (!added) throw new Error('the new key is not in its folder')
  const kept = emergency ? [added] : publicAt(keys, now)
  const gone = keys.filter((key) => !kept.includes(key))
  for (const { file } of gone) await unlink(file)
  return { kid: added.key.kid, signsFrom, removed: gone.length }
}

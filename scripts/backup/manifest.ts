import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Sentence } from '../lib/command-line.ts'

export const manifestName = 'manifest.json'
const formatVersion = 1

// No `..`, no drive and no hidden names: a manifest may come from anywhere.
const RelativePath = Type.String({
  pattern: '^(claves/)?[A-Za-z0-9][A-Za-z0-9_-]*(\\.[a-z0-9]+)?$',
})
const Entry = Type.Object(
  {
    path: RelativePath,
    bytes: Type.Integer({ minimum: 0 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    /** The moment that a database was read at, or later by less than the copy took. */
    takenAt: Type.String(),
  },
  { additionalProperties: false },
)
const Manifest = Type.Object(
  {
    format: Type.Literal(formatVersion),
    takenAt: Type.String(),
    encargo: Type.String(),
    bun: Type.String(),
    files: Type.Array(Entry, { minItems: 4 }),
    audit: Type.Object({ clean: Type.Boolean(), inFlight: Type.Integer(), wrong: Type.Integer() }),
  },
  { additionalProperties: false },
)
export type Manifest = Static<typeof Manifest>
export type ManifestEntry = Static<typeof Entry>

/** The backup can't be made or used. */
export class BackupError extends Sentence {
  override readonly name = 'BackupError'
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

export async function describeFile(
  folder: string,
  path: string,
  takenAt: string,
): Promise<ManifestEntry> {
  const file = join(folder, path)
  return { path, bytes: (await stat(file)).size, sha256: await sha256Of(file), takenAt }
}

export const newManifest = (rest: Omit<Manifest, 'format'>): Manifest => ({
  format: formatVersion,
  ...rest,
})

/** @throws BackupError when there is no manifest or it is not one of ours */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, manifestName)
  const text = await readFile(file, 'utf8').catch(() => {
    throw new BackupError(`${folder} is not a backup: it has no ${manifestName}.`)
  })
  try {
    return Value.Parse(Manifest, JSON.parse(text))
  } catch {
    throw new BackupError(`${file} is not the manifest of a backup that this version can restore.`)
  }
}

/** @throws BackupError naming the first file that is not what was written */
export async function verifyFiles(
  folder: string,
  { files }: Manifest,
  progress: (what: string, done: number) => void,
): Promise<void> {
  for (const [index, entry] of files.entries()) {
    progress(`verifying ${entry.path}`, index / files.length)
    const file = join(folder, entry.path)
    const found = await describeFile(folder, entry.path, entry.takenAt).catch(() => {
      throw new BackupError(`${file} is missing or can't be read; nothing was restored.`)
    })
    if (found.bytes !== entry.bytes || found.sha256 !== entry.sha256) {
      throw new BackupError(`${file} is not what was backed up (SHA-256); nothing was restored.`)
    }
  }
}

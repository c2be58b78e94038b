import { inOrder, type KeyKeeper, publicAt, publishedAheadMs } from './key-life.ts'

export interface Rotation {
  readonly kid: string
  /** The new key signs from then on. */
  readonly signsFrom: number
  /** How many keys that no token in use was signed with are gone. */
  readonly removed: number
}

export interface RotateOptions {
  readonly keys: KeyKeeper
  readonly now: number
  /** A key got out: all others go at once, and with them every token that they signed. */
  readonly emergency: boolean
}

/**
 * Adds a key, which running services notice by themselves, and removes those that have served their
 * time.
 * @throws StartError naming what is no key of ours; not in an emergency, which leaves none of them
 */
export async function rotateKeys({ keys, now, emergency }: RotateOptions): Promise<Rotation> {
  const names = await keys.names()
  const before = emergency ? [] : await keys.read()
  const signsFrom = now + (before.length === 0 ? 0 : publishedAheadMs)
  const added = await keys.add(signsFrom)
  const kept = publicAt(inOrder([...before, added]), now)
  const gone = names.filter((name) => !kept.some((key) => key.name === name))
  await keys.remove(gone)
  return { kid: added.key.kid, signsFrom, removed: gone.length }
}

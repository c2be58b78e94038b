import { StorageOpenError } from '../errors.ts'
import { openBunPool } from '../postgres/bun.ts'
import { ServerError } from '../postgres/client.ts'
import { checkUrl, sentence, shownUrl } from '../postgres/start.ts'

/** To own a database is not enough for it. */
const noRight = 'its user may not make databases there; give it the right to, CREATEDB'

async function say(url: string, text: string): Promise<void> {
  try {
    checkUrl(url)
    const pool = openBunPool({ url, max: 1, settings: {}, deadlineMs: 60_000 })
    try {
      const connection = await pool.reserve()
      await connection.run(text)
      connection.giveBack()
    } finally {
      await pool.close()
    }
  } catch (error) {
    const denied = error instanceof ServerError && error.state === '42501'
    throw new StorageOpenError(shownUrl(url), error, denied ? noRight : sentence(error))
  }
}

/**
 * Makes an empty database on the server of another, whose user must have the right to; answers its URL.
 * @param name letters, digits and underscores
 * @throws StorageOpenError with one sentence
 */
export async function makeDatabase(beside: string, name: string): Promise<string> {
  await say(beside, `CREATE DATABASE "${name}"`)
  const url = new URL(beside)
  url.pathname = `/${name}`
  return url.href
}

/** Removes one that was made there, whoever uses it. */
export const removeDatabase = (beside: string, name: string): Promise<void> =>
  say(beside, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)

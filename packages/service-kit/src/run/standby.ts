import type { Environment } from './config.ts'

/** Set for a process that is to follow another one: see `waitForTurn`. */
export const standbyVariable = 'ENCARGO_STANDBY'
/** What its parent writes to its standard input when it may begin. */
export const beginLine = 'begin'

/**
 * Who follows another process of the same service has loaded its code by now, which takes longest, and
 * waits with all else until its parent says that the other has ended. False when it never will.
 */
export async function waitForTurn(env: Environment, say: () => void): Promise<boolean> {
  if (env[standbyVariable] === undefined) return true
  say()
  return (await Bun.stdin.text()) === beginLine
}

import { StorageOpenError } from '@encargo/storage'
import { ConfigError, type Environment } from './config.ts'
import type { Running } from '../http/serve.ts'
import { onStopSignal } from './signals.ts'
import { waitForTurn } from './standby.ts'
import { StartError } from './start-error.ts'

/** Failures that the person who typed the command can mend; everything else is a bug and keeps its stack. */
export function startSentence(error: unknown): string | undefined {
  const mendable =
    error instanceof ConfigError || error instanceof StartError || error instanceof StorageOpenError
  return mendable ? error.message : undefined
}

/**
 * Runs one service as this process: starts it, says where it is, and stops it on SIGTERM or SIGINT.
 * A start that cannot be ends with one sentence on standard error and exit code 1.
 */
export async function runService(
  name: string,
  start: (env: Environment) => Promise<Running>,
): Promise<void> {
  try {
    const isMyTurn = await waitForTurn(process.env, () => console.log(`${name} standing by`))
    if (!isMyTurn) process.exit(0)
    const running = await start(process.env)
    onStopSignal(running.stop)
    console.log(`${name} ready at ${running.url}`)
  } catch (error) {
    const sentence = startSentence(error)
    if (sentence === undefined) throw error
    console.error(sentence.startsWith(name) ? sentence : `${name}: ${sentence}`)
    process.exit(1)
  }
}

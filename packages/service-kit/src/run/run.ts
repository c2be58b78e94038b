import { StorageOpenError } from '@encargo/storage'
import { ConfigError, type Environment } from './config.ts'
import type { Running } from '../http/serve.ts'
import { onStopSignal, stopAsked } from './signals.ts'
import { waitForTurn } from './standby.ts'
import { StartError } from './start-error.ts'

/** Failures that the person who typed the command can mend; everything else is a bug and keeps its stack. */
export function startSentence(error: unknown): string | undefined {
  const mendable =
    error instanceof ConfigError || error instanceof StartError || error instanceof StorageOpenError
  return mendable ? error.message : undefined
}

/** What goes on until it is stopped. */
export interface Going<T> {
  /** Rejects with why it could not start. */
  readonly ready: Promise<T>
  stop(): Promise<void>
}

/**
 * Runs as this process what `begin` starts, saying where each of it is once all are, and stops it on
 * SIGTERM or SIGINT. A start that cannot be ends with one sentence on standard error and exit code 1.
 * Answers what it is ready with.
 */
export async function runProcess<T>(
  name: string,
  env: Environment,
  begin: (say: (name: string, url: string) => void) => Going<T>,
): Promise<T> {
  try {
    const isMyTurn = await waitForTurn(env, () => console.log(`${name} standing by`))
    if (!isMyTurn) process.exit(0)
    const said: string[] = []
    const { ready, stop } = begin((one, url) => said.push(`${one} ready at ${url}`))
    onStopSignal(stop)
    const answer = await ready
    for (const line of said) console.log(line)
    return answer
  } catch (error) {
    // Whoever asked it to stop does not want to know what it was waiting for.
    if (stopAsked()) process.exit(0)
    const sentence = startSentence(error)
    if (sentence === undefined) throw error
    console.error(sentence)
    process.exit(1)
  }
}

/** The same start, that says of a sentence of its failure whose it is. */
export async function ofService<T>(name: string, starting: Promise<T>): Promise<T> {
  try {
    return await starting
  } catch (error) {
    const sentence = startSentence(error)
    if (sentence === undefined || sentence.startsWith(name)) throw error
    throw new StartError(`${name}: ${sentence}`, { cause: error })
  }
}

/** Runs one service as this process. */
export async function runService(
  name: string,
  start: (env: Environment) => Promise<Running>,
): Promise<void> {
  await runProcess(name, process.env, (say) => {
    const started = ofService(name, start(process.env))
    return {
      ready: started.then(({ url }) => say(name, url)),
      // What could not start says so itself, and needs no end.
      stop: async () => await (await started.catch(() => undefined))?.stop(),
    }
  })
}

import { expect } from 'bun:test'
import { type Environment, serviceNames } from '@encargo/service-kit/run/config'
import { script } from '../system/refusals.ts'

export type Running = Awaited<ReturnType<typeof run>>

/** Runs a script of this checkout, until its standard output has had `wanted` so many times. */
export async function run(
  command: readonly [path: string, ...args: string[]],
  env: Environment,
  wanted: RegExp,
  times = 1,
) {
  const child = Bun.spawn(script(...command), {
    env: { ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    detached: true,
  })
  const err = new Response(child.stderr).text()
  let out = ''
  const enough = Promise.withResolvers<void>()
  void (async () => {
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      out += chunk
      if ([...out.matchAll(new RegExp(wanted, 'g'))].length >= times) enough.resolve()
    }
    // It may have said its last and not have ended yet.
    await child.exited
    enough.resolve()
  })()
  await enough.promise
  if (child.exitCode !== null) throw new Error(`ended before ${wanted}: ${out}${await err}`)
  return {
    out: () => out,
    kill: () => child.kill('SIGKILL'),
    /** Ends it as Ctrl-C does; answers its standard error. */
    async stop(): Promise<string> {
      child.kill('SIGINT')
      expect(await child.exited).toBe(0)
      return await err
    },
  }
}

/** The services, once they can be reached. */
export const runServices = (env: Environment, ...args: string[]) =>
  run(['scripts/start.ts', ...serviceNames, ...args], env, /ready at/, serviceNames.length)

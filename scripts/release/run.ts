import type { Environment } from '@encargo/service-kit/run/config'

/** Runs a command to its end, and answers all that it printed. */
export async function run(command: readonly string[], env: Environment, cwd?: string) {
  const child = Bun.spawn([...command], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [output, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  return { ok: (await child.exited) === 0, output, errors }
}

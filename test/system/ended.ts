interface Run {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
}

/** Runs a command to its end; answers all that it said, and its exit code. */
export async function ended(command: readonly string[], { env, cwd }: Run) {
  const child = Bun.spawn([...command], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { out, err, code }
}

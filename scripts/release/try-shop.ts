import type { Environment } from '@encargo/service-kit/run/config'

export interface RunningShop {
  readonly origin: string
  /** As Ctrl-C does. */
  readonly stop: () => Promise<void>
}

const patienceMs = 60_000
/** 128, and SIGINT. */
const interrupted = 130

/** Whether the shop answers, and shows the page that its folder came with. */
async function answers(origin: string): Promise<boolean> {
  try {
    const ready = await fetch(`${origin}/readyz`)
    const page = await fetch(`${origin}/paginas/envios`)
    return ready.ok && (await page.text()).includes('<article')
  } catch {
    return false
  }
}

/** `npm start` in the shop's folder, once it is ready. */
export async function runningShop(
  folder: string,
  env: Environment,
  origin: string,
): Promise<RunningShop> {
  const child = Bun.spawn(['npm', 'start'], {
    cwd: folder,
    env: { ...env },
    // A group of its own, as in a terminal: what Ctrl-C reaches.
    detached: true,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const said = Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  const tell = (signal: NodeJS.Signals) => process.kill(-child.pid, signal)
  const stop = async () => {
    tell('SIGINT')
    const code = await child.exited
    const [output, errors] = await said
    // npm says of a command that Ctrl-C ended, however well, that Ctrl-C ended it.
    if (code !== 0 && code !== interrupted)
      throw new Error(`npm start ended with ${code}:\n${output}\n${errors}`)
  }
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline && child.exitCode === null) {
    if (await answers(origin)) return { origin, stop }
    // Another process: it is asked until it answers.
    await Bun.sleep(20)
  }
  if (child.exitCode === null) tell('SIGKILL')
  throw new Error(`the shop did not become ready:\n${(await said).join('\n')}`)
}

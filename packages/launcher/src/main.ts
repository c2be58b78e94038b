import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { findExecutable } from './find.ts'

const here = createRequire(import.meta.url)

function resolvePath(file: string): string | undefined {
  try {
    return here.resolve(file)
  } catch {
    return undefined
  }
}

/** What a shop is told from outside: to end, or to begin anew. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const

/** Runs the executable in this one's place, and ends as it ends. */
function run(path: string): void {
  // Before it is there: a signal in between would end this one alone, and leave a shop that nobody holds.
  for (const signal of passedOn) process.on(signal, () => child.kill(signal))
  const child = spawn(path, process.argv.slice(2), { stdio: 'inherit' })
  child.on('error', ({ message }) => {
    console.error(`${path} could not be started: ${message}.`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
  })
}

const found = findExecutable(process.platform, process.arch, resolvePath)
if ('path' in found) run(found.path)
else {
  console.error(found.missing)
  process.exitCode = 1
}

import { join } from 'node:path'
import type { Job, LoadMessage, LoadResult } from './job.ts'

/** The load generator's process, warm from one job to the next. */
export interface Generator {
  run(job: Job): Promise<LoadResult>
  stop(): Promise<void>
}

export function startGenerator(): Generator {
  let waiting: PromiseWithResolvers<LoadResult> | undefined
  const settle = (message: LoadMessage) => {
    const current = waiting
    waiting = undefined
    if (message.type === 'done') current?.resolve(message.result)
    else current?.reject(new Error(`the load generator: ${message.message}`))
  }
  const child = Bun.spawn([process.execPath, '--no-orphans', join(import.meta.dir, 'main.ts')], {
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    // Its own process group: Ctrl-C reaches it through its parent, once.
    detached: true,
    ipc: (message: LoadMessage) => settle(message),
    onExit: () => settle({ type: 'failed', message: 'its process ended' }),
  })
  return {
    run(job) {
      if (waiting) throw new TypeError('the generator runs one job at a time')
      waiting = Promise.withResolvers<LoadResult>()
      child.send(job)
      return waiting.promise
    },
    async stop() {
      child.kill()
      await child.exited
    },
  }
}

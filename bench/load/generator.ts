import { join } from 'node:path'
import { startChild } from '../child.ts'
import type { Job, LoadMessage, LoadResult } from './job.ts'

/** The load generator's process, warm from one job to the next; it runs one at a time. */
export interface Generator {
  run(job: Job): Promise<LoadResult>
  stop(): Promise<void>
}

export function startGenerator(): Generator {
  const child = startChild(join(import.meta.dir, 'main.ts'))
  return {
    async run(job) {
      const message = await child.ask<LoadMessage>(job)
      if (message.type === 'done') return message.result
      throw new Error(`the load generator: ${message.message}`)
    },
    stop: child.stop,
  }
}

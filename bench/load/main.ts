// The load generator, a process of its own: takes jobs over IPC, one at a time.
import type { Job, LoadMessage } from './job.ts'
import { runJob } from './run-job.ts'

function answer(message: LoadMessage): void {
  process.send?.(message)
}

process.on('message', (job: Job) => {
  runJob(job).then(
    (result) => answer({ type: 'done', result }),
    (error: unknown) => answer({ type: 'failed', message: String(error) }),
  )
})
// Without its parent there is nobody left to answer to.
process.on('disconnect', () => process.exit(0))

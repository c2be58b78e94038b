import { makeCluster } from '@encargo/storage/testing/postgres'
const c = makeCluster({ durable: true })
process.on('exit', () => c.remove())
const child = Bun.spawn([process.execPath, '../../bench/move.ts', '100000'], {
  env: { ...process.env, DATABASE_URL: c.url },
  stdout: 'inherit',
  stderr: 'inherit',
})
await child.exited
process.exit(0)

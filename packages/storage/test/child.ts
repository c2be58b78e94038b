// A real process for the tests that kill one, or start two at the same time.
import { writeSync } from 'node:fs'
import { openStorage, statement } from '../src/index.ts'
import { find, put } from './fixture-sql.ts'

const [mode, file = '', migrationsFolder = '', number = '0'] = process.argv.slice(2)
const set = statement<never, [id: string, cantidad: number]>(
  `INSERT INTO existencias VALUES (?1, ?2)
   ON CONFLICT (id) DO UPDATE SET cantidad = excluded.cantidad`,
)
console.log('opening')
const storage = openStorage({ file, migrationsFolder })

/** Writes for ever, and prints each id once its write is acknowledged. */
async function stream(name: number): Promise<void> {
  for (let index = 0; ; index++) {
    const id = `${number}-${name}-${index}`
    await storage.write(() => put.run(id, 1))
    // At once: what the process still held of its output when it dies would look unacknowledged.
    writeSync(1, `${id}\n`)
  }
}

/** Adds one to the same row, `number` times, each as a read and a write of its own. */
async function increment(): Promise<void> {
  for (let index = 0; index < Number(number); index++) {
    await storage.write(function* () {
      const row = yield* find.get('contador')
      yield* set.run('contador', (row?.cantidad ?? 0) + 1)
    })
  }
}

/** Adds rows in steps, and dies in the middle of them. */
async function die(): Promise<void> {
  await storage.writeInSteps(function* () {
    for (let index = 0; index < Number(number); index++) {
      yield* put.run(`paso-${index}`, 1)
      yield
    }
    process.kill(process.pid, 'SIGKILL')
    // The signal takes its moment, and nothing may be committed in it.
    for (;;) yield
  })
}

if (mode === 'die') await die()
if (mode === 'stream') await Promise.all(Array.from({ length: 8 }, (_, name) => stream(name)))
if (mode === 'increment') await increment()
await storage.close()

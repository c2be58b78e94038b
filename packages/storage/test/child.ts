// A real process for the tests that kill one, or start two at the same time.
import { eq, sql } from 'drizzle-orm'
import { openStorage } from '../src/index.ts'
import { existencias, schema } from './fixture-schema.ts'

const [mode, file = '', migrationsFolder = '', number = '0'] = process.argv.slice(2)
console.log('opening')
const storage = openStorage({ file, migrationsFolder, schema })

/** Writes for ever, and prints each id once its write is acknowledged. */
async function stream(name: number): Promise<void> {
  for (let index = 0; ; index++) {
    const id = `${number}-${name}-${index}`
    await storage.write((db) => void db.insert(existencias).values({ id, cantidad: 1 }).run())
    process.stdout.write(`${id}\n`)
  }
}

/** Adds one to the same row, `number` times, each as a read and a write of its own. */
async function increment(): Promise<void> {
  for (let index = 0; index < Number(number); index++) {
    await storage.write((db) => {
      const row = db.select().from(existencias).where(eq(existencias.id, 'contador')).get()
      const cantidad = (row?.cantidad ?? 0) + 1
      db.insert(existencias)
        .values({ id: 'contador', cantidad })
        .onConflictDoUpdate({ target: existencias.id, set: { cantidad: sql`excluded.cantidad` } })
        .run()
    })
  }
}

/** Adds rows in steps, and dies in the middle of them. */
async function die(): Promise<void> {
  await storage.writeInSteps(function* (db) {
    for (let index = 0; index < Number(number); index++) {
      db.insert(existencias)
        .values({ id: `paso-${index}`, cantidad: 1 })
        .run()
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

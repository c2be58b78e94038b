// A real process for the tests of several that share a database.
import { openPostgres, statement } from '../../src/index.ts'
import { put } from '../fixture-sql.ts'

const [mode, url = '', schema = '', migrationsFolder = '', name = '', number = '0'] =
  process.argv.slice(2)
const storage = await openPostgres({ url, schema, migrationsFolder })

/** The next place in the history, as stores give it. */
const tell = statement<{ n: number }, [quien: string]>(
  `INSERT INTO eventos (n, quien) SELECT coalesce(max(n), 0) + 1, ?1 FROM eventos RETURNING n`,
)

/** Writes so many events, eight at a time. */
async function write(): Promise<void> {
  let left = Number(number)
  const writer = async () => {
    while (left-- > 0) await storage.write(() => tell.get(name))
  }
  await Promise.all(Array.from({ length: 8 }, writer))
}

/** Takes the turn, says so, and stands still with it until it is let go on; not so when it is run again. */
async function freeze(): Promise<void> {
  let runs = 0
  await storage.write(function* () {
    yield* put.run(name, 1)
    if (runs++ === 0) {
      console.log('frozen')
      process.kill(process.pid, 'SIGSTOP')
    }
    yield* put.run(`${name}, run ${runs}`, 1)
  })
  console.log('done')
  await storage.write(() => put.run(`${name}, again`, 1))
}

if (mode === 'write') await write()
if (mode === 'freeze') await freeze()
if (mode === 'hold') console.log(await storage.holds(name))
await storage.close()
console.log('closed')

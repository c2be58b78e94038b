import type { Client } from './client.ts'

/** For 10 s, by the server's clock, unless another process has it for longer than now. */
const take = `INSERT INTO "__arriendos" AS a (nombre, quien, hasta)
  VALUES ($1, $2, clock_timestamp() + interval '10 seconds')
  ON CONFLICT (nombre) DO UPDATE SET quien = excluded.quien, hasta = excluded.hasta
  WHERE a.quien = excluded.quien OR a.hasta < clock_timestamp() RETURNING 1 AS mine`

const letGo = 'DELETE FROM "__arriendos" WHERE quien = $1'

/** What this process has to do in the background, of which one process is enough. */
export function lease(client: Client, waiting: () => void) {
  const process = Bun.randomUUIDv7()
  let asked = false
  return {
    async holds(work: string): Promise<boolean> {
      asked = true
      waiting()
      return (await client.query(take, [work, process])).length === 1
    },
    /** So that another need not wait for its end. */
    async giveBack(): Promise<void> {
      if (asked) await client.query(letGo, [process])
    },
  }
}

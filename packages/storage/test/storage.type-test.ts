import type { Storage } from '../src/index.ts'
import { existencias, type schema } from './fixture-schema.ts'

// Never run: it must compile, and each line below an expectation must not.
export async function typesOfWrite(storage: Storage<typeof schema>): Promise<void> {
  const total: number = await storage.write(() => 1)
  const row: { id: string; cantidad: number } | undefined = await storage.write((db) =>
    db.select().from(existencias).get(),
  )
  const literal: 'a' | 'b' = await storage.write(() => (total > 0 ? 'a' : 'b'))
  await storage.write((db) => db.query.existencias.findFirst().sync())
  await storage.write(() => {
    throw new Error(`${row?.id} ${literal}`)
  })

  // @ts-expect-error an async callback would be committed before it is done
  await storage.write(async () => 1)

  // @ts-expect-error so would any promise
  await storage.write(() => Promise.resolve(1))

  // @ts-expect-error or what may be one
  await storage.write(() => (total > 0 ? 1 : Promise.resolve(1)))

  // @ts-expect-error a query without .run() is a promise that was not awaited
  await storage.write((db) => db.insert(existencias).values({ id: 'a', cantidad: 1 }))

  // @ts-expect-error a column that the schema does not have
  await storage.write((db) => db.insert(existencias).values({ id: 'a', otra: 1 }).run())

  // @ts-expect-error the value has the work's type
  const text: string = await storage.write(() => 1)
  void text
}

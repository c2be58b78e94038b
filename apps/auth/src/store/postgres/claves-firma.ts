import { type Engine, statement } from '@encargo/storage'
import type { ClaveFirma, ClaveFirmaStore } from '../../ports/claves-firma.ts'

const todas = statement<ClaveFirma, []>(
  'SELECT kid, firma_desde AS "firmaDesde", pkcs8 FROM claves_firma ORDER BY firma_desde, kid',
)
const poner = statement<never, [kid: string, firmaDesde: number, pkcs8: string]>(
  'INSERT INTO claves_firma (kid, firma_desde, pkcs8) VALUES (?1, ?2, ?3)',
)
// Whoever writes has the turn, so nobody else is putting one.
const ponerPrimera = statement<never, [kid: string, firmaDesde: number, pkcs8: string]>(
  `INSERT INTO claves_firma (kid, firma_desde, pkcs8)
   SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM claves_firma)`,
)
const quitar = statement<never, [kids: string]>(
  'DELETE FROM claves_firma WHERE kid IN (SELECT value FROM json_each(?1))',
)

/** The signing keys that all processes of auth share; a single machine keeps its own in a folder. */
export const createClaveFirmaStore = (engine: Engine): ClaveFirmaStore => ({
  todas: () => engine.ask(todas.all()),
  poner: async ({ kid, firmaDesde, pkcs8 }) =>
    void (await engine.write(() => poner.run(kid, firmaDesde, pkcs8))),
  ponerPrimera: async ({ kid, firmaDesde, pkcs8 }) =>
    void (await engine.write(() => ponerPrimera.run(kid, firmaDesde, pkcs8))),
  quitar: async (kids) => void (await engine.write(() => quitar.run(JSON.stringify(kids)))),
})

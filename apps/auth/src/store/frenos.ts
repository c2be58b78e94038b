import { type Asked, type Engine, last, statement, together } from '@encargo/storage'
import { contar, esperaMs, type Freno, olvidoMs } from '../domain/frenos.ts'
import type { FrenoStore, Perdon } from '../ports/sesiones.ts'

const porClave = statement<Freno, [clave: string]>(
  `SELECT fallos, hasta_en AS "hastaEn", ultimo_en AS "ultimoEn" FROM frenos WHERE clave = ?1`,
)
const poner = statement<never, [clave: string, fallos: number, hastaEn: number, ultimoEn: number]>(
  `INSERT INTO frenos (clave, fallos, hasta_en, ultimo_en) VALUES (?1, ?2, ?3, ?4)
   ON CONFLICT (clave) DO UPDATE SET fallos = excluded.fallos, hasta_en = excluded.hasta_en,
     ultimo_en = excluded.ultimo_en`,
)
const olvidarUno = statement<never, [clave: string]>('DELETE FROM frenos WHERE clave = ?1')
const restarUno = statement<never, [clave: string]>(
  `UPDATE frenos SET fallos = CASE WHEN fallos > 0 THEN fallos - 1 ELSE 0 END, hasta_en = ultimo_en
   WHERE clave = ?1`,
)
const purgar = statement<never, [antesDe: number]>(
  'DELETE FROM frenos WHERE clave IN (SELECT clave FROM frenos WHERE ultimo_en < ?1 LIMIT 500)',
)

/** As part of a write. */
export const perdonarEn = ({ olvidar, restar }: Perdon): readonly Asked<number>[] => [
  ...olvidar.map(({ clave }) => olvidarUno.run(clave)),
  ...restar.map(({ clave }) => restarUno.run(clave)),
]

export function createFrenoStore(engine: Engine): FrenoStore {
  return {
    intentar: (llaves, now) =>
      engine.write(function* () {
        const known = yield* together(...llaves.map(({ clave }) => porClave.get(clave)))
        const waits = llaves.map(({ politica }, at) => esperaMs(known[at], politica, now))
        const wait = Math.max(0, ...waits)
        if (wait > 0) return wait
        yield* last(
          ...llaves.map(({ clave, politica }, at) => {
            const { fallos, hastaEn, ultimoEn } = contar(known[at], politica, now)
            return poner.run(clave, fallos, hastaEn, ultimoEn)
          }),
        )
        return 0
      }),
    perdonar: (perdon) =>
      engine.write(function* () {
        yield* last(...perdonarEn(perdon))
      }),
    purgar: (now) => engine.write(() => purgar.run(now - 2 * olvidoMs)),
  }
}

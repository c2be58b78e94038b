import { type Scope, scopes as known } from '@encargo/service-kit/identity/tokens'
import { type Engine, statement } from '@encargo/storage'
import type { CuentaServicioStore } from '../ports/servicios.ts'

const registrar = statement<never, [id: string, scopes: string, now: number]>(
  `INSERT INTO cuentas_servicio (id, scopes, activa, creada_en) VALUES (?1, ?2, 1, ?3)
   ON CONFLICT (id) DO UPDATE SET scopes = excluded.scopes`,
)
const conocido = statement<{ caducaEn: number | null }, [hash: string]>(
  'SELECT caduca_en AS "caducaEn" FROM secretos_servicio WHERE hash = ?1',
)
const alguno = statement<{ hash: string }, [cuentaId: string]>(
  'SELECT hash FROM secretos_servicio WHERE cuenta_id = ?1 LIMIT 1',
)
const terminarAnteriores = statement<never, [cuentaId: string, now: number]>(
  'UPDATE secretos_servicio SET caduca_en = ?2 WHERE cuenta_id = ?1 AND caduca_en > ?2',
)
const relevar = statement<never, [cuentaId: string, hasta: number]>(
  'UPDATE secretos_servicio SET caduca_en = ?2 WHERE cuenta_id = ?1 AND caduca_en IS NULL',
)
const insertar = statement<never, [hash: string, cuentaId: string, now: number]>(
  'INSERT INTO secretos_servicio (hash, cuenta_id, creado_en) VALUES (?1, ?2, ?3)',
)
const existe = statement<{ id: string }, [id: string]>(
  'SELECT id FROM cuentas_servicio WHERE id = ?1',
)
const cuentas = statement<{ id: string; scopes: string }, []>(
  'SELECT id, scopes FROM cuentas_servicio ORDER BY id',
)
const secretos = statement<
  { cuentaId: string; creadoEn: number; caducaEn: number | null },
  [now: number]
>(
  `SELECT cuenta_id AS "cuentaId", creado_en AS "creadoEn", caduca_en AS "caducaEn"
   FROM secretos_servicio WHERE caduca_en IS NULL OR caduca_en > ?1 ORDER BY creado_en DESC, hash`,
)
const porSecreto = statement<
  { id: string; scopes: string },
  [id: string, hash: string, now: number]
>(
  `SELECT c.id, c.scopes FROM secretos_servicio s JOIN cuentas_servicio c ON c.id = s.cuenta_id
   WHERE s.hash = ?2 AND c.id = ?1 AND c.activa = 1 AND (s.caduca_en IS NULL OR s.caduca_en > ?3)`,
)

/** The scopes in a stored text; what this version does not know is left out. */
function leerScopes(texto: string): Scope[] {
  const stored = texto.split(' ')
  return known.filter((scope) => stored.includes(scope))
}

export function createCuentaServicioStore(engine: Engine): CuentaServicioStore {
  return {
    registrar: async ({ id, scopes }, now) =>
      void (await engine.write(() => registrar.run(id, scopes.join(' '), now))),
    ponerSecreto: ({ cuentaId, hash, now, solapeHasta, soloPrimero }) =>
      engine.write(function* () {
        const known = yield* conocido.get(hash)
        if (known) return known.caducaEn === null || known.caducaEn > now ? 'conocido' : 'caducado'
        if (soloPrimero && (yield* alguno.get(cuentaId))) return 'ajeno'
        yield* terminarAnteriores.run(cuentaId, now)
        yield* relevar.run(cuentaId, solapeHasta)
        yield* insertar.run(hash, cuentaId, now)
        return 'puesto'
      }),
    existe: async (id) => (await engine.ask(existe.get(id))) !== undefined,
    listar: (now) =>
      engine.read(function* () {
        const good = yield* secretos.all(now)
        return (yield* cuentas.all()).map(({ id, scopes }) => ({
          id,
          scopes: leerScopes(scopes),
          secretos: good.filter(({ cuentaId }) => cuentaId === id),
        }))
      }),
    revocarAnteriores: (cuentaId, now) => engine.write(() => terminarAnteriores.run(cuentaId, now)),
    async porSecreto(id, hash, now) {
      const found = await engine.ask(porSecreto.get(id, hash, now))
      return found && { id: found.id, scopes: leerScopes(found.scopes) }
    },
  }
}

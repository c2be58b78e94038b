import { createTestClock } from '@encargo/service-kit/testing/service'
import type { PagosStore } from '../../../apps/pagos/src/ports/store.ts'
import { momentos, proveedores } from '../../../apps/pagos/src/domain/cobro.ts'
import { openPagosPostgres } from '../../../apps/pagos/src/store/postgres/open.ts'
import { openPagosStorage } from '../../../apps/pagos/src/store/sqlite/open.ts'
import { createPagosStore } from '../../../apps/pagos/src/store/store.ts'
import type { Both } from './both.ts'
import type { Chance } from './chance.ts'
import { type Asker, type Maker, often, operation } from './operation.ts'

type Store = PagosStore

export async function openPagos(url: string): Promise<Both<Store>> {
  const clock = createTestClock()
  const sqlite = openPagosStorage(':memory:')
  const postgres = await openPagosPostgres(url)
  return {
    sqlite: createPagosStore(sqlite, clock),
    postgres: createPagosStore(postgres, clock),
    storages: { sqlite, postgres },
  }
}

const admite = (version: number) => version % 7 !== 6

/** A shop that changes its mind about how it is paid. */
export function pagos({ of, once, below, id, text }: Chance): Asker<Store> {
  let ahora = 1_800_000_000_000
  const jefa = id()
  const codigo = () =>
    once(40) ? `m-${below(90)}` : of('efectivo', 'transferencia', 'tarjeta', 'oxxo')
  const oNull = <T>(value: T) => (once(3) ? null : value)

  const poner: Maker<Store> = () => {
    const campos = {
      proveedor: of(...proveedores),
      nombre: text(2),
      momento: of(...momentos),
      plazoSegundos: oNull(60 + below(90_000)),
      instrucciones: oNull(text(9)),
      minimo: oNull(below(100)),
      maximo: oNull(100 + below(1_000)),
      paises: of([], ['EC'], ['EC', 'PE']),
      activo: !once(4),
      posicion: once(2) ? undefined : below(9),
    }
    const por = { actorId: jefa, ahora, direccion: of(undefined, '203.0.113.9') }
    const peticion = { codigo: codigo(), campos, admite, por }
    return operation('ponerMetodo', (store: Store) => store.ponerMetodo(peticion))
  }

  return {
    tick: () => void (ahora += of(1, 7, 900, 40_000)),
    writes: [poner],
    alone: [],
    reads: [
      ...often(2, () => operation('metodos', (store: Store) => store.metodos())),
      () => {
        const filtro = {
          ...(once(3) ? { accion: of('metodo-pago-creado', 'metodo-pago-editado') } : {}),
          ...(once(3) ? { actorId: of(jefa, 'nadie') } : {}),
          ...(once(3) ? { sujetoId: codigo() } : {}),
          limite: 1 + below(20),
        }
        return operation('auditoria', (store: Store) => store.auditoria(filtro))
      },
    ],
  }
}

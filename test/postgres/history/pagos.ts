import { createTestClock } from '@encargo/service-kit/testing/service'
import type { PagosStore } from '../../../apps/pagos/src/ports/store.ts'
import { proveedores } from '../../../apps/pagos/src/domain/cobro.ts'
import { openPagosPostgres } from '../../../apps/pagos/src/store/postgres/open.ts'
import { openPagosStorage } from '../../../apps/pagos/src/store/sqlite/open.ts'
import { createPagosStore } from '../../../apps/pagos/src/store/store.ts'
import type { Debida } from '@encargo/service-kit/obligations/port'
import { momentosPago } from '@encargo/service-kit/values/cobros'
import * as deberes from '../../../apps/pagos/src/domain/deberes.ts'
import type { Both } from './both.ts'
import type { Chance } from './chance.ts'
import { type Asker, type Maker, often, operation } from './operation.ts'
import { cobros } from './pagos-cobros.ts'

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

/** A shop that is paid, and changes its mind about how. */
export function pagos(chance: Chance): Asker<Store> {
  const { of, once, below, id, text } = chance
  let ahora = 1_800_000_000_000
  const suyos = cobros(chance, () => ahora)
  let debidas: readonly Debida[] = []
  const jefa = id()
  const codigo = () =>
    once(40) ? `m-${below(90)}` : of('efectivo', 'transferencia', 'tarjeta', 'oxxo')
  const oNull = <T>(value: T) => (once(3) ? null : value)

  const poner: Maker<Store> = () => {
    const campos = {
      proveedor: of(...proveedores),
      nombre: text(2),
      momento: of(...momentosPago),
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

  const tipos = [
    deberes.abrir,
    deberes.contar,
    deberes.cerrar('stripe'),
    deberes.capturar('stripe'),
    deberes.reembolsar('stripe'),
    deberes.aviso('stripe'),
    deberes.consultar('stripe'),
  ] as const
  const debida = (): Debida => {
    const ninguna = { tipo: of(...tipos), clave: id(), datos: {}, intentos: 0, proximaEn: ahora }
    return debidas[below(debidas.length)] ?? ninguna
  }
  const tomar: Maker<Store> = () => {
    const [una, hasta] = [debida(), ahora + below(90_000)]
    return operation('tomar', (store) => store.tomar(una, hasta))
  }
  const aplazar: Maker<Store> = () => {
    const causa = of('servicio-no-disponible', 'respuesta-inesperada')
    const intento = { traza: 't', resultado: 'fallo', en: ahora, us: 1, pasos: [] }
    const aplazo = { proximaEn: ahora + below(9_000), intento, ...(once(2) ? {} : { causa }) }
    const una = debida()
    return operation('aplazar', (store) => store.aplazar(una, aplazo))
  }
  const cerrar: Maker<Store> = () => {
    const una = debida()
    return operation('cerrar', (store) => store.cerrar(una))
  }
  const marcar: Maker<Store> = () => {
    const [nombre, valor] = [of('repasado-stripe', 'otra'), String(ahora)]
    return operation('marcar', (store) => store.marcar(nombre, valor))
  }
  const olvidar: Maker<Store> = () => {
    const [hasta, limite] = [ahora + of(0, 86_400_000), 1 + below(9)]
    return operation('olvidarClaves', (store) => store.olvidarClaves(hasta, limite))
  }
  const debidasDe: Maker<Store> = () => {
    const [tipo, hasta, lote] = [of(...tipos), ahora + below(9_000), 1 + below(20)]
    return operation('debidas', (store) => store.debidas(tipo, hasta, lote), {
      learn: (algunas) => void (debidas = algunas),
    })
  }

  return {
    tick: () => void (ahora += of(1, 7, 900, 40_000)),
    writes: [poner, ...suyos.writes, tomar, aplazar, cerrar, marcar],
    alone: [...suyos.alone, olvidar],
    reads: [
      ...suyos.reads,
      ...often(2, debidasDe),
      () => operation('espera', (store) => store.espera()),
      () => operation('deGuardia', (store) => store.deGuardia()),
      () => operation('ultimoMomento', (store) => store.ultimoMomento()),
      () => operation('marca', (store) => store.marca('repasado-stripe')),
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

import {
  disputas,
  estadosCobro,
  momentosPago,
  tiposMovimiento,
} from '@encargo/service-kit/values/cobros'
import { causasCierre } from '../../../apps/pagos/src/domain/cobro.ts'
import * as deberes from '../../../apps/pagos/src/domain/deberes.ts'
import type {
  Clave,
  Creado,
  Novedad,
  ReembolsoPedido,
} from '../../../apps/pagos/src/ports/cobros.ts'
import type { PagosStore } from '../../../apps/pagos/src/ports/store.ts'
import { type Chance, Known } from './chance.ts'
import { type Maker, often, operation } from './operation.ts'

type Store = PagosStore

/** Those that are asked here: their names are as good as any. */
const cuales = ['manual', 'stripe'] as const

const deuda = (clave: string) => ({ tipo: deberes.contar, clave, datos: {}, intentos: 0 })

/** Shoppers who are charged, providers who tell now this and now that, and staff who writes it down. */
export function cobros(chance: Chance, ahora: () => number) {
  const { of, once, below, id, late, many, from } = chance
  const conocidos = new Known<string>()
  const reembolsos = new Known<string>()
  const pedidos = many(12, () => id())
  const pedidas: { readonly id: string; readonly cobroId: string; readonly importe: number }[] = []
  const jefa = id()
  const cobro = () => late(conocidos.all, 25) ?? id()
  /** One that is there, where there is any. */
  const alguno = () => from(conocidos.all) ?? cobro()
  const reembolso = () => (once(3) ? id() : (late(reembolsos.all, 9) ?? id()))
  const limite = () => 1 + below(9)
  const cuando = () => ({ ahora: ahora(), traza: of('t1', 't2') })
  const por = () => ({ actorId: jefa, ahora: ahora(), direccion: of(undefined, '203.0.113.9') })
  const clave = (): Clave => ({
    usuarioId: of('u1', 'u2'),
    clave: `k${below(30)}`,
    huella: of('h1', 'h2'),
  })
  const evento = () => `evt_${below(4)}`
  const importe = () => 1 + below(900)

  const visto = (): Novedad['visto'] => {
    const estado = of('abierto', 'en-proceso', 'autorizado', 'cobrado', 'cerrado')
    const suyos = many(below(4), () => ({
      tipo: of(...tiposMovimiento),
      importe: importe(),
      referencia: `m${below(200)}`,
      en: ahora() - below(9_000),
    }))
    return {
      estado,
      causa: once(3) ? of(...causasCierre) : undefined,
      moneda: once(9) ? 'EUR' : 'USD',
      cobroId: once(20) ? id() : undefined,
      expiraEn: once(5) ? ahora() + below(90_000_000) : undefined,
      movimientos: suyos,
      reembolsos: many(below(3), () => ({
        referencia: `re${below(50)}`,
        clave: once(4) ? undefined : reembolso(),
        importe: importe(),
        estado: of('enviado', 'hecho', 'fallido'),
      })),
      disputa: once(6) ? of(...disputas) : undefined,
      ultimoRechazo: once(6) ? of('sin fondos', 'tarjeta caducada') : undefined,
    }
  }
  const ordenes = () =>
    many(below(3), () =>
      of(
        { tipo: 'cerrar' } as const,
        { tipo: 'capturar', importe: importe(), clave: id() } as const,
        {
          tipo: 'reembolsar',
          reembolsoId: reembolso(),
          importe: importe(),
          motivo: 'sobra',
        } as const,
      ),
    )

  const conocer = (creado: Creado) =>
    creado.tipo === 'distinta' ? undefined : conocidos.add(creado.cobro.id)
  const crear: Maker<Store> = () => {
    const { ahora: en, ...resto } = cuando()
    const nuevo = {
      cobro: {
        id: id(),
        pedidoId: of(pedidos[below(12)] ?? id()),
        numero: 1 + below(12),
        clienteId: id(),
        creadoPor: jefa,
        metodo: of('tarjeta', 'efectivo'),
        proveedor: of(...cuales),
        momento: of(...momentosPago),
        importe: importe(),
        moneda: 'USD',
        volverA: once(3) ? 'https://tienda.example/v' : null,
        expiraEn: en + below(9_000_000),
        apartarHasta: en + below(9_000_000),
      },
      clave: once(3) ? undefined : clave(),
      por: once(3) ? por() : undefined,
      proximaEn: en + 15_000,
      ahora: en,
      ...resto,
    }
    return operation('crear', (store) => store.crear(nuevo), { learn: conocer })
  }
  /** A write about a charge that is there, while there is none a new one. */
  const deCobro =
    (name: string, ask: (cobroId: string) => (store: Store) => Promise<unknown>): Maker<Store> =>
    () =>
      conocidos.all.length === 0 ? crear() : operation(name, ask(once(3) ? alguno() : cobro()))

  const abrir = deCobro('abrir', (cobroId) => {
    const sesion = {
      referencia: `cs_${cobroId}`,
      url: once(3) ? undefined : 'https://pagar.example/cs',
      expiraEn: once(3) ? undefined : ahora() + below(9_000_000),
    }
    const apertura = { cobroId, sesion, ordenes: ordenes(), consultable: !once(4), ...cuando() }
    return (store) => store.abrir(apertura)
  })
  const desistir = deCobro('desistir', (cobroId) => {
    const rechazo = once(2) ? 'importe-minimo' : undefined
    const peticion = { cobroId, causa: of(...causasCierre), rechazo, contar: once(2) }
    const una = { ...peticion, por: once(3) ? por() : undefined, ...cuando() }
    return (store) => store.desistir(una)
  })
  const conciliar: Maker<Store> = () => {
    const cobroId = once(20) ? id() : cobro()
    const aviso = once(2) ? { eventoId: evento(), referencia: `cs_${cobroId}` } : undefined
    const deuda = { tipo: deberes.cerrar('stripe'), clave: cobroId, datos: {}, intentos: 0 }
    const que = { cobroId, proveedor: of(...cuales), visto: visto(), aviso, consultable: !once(4) }
    const una = { ...que, deuda: once(3) ? deuda : undefined, por: once(9) ? por() : undefined }
    const novedad = { ...una, ...cuando() }
    return operation('conciliar', (store) => store.conciliar(novedad))
  }
  const capturar: Maker<Store> = () => {
    const captura = {
      cobroId: once(9) ? id() : cobro(),
      importe: importe(),
      referencia: `dep${below(90)}`,
      recibidoEn: ahora() - below(9_000),
      aceptarExceso: !once(3),
      clave: once(3) ? clave() : undefined,
      por: por(),
      ...cuando(),
    }
    return operation('capturar', async (store) => await store.capturar(captura))
  }
  const contado = deCobro('contado', (cobroId) => {
    const que = { cobroId, version: below(9), ordenes: ordenes() }
    const una = { ...que, deuda: once(4) ? undefined : deuda(cobroId), ...cuando() }
    return (store) => store.contado(una)
  })
  const sinPedido = deCobro('sinPedido', (cobroId) => {
    const una = { cobroId, deuda: deuda(cobroId), ...cuando() }
    return (store) => store.sinPedido(una)
  })
  const pedir: Maker<Store> = () => {
    const suyo = reembolso()
    reembolsos.add(suyo)
    const que = { id: suyo, cobroId: once(9) ? id() : cobro(), importe: 1 + below(200) }
    const una = (once(3) && late(pedidas, 9)) || que
    const nuevo = {
      ...una,
      motivo: of('sobra', 'devuelto'),
      proximaEn: ahora() + 15_000,
      ...cuando(),
    }
    const learn = ({ tipo }: ReembolsoPedido) => tipo === 'creado' && pedidas.push(una)
    return operation('pedir', (store) => store.pedir(nuevo), { learn })
  }
  const rechazado: Maker<Store> = () => {
    const suyo = reembolso()
    const tipo = deberes.reembolsar('stripe')
    const debido = { tipo, clave: suyo, datos: {}, intentos: 1 }
    const { ahora: en, traza } = cuando()
    const tarde = once(3) ? 4 * 24 * 3_600_000 : 0
    const una = { id: suyo, causa: 'sin-fondos', deuda: debido, ahora: en + tarde, traza }
    return operation('rechazado', (store) => store.rechazado(una))
  }
  const cerrarReembolso: Maker<Store> = () => {
    const cual = late(pedidas, 9)?.id ?? late(reembolsos.all, 20) ?? id()
    const cierre = { id: cual, referencia: `dev${below(60)}`, por: por(), ...cuando() }
    return operation('cerrarReembolso', async (store) => await store.cerrarReembolso(cierre))
  }
  const guardar: Maker<Store> = () => {
    const [proveedor, eventoId] = [of(...cuales), evento()]
    const cuerpo = new Uint8Array([below(256), 0, 255])
    const aviso = { proveedor, eventoId, referencia: `cs_${below(9)}`, cuerpo, ahora: ahora() }
    return operation('guardar', (store) => store.guardar(aviso))
  }
  const deAviso = () => [of(...cuales), evento()] as const
  const ajeno: Maker<Store> = () => {
    const cual = deAviso()
    return operation('ajeno', (store) => store.ajeno(...cual))
  }
  const resolverAjeno: Maker<Store> = () => {
    const [tipo, referencia] = [of(...tiposMovimiento), `m${below(200)}`]
    const cual = { proveedor: of(...cuales), tipo, referencia }
    const resolucion = { cual, resolucion: 'a mano', por: por() }
    return operation('resolverAjeno', async (store) => store.resolverAjeno(resolucion))
  }
  const reintentar: Maker<Store> = () => {
    const [cual, una, quien] = [deAviso(), cuando(), por()]
    return operation('reintentar', async (store) => store.reintentar(...cual, una, quien))
  }

  const reads: readonly Maker<Store>[] = [
    () => {
      const cual = once(9) ? id() : alguno()
      return operation('cobro', (store: Store) => store.cobro(cual))
    },
    () => {
      const [una, en] = [clave(), ahora()]
      return operation('deClave', (store: Store) => store.deClave(una, en))
    },
    () => {
      const [proveedor, referencia] = [of(...cuales), `cs_${alguno()}`]
      return operation('porReferencia', (store: Store) =>
        store.porReferencia(proveedor, referencia),
      )
    },
    () => {
      const cual = reembolso()
      return operation('reembolso', (store: Store) => store.reembolso(cual))
    },
    () => {
      const cual = deAviso()
      return operation('aviso', (store: Store) => store.aviso(...cual))
    },
    () => {
      const cual = pedidos[below(12)] ?? id()
      return operation('cobrosDe', (store: Store) => store.cobrosDe(cual))
    },
    () => {
      const estado = once(2) ? undefined : of(...estadosCobro)
      const lista = { estado, antesDe: once(2) ? undefined : below(60), limite: limite() }
      return operation('cobros', (store: Store) => store.cobros(lista))
    },
    () => {
      const despuesDe = once(2) ? undefined : ([ahora() - below(90_000), id()] as const)
      const estado = of('por-enviar', 'enviado', 'hecho', 'fallido')
      const lista = { estado, despuesDe, limite: limite() }
      return operation('reembolsos', (store: Store) => store.reembolsos(lista))
    },
    () => {
      const antesDe = once(2)
        ? undefined
        : ([ahora() - below(90_000), of(...cuales), evento()] as const)
      const lista = { estado: of('pendiente', 'hecho', 'ajeno'), antesDe, limite: limite() }
      return operation('avisos', (store: Store) => store.avisos(lista))
    },
    () => {
      const tipos = once(2) ? undefined : ['cobro.cobrado', 'reembolso.hecho']
      const lista = { despuesDe: below(90), tipos, limite: limite() }
      return operation('eventos', (store: Store) => store.eventos(lista))
    },
    () => {
      const resueltos = once(2)
      return operation('ajenos', (store: Store) => store.ajenos(resueltos))
    },
  ]
  return {
    // What looks first, and writes where it must.
    alone: [guardar],
    writes: [
      ...often(2, crear, abrir, conciliar, capturar),
      ...often(4, pedir, cerrarReembolso),
      conciliar,
      desistir,
      contado,
      sinPedido,
      rechazado,
      ajeno,
      reintentar,
      resolverAjeno,
    ],
    reads,
  }
}

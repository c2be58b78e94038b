import type { Debida } from '@encargo/service-kit/obligations/port'
import type { NuevoPedido } from '../../../apps/pedidos/src/ports/store.ts'
import { corridaDe, horaMs, nuevoPedido } from '../../../apps/pedidos/test/contract/fixture.ts'
import { cuartoMs } from '../../../apps/pedidos/src/domain/tramos.ts'
import { type Proposito, propositosFinales } from '../../../apps/pedidos/src/domain/pedido.ts'
import type { Both } from './both.ts'
import { caja } from './pedidos-caja.ts'
import { dinero } from './pedidos-dinero.ts'
import { type Chance, Known } from './chance.ts'
import { type Asker, type Maker, often, operation } from './operation.ts'
import { avisos } from './pedidos-avisos.ts'
import type { Store } from './pedidos-store.ts'
import { ventas } from './pedidos-ventas.ts'

const deTabla = ['soltar-reserva', 'olvidar-cliente', 'reponer', 'avisar', 'reembolsar'] as const

/** Some customers and staff at the same orders, and what is done in the background. */
export function pedidos(chance: Chance, { sqlite: { idDeClave } }: Both<Store>): Asker<Store> {
  const { below, of, once, id, many, late, text } = chance
  const clientes = many(12, () => id())
  const hechos = new Known<string>()
  const ids = hechos.all
  hechos.add(id())
  const borrados: string[] = []
  let debidas: readonly Debida[] = []
  let ahora = 400 * 24 * horaMs
  const moment = () => ahora + of(0, 0, 0, 1, -3, 12)
  const cliente = () => clientes[below(clientes.length)] ?? ''
  const deVenta = ventas(chance, { cliente, moment })
  const pedido = () => (once(20) ? id() : (late(ids, 40) ?? ''))
  const numero = () => Math.max(1, ids.length - below(30))
  const limite = () => of(1, 2, 7, 40)
  const actor = () => of('sistema', cliente(), 'persona')
  const deDinero = dinero(chance, { numero, pedido, actor, moment, limite })
  const motivo = () => of(null, null, text(5))
  const proposito = () => of<Proposito>('completar', 'cancelar', 'expirar')
  const traza = '0af7651916cd43dd8448eb211c80319c'
  const marca = () => of('una', 'otra', 'reservas-sin-pedido')
  const cupo = { pedidos: 9, unidades: 40, comprasDiarias: 99, plazoSegundos: 60 }

  function clave() {
    const [usuarioId, n] = [cliente(), below(20 + (ids.length >> 3))]
    const clave = once(2) ? `k${n}` : `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`
    return {
      usuarioId,
      clave,
      huella: of('h', 'h', 'h', 'otra'),
      primerId: idDeClave(usuarioId, clave, 0),
    }
  }
  function nuevo(): NuevoPedido {
    const suya = once(2) ? clave() : undefined
    // By chance alone a short history may have nobody who was erased and still orders.
    const borrado = once(20) ? borrados[below(borrados.length)] : undefined
    const clienteId = borrado ?? (suya && !once(4) ? suya.usuarioId : cliente())
    const creadoPor = suya?.usuarioId ?? of(clienteId, 'persona')
    const otra = once(9) ? pedido() : id()
    const cual = suya
      ? of(suya.primerId, suya.primerId, idDeClave(suya.usuarioId, suya.clave, 1))
      : otra
    // An order says each product once.
    const primero = below(5)
    const lineas = many(1 + below(3), (n) => {
      const [sku, nombre] = [`${of('A', 'Ñ')}-${n}`, text(3)]
      const productoId = `p${primero + n}`
      const precioUnitario = below(of(9, 90_000))
      return deVenta.conCuenta({ productoId, sku, nombre, cantidad: 1 + below(3), precioUnitario })
    })
    const en = moment()
    return nuevoPedido({
      id: cual,
      clienteId,
      creadoPor,
      lineas,
      total: lineas.reduce((suma, una) => suma + una.cantidad * una.precioUnitario, 0),
      moneda: once(9) ? 'EUR' : 'USD',
      notas: of(null, text(12)),
      direccionEnvio: of(null, deVenta.direccion()),
      condiciones: deVenta.acordadas(),
      cobranza: deDinero.cobranza(),
      ahora: en,
      expiraEn: en + of(900_000, horaMs, 24 * horaMs),
      clave: suya,
      completarDesde: once(5) ? en + 15_000 : undefined,
      cupo: creadoPor === clienteId ? cupo : undefined,
    })
  }

  const invitados: { readonly numero: number; readonly clienteId: string }[] = []
  const crear: Maker<Store> = () => {
    const uno = nuevo()
    return operation('crear', (store) => store.crear(uno), {
      kind: 'crear',
      learn(creacion) {
        if (creacion.tipo !== 'creado') return
        hechos.add(uno.id)
        if (creacion.pedido.condiciones?.invitado) invitados.push(creacion.pedido)
      },
    })
  }
  /** Mostly the same purpose for an order, so that some come to their end. */
  const suyo = (n: number) => (once(4) ? proposito() : (propositosFinales[n % 3] ?? proposito()))
  function quien() {
    const n = numero()
    return { numero: n, proposito: suyo(n), actor: actor(), ahora: moment() }
  }
  const proponer: Maker<Store> = () => {
    const una = { ...quien(), motivo: motivo(), proximaEn: moment() + below(20_000) }
    return operation('proponer', (store) => store.proponer(una), { kind: 'proponer' })
  }
  const terminar: Maker<Store> = () => {
    const estado = of('Completado', 'Cancelado')
    const suyo = { estado, motivo: estado === 'Completado' ? null : motivo() }
    const uno = { ...quien(), ...suyo, corrida: corridaDe('completar', actor(), moment()) }
    return operation('terminar', (store) => store.terminar(uno), { kind: 'terminar' })
  }
  const prorrogar: Maker<Store> = () => {
    const en = moment()
    const una = { numero: numero(), expiraEn: en + below(40) * horaMs, ahora: en }
    const corrida = corridaDe('prorrogar', actor(), en)
    return operation('prorrogar', (store) => store.prorrogar({ ...una, corrida }))
  }
  const preparar: Maker<Store> = () => {
    const suceso = { numero: numero(), actor: actor(), ahora: moment() }
    return operation('preparar', (store) => store.preparar(suceso))
  }
  const conservar: Maker<Store> = () => {
    const suyo = invitados[below(invitados.length)]
    const { numero: n, clienteId: de } = suyo ?? { numero: numero(), clienteId: cliente() }
    const una = { numero: n, de, a: cliente(), ahora: moment() }
    return operation('conservar', (store) => store.conservar(una), { kind: 'conservar' })
  }
  const revocarEnlaces: Maker<Store> = () => {
    const uno = numero()
    return operation('revocarEnlaces', (store) => store.revocarEnlaces(uno))
  }
  const deCaja = caja(chance, {
    numero,
    pedido,
    actor,
    moment,
    limite,
    lugar: () => below(ids.length),
  })
  const negar: Maker<Store> = () => {
    const [una, en] = [clave(), moment()]
    const negativa = of(
      { codigo: 'cliente-inactivo' } as const,
      { codigo: 'producto-inexistente', productoIds: ['a"', 'ñ'] } as const,
    )
    return operation('negar', (store) => store.negar(una, negativa, en))
  }
  const descartar: Maker<Store> = () => {
    const cuales = [...new Set(many(1 + below(4), () => of(pedido(), id(), clave().primerId)))]
    const uno = { ids: cuales, motivo: text(2), ahora: moment(), proximaEn: moment(), traza }
    return operation('descartar', (store) => store.descartar(uno))
  }
  const anotarBorrados: Maker<Store> = () => {
    const cuales = once(3) ? [cliente()] : [id()]
    borrados.push(...cuales)
    const lugar = once(2) ? { nombre: 'borrados', valor: String(below(99)) } : undefined
    const nota = { ids: cuales, marca: lugar, ahora: moment(), traza }
    // Whoever is erased comes back as somebody else, or nobody would be left in the end.
    const at = clientes.indexOf(cuales[0] ?? '')
    if (at >= 0 && !once(4)) clientes.splice(at, 1, id())
    return operation('anotarBorrados', (store) => store.anotarBorrados(nota))
  }
  const borrarPersonales: Maker<Store> = () => {
    const [de, lot] = [cliente(), limite()]
    return operation('borrarPersonales', (store) => store.borrarPersonales(de, lot))
  }
  const debida = () =>
    debidas[below(debidas.length)] ?? {
      tipo: of(...deTabla),
      clave: pedido(),
      datos: {},
      intentos: 0,
      proximaEn: moment(),
    }
  const tomar: Maker<Store> = () => {
    const [una, hasta] = [debida(), moment() + below(20_000)]
    return operation('tomar', (store) => store.tomar(una, hasta))
  }
  const aplazar: Maker<Store> = () => {
    const { operacion: _, actor: __, ...intento } = corridaDe('cancelar', 'x', moment())
    const causa = of('servicio-no-disponible', 'respuesta-inesperada')
    const aplazo = { proximaEn: moment() + below(20_000), intento, ...(once(3) ? {} : { causa }) }
    const una = debida()
    return operation('aplazar', (store) => store.aplazar(una, aplazo))
  }
  const cerrar: Maker<Store> = () => {
    const una = debida()
    return operation('cerrar', (store) => store.cerrar(una))
  }
  const ponerMarca: Maker<Store> = () => {
    const [nombre, valor] = [marca(), String(below(9))]
    return operation('ponerMarca', (store) => store.ponerMarca(nombre, valor))
  }
  const quitarMarca: Maker<Store> = () => {
    const nombre = marca()
    return operation('quitarMarca', (store) => store.quitarMarca(nombre))
  }

  const filtro = () => ({
    clienteId: once(2) ? cliente() : undefined,
    estado: once(3) ? of('Pendiente', 'Completado', 'Cancelado') : undefined,
    desde: once(4) ? moment() - below(50) * horaMs : undefined,
    hasta: once(4) ? moment() - below(30) * horaMs : undefined,
    antesDe: once(3) ? numero() : undefined,
    limite: limite(),
    maxLineas: of(3, 1_000_000),
  })
  const listar: Maker<Store> = () => {
    const lugar = { expiraEn: moment() - below(9) * horaMs, numero: numero() }
    const uno = { ...filtro(), ...(once(3) ? { porVencer: lugar } : {}) }
    return operation('listar', (store) => store.listar(uno))
  }
  const hallar: Maker<Store> = () => {
    const q = text(2).slice(0, 1 + below(12))
    const uno = { ...filtro(), q, ...(once(3) ? { clientes: many(2, cliente) } : {}) }
    return operation('listar con q', (store) => store.listar(uno))
  }
  const resumen: Maker<Store> = () => {
    const primero = Math.floor(ahora / cuartoMs) - below(96 * 60)
    const dias = many(1 + below(60), (n) => {
      const desde = primero + n * 96
      return { dia: `dia ${n}`, lapso: { desde, hasta: desde + 96 } }
    })
    const consulta = { dias, moneda: of('USD', 'EUR') }
    return operation('resumen', (store) => store.resumen(consulta))
  }
  const leer: Maker<Store> = () => {
    const desde = below(ids.length)
    const clienteId = once(2) ? cliente() : undefined
    const pagina = { desde, hasta: desde + below(80), clienteId, limite: limite() }
    return operation('leer', (store) => store.leer(pagina))
  }
  const debidasDe: Maker<Store> = () => {
    const [tipo, hasta, lot] = [of('terminar-pedido', ...deTabla), moment(), limite()]
    return operation('debidas', (store) => store.debidas(tipo, hasta, lot), {
      learn: (algunas) => void (debidas = algunas),
    })
  }
  const de =
    <T>(name: string, ask: (store: Store, uno: string) => Promise<T>): Maker<Store> =>
    () => {
      const uno = pedido()
      return operation(name, (store) => ask(store, uno))
    }

  const deAvisos = avisos(chance, { numero, moment })

  return {
    tick: () => void (ahora += of(1, 50, 900, 60_000, -40, once(9) ? 9 * horaMs : 400_000)),
    writes: [
      ...often(12, crear),
      ...often(7, proponer, terminar),
      ...often(2, ...deDinero.often),
      ...often(
        1,
        prorrogar,
        preparar,
        revocarEnlaces,
        conservar,
        negar,
        descartar,
        anotarBorrados,
        borrarPersonales,
      ),
      ...often(
        1,
        tomar,
        aplazar,
        cerrar,
        ponerMarca,
        quitarMarca,
        ...deVenta.writes,
        ...deCaja.writes,
        ...deDinero.writes,
      ),
    ],
    reads: [
      ...often(2, listar, leer, debidasDe),
      ...deVenta.reads,
      ...deCaja.reads,
      ...deDinero.reads,
      de('porId', (store, uno) => store.porId(uno)),
      de('historia', (store, uno) => store.historia(uno)),
      de('usado', (store, uno) => store.usado(uno)),
      de('destinos', (store, uno) => store.destinos([uno, ...ids.slice(0, 5)])),
      de('reservasDe', (store, uno) => store.reservasDe([uno, ...ids.slice(0, 5)])),
      () => {
        const [una, en] = [clave(), moment()]
        return operation('antecedentes', (store: Store) => store.antecedentes(una, en))
      },
      () => {
        const [uno, mas] = [cliente(), { pedidos: 1, unidades: below(40) }]
        return operation('excede', (store: Store) => store.excede(uno, mas, cupo))
      },
      () => {
        const nombre = marca()
        return operation('marca', (store: Store) => store.marca(nombre))
      },
      () => {
        const cuales = [id(), ...clientes]
        return operation('borradosSinAnotar', (store: Store) => store.borradosSinAnotar(cuales))
      },
      () => {
        const uno = numero()
        return operation('vuelta', (store: Store) => store.vuelta(uno))
      },
      ...deAvisos.reads,
      () => operation('espera', (store) => store.espera()),
      () => operation('ultima', (store) => store.ultima()),
      () => operation('ultimoCambio', (store) => store.ultimoCambio()),
      () => operation('deGuardia', (store) => store.deGuardia()),
    ],
    alone: [
      ...deAvisos.alone,
      ...deDinero.alone,
      ...often(2, hallar, resumen),
      () => {
        const [en, lot] = [moment(), limite()]
        return operation('vencer', (store: Store) => store.vencer(en, lot))
      },
      () => {
        const [en, lot] = [moment(), limite()]
        return operation('olvidar', (store: Store) => store.olvidar(en, lot))
      },
      () => {
        const una = debida()
        return operation('cerrarBorrado', (store: Store) => store.cerrarBorrado(una))
      },
      () => {
        const cual = below(4)
        return operation('alDia', async (store: Store) =>
          store.seguidores[cual]?.alDia({ maxMs: 1 }),
        )
      },
    ],
  }
}

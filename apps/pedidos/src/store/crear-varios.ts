import { last, type Script, statement, together } from '@encargo/storage'
import { sinUso, type Uso, usoDe } from '../domain/cupo.ts'
import { type PedidoPendiente, versionInicial } from '../domain/pedido.ts'
import type { Creacion, NuevoPedido } from '../ports/store.ts'
import { type Abiertos, desdeLugar, usoAbierto } from './abiertos.ts'
import { comoQueda, fechar, filaDe, relojAtrasado } from './alta.ts'
import { contestar } from './claves.ts'
import { filaDeCobranza } from './cobranza/inicio.ts'
import { filaDeCondiciones } from './condiciones.ts'
import { ponerMarca } from './marcas.ts'

// Many purchases in two statements, on PostgreSQL alone: SQLite answers faster than it reads JSON.

/**
 * What is known of each, before any of them: whether its id or its key is, its customer and, where asked for,
 * what that one holds; the last order, and the one as of which something is remembered.
 */
interface Visto extends Uso {
  readonly n: number
  readonly acotado: number
  readonly conocido: number
  readonly borrado: number
  readonly numero: number
  readonly id: string | null
  readonly ultimo: number
  readonly testigo: string | null
}

// Not EXISTS: PostgreSQL would rather read the whole of a table than look for a hundred ids in it.
export const mirar = statement<Visto, [pedidos: string, lugar: number]>(
  `SELECT s.n, s.acotado, u.pedidos, u.unidades,
     coalesce((SELECT 1 FROM pedidos WHERE id = s.id), (SELECT 1 FROM descartes WHERE id = s.id),
       (SELECT 1 FROM pedidos WHERE id = s.primero), (SELECT 1 FROM descartes WHERE id = s.primero),
       (SELECT 1 FROM idempotencia WHERE usuario_id = s.usuario AND clave = s.clave), 0) AS conocido,
     coalesce((SELECT 1 FROM clientes_borrados WHERE id = s.cliente), 0) AS borrado,
     coalesce(f.numero, 0) AS numero, f.id, coalesce(f.creado_en, 0) AS ultimo,
     (SELECT id FROM pedidos WHERE numero = ?2) AS testigo
   FROM jsonb_to_recordset(?1::text::jsonb)
     AS s (n bigint, id text, cliente text, acotado boolean, primero text, usuario text, clave text)
   LEFT JOIN (SELECT numero, id, creado_en FROM pedidos ORDER BY numero DESC LIMIT 1) f ON true
   CROSS JOIN LATERAL (${usoAbierto} s.cliente AND s.acotado) u`,
)

/** With what some of them have beyond their lines, or for those that have nothing of it. */
const insercion = (
  entera: boolean,
) => `WITH s AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(?1::text::jsonb) AS s (
     numero bigint, id text, "clienteId" text, "creadoPor" text, intencion text, "intencionActor" text,
     "intencionDesde" bigint, "proximaEn" bigint, total bigint, moneda text, notas text, direccion text,
     "expiraEn" bigint, "creadoEn" bigint, sello text, lineas jsonb, condiciones jsonb, cobranza jsonb, operacion text, actor text,
     traza text, resultado text, en bigint, us bigint, pasos text)),
   p AS (INSERT INTO pedidos (numero, id, cliente_id, creado_por, estado, version, intencion,
       intencion_actor, intencion_desde, intentos, proximo_intento_en, total, moneda, notas,
       direccion_envio, expira_en, creado_en, actualizado_en, sello)
     SELECT numero, id, "clienteId", "creadoPor", 'Pendiente', ${versionInicial}, intencion,
       "intencionActor", "intencionDesde", 0, "proximaEn", total, moneda, notas,
       direccion, "expiraEn", "creadoEn", "creadoEn", decode(sello, 'hex') FROM s),
   l AS (INSERT INTO pedido_lineas
       (numero, posicion, producto_id, sku, nombre, cantidad, precio_unitario${entera ? columnasCuenta : ''})
     SELECT s.numero, u.posicion - 1, u.linea ->> 'productoId', u.linea ->> 'sku', u.linea ->> 'nombre',
       (u.linea ->> 'cantidad')::bigint, (u.linea ->> 'precioUnitario')::bigint${entera ? cuenta : ''}
     FROM s, jsonb_array_elements(s.lineas) WITH ORDINALITY AS u (linea, posicion)),${entera ? condiciones : ''}
   e AS (INSERT INTO pedido_eventos (secuencia, numero, estado, motivo, actor, en)
     SELECT (SELECT coalesce(max(secuencia), 0) FROM pedido_eventos) + row_number() OVER (ORDER BY numero),
       numero, 'Pendiente', NULL, "creadoPor", "creadoEn" FROM s)
   INSERT INTO pedido_corridas
     (numero, orden, operacion, actor, traza, resultado, en, duracion_us, pasos, veces, hasta)
   SELECT numero, 1, operacion, actor, traza, resultado, en, us, pasos, 1, en FROM s`

const columnasCuenta = ', descuento, clase_impuesto, tasa, por_dentro, impuesto'
const cuenta = `, (u.linea #>> '{cuenta,descuento}')::bigint, u.linea #>> '{cuenta,gravamen,clase}',
       (u.linea #>> '{cuenta,gravamen,tasa}')::bigint,
       (u.linea #>> '{cuenta,gravamen,porDentro}')::boolean::int, (u.linea #>> '{cuenta,impuesto}')::bigint`
const condiciones = `
   c AS (INSERT INTO pedido_condiciones (numero, contacto, facturacion, metodo_envio, envio_importe,
       envio_clase, envio_tasa, envio_por_dentro, envio_impuesto, cupon, descuento, idioma, canal, invitado)
     SELECT s.numero, c.contacto, c.facturacion, c."metodoEnvio", c."envioImporte", c."envioClase",
       c."envioTasa", c."envioPorDentro", c."envioImpuesto", c.cupon, c.descuento, c.idioma, c.canal, c.invitado
     FROM s, jsonb_to_record(s.condiciones) AS c (contacto text, facturacion text, "metodoEnvio" text,
       "envioImporte" bigint, "envioClase" text, "envioTasa" bigint, "envioPorDentro" bigint,
       "envioImpuesto" bigint, cupon text, descuento bigint, idioma text, canal text, invitado bigint)
     WHERE s.condiciones IS NOT NULL),
   q AS (INSERT INTO pedido_cobranza (numero, metodo, momento, apartado, asunto, saldo)
     SELECT s.numero, q.metodo, q.momento, 'plazo', q.asunto, q.saldo
     FROM s, jsonb_to_record(s.cobranza) AS q (metodo text, momento text, asunto text, saldo bigint)
     WHERE s.cobranza IS NOT NULL),`

/** What is written of orders of which none has anything beyond its lines, and of others. */
export const inserciones = {
  simple: statement<never, [pedidos: string]>(insercion(false)),
  entera: statement<never, [pedidos: string]>(insercion(true)),
} as const

interface Alta {
  readonly nuevo: NuevoPedido
  readonly pedido: PedidoPendiente
  /** When the order before it was made, if that was by a clock that was wrong. */
  readonly anterior: number | undefined
}

function filaEntera({ nuevo, pedido: { numero, creadoEn } }: Alta) {
  const { id, clienteId, creadoPor, total, moneda, notas, expiraEn, lineas } = nuevo
  const { condiciones, cobranza } = nuevo
  const { pasos, ...corrida } = nuevo.corrida
  const { sello, ...fila } = filaDe(nuevo)
  return {
    ...fila,
    ...corrida,
    numero,
    id,
    clienteId,
    creadoPor,
    intencionDesde: fila.intencion && creadoEn,
    total,
    moneda,
    notas,
    expiraEn,
    creadoEn,
    sello: sello && sello.toString('hex'),
    lineas,
    condiciones: condiciones ? filaDeCondiciones(condiciones) : undefined,
    cobranza: cobranza ? filaDeCobranza(cobranza, total) : undefined,
    pasos: JSON.stringify(pasos),
  }
}

/** Looks at all of them, and at what those hold of whom it is not remembered that they hold little enough. */
function* mirarTodos(nuevos: readonly NuevoPedido[], abiertos: Abiertos): Script<readonly Visto[]> {
  const pedidos = nuevos.map(({ id, clienteId: cliente, clave, cupo, lineas }, n) => {
    const { primerId: primero, usuarioId: usuario, clave: texto } = clave ?? {}
    const acotado = cupo !== undefined && !abiertos.cabe(cliente, usoDe(lineas), cupo)
    return { n, id, cliente, acotado, primero, usuario, clave: texto }
  })
  const desde = abiertos.lugar.numero
  const [filas, ajenos] = yield* together(
    mirar.all(JSON.stringify(pedidos), desde),
    desdeLugar.all(desde),
  )
  const vistos = filas.toSorted((a, b) => a.n - b.n)
  const [{ numero, id, testigo } = { numero: 0, id: null, testigo: null }] = vistos
  abiertos.alcanzar(testigo, ajenos, { numero, id })
  for (const visto of vistos) {
    const { clienteId = '' } = nuevos[visto.n] ?? {}
    if (visto.acotado === 1) abiertos.aprender(clienteId, visto)
  }
  return vistos
}

/** What a request could have in common with another one. */
const senasDe = ({ id, clave }: NuevoPedido) =>
  clave ? [id, clave.primerId, JSON.stringify([clave.usuarioId, clave.clave])] : [id]

/** Orders that follow one another, and are written together. */
class Altas {
  readonly #abiertos: Abiertos
  #numero: number
  #ultimo: number
  #sinEscribir: Alta[] = []

  constructor(abiertos: Abiertos, { numero, ultimo }: Pick<Visto, 'numero' | 'ultimo'>) {
    this.#abiertos = abiertos
    this.#numero = numero
    this.#ultimo = ultimo
  }

  *hacer(nuevo: NuevoPedido, visto: Visto): Script<Creacion> {
    const { id, clienteId, cupo, lineas, ahora } = nuevo
    if (visto.borrado === 1) return { tipo: 'cliente-borrado' }
    const mas = usoDe(lineas)
    if (cupo && !this.#abiertos.cabe(clienteId, mas, cupo)) {
      yield* this.escribir()
      const exceso = yield* this.#abiertos.excede(clienteId, mas, cupo)
      if (exceso) return { tipo: 'excedido', exceso }
    }
    const anterior = this.#ultimo
    const { creadoEn, atrasado } = fechar(ahora, anterior)
    const pedido = comoQueda(this.#numero + 1, nuevo, creadoEn)
    this.#sinEscribir.push({ nuevo, pedido, anterior: atrasado ? anterior : undefined })
    this.#abiertos.anotar({ numero: pedido.numero, id }, clienteId, cupo ? mas : sinUso)
    this.hecho(pedido)
    return { tipo: 'creado', pedido }
  }

  /** An order was made, here or otherwise. */
  hecho({ numero, creadoEn }: PedidoPendiente): void {
    this.#numero = numero
    this.#ultimo = creadoEn
  }

  *escribir({ alFinal = false } = {}): Script<void> {
    const altas = this.#sinEscribir
    this.#sinEscribir = []
    if (altas.length === 0) return
    const aparte = altas.filter(({ anterior, nuevo: { id, clave } }) => {
      return anterior !== undefined || (clave && clave.primerId !== id)
    })
    const filas = JSON.stringify(altas.map(filaEntera))
    const entera = altas.some(
      ({ nuevo }) =>
        nuevo.condiciones || nuevo.cobranza || nuevo.lineas.some(({ cuenta }) => cuenta),
    )
    const insertar = inserciones[entera ? 'entera' : 'simple']
    if (alFinal && aparte.length === 0) yield* last(insertar.run(filas))
    else yield* insertar.run(filas)
    for (const { nuevo, pedido, anterior } of aparte) {
      const { id, clave, ahora } = nuevo
      const { numero } = pedido
      if (anterior !== undefined) yield* ponerMarca.run(`${relojAtrasado}${numero}`, `${anterior}`)
      if (clave && clave.primerId !== id) yield* contestar(clave, { numero }, ahora)
    }
  }
}

/**
 * Makes orders as if one after the other. One that has something to do with what is there already, or with
 * another one of them, is made by `uno` when its turn comes; of all others nobody else says anything.
 */
export const crearVarios = (abiertos: Abiertos, uno: (nuevo: NuevoPedido) => Script<Creacion>) =>
  function* (nuevos: readonly NuevoPedido[]): Script<readonly (() => Creacion)[]> {
    const vistos = yield* mirarTodos(nuevos, abiertos)
    const altas = new Altas(abiertos, vistos[0] ?? { numero: 0, ultimo: 0 })
    const senas = new Set<string>()
    const creaciones: Creacion[] = []
    for (const [n, nuevo] of nuevos.entries()) {
      const visto = vistos[n]
      const suyas = senasDe(nuevo)
      // Whether there is one left for it the coupon says when its turn comes.
      const conCupon = (nuevo.condiciones?.cupon ?? null) !== null
      const solo = visto?.conocido === 0 && !conCupon && suyas.every((una) => !senas.has(una))
      for (const una of suyas) senas.add(una)
      if (solo) {
        creaciones.push(yield* altas.hacer(nuevo, visto))
        continue
      }
      yield* altas.escribir()
      const creacion = yield* uno(nuevo)
      if (creacion.tipo === 'creado') altas.hecho(creacion.pedido)
      creaciones.push(creacion)
    }
    yield* altas.escribir({ alFinal: true })
    return creaciones.map((creacion) => () => creacion)
  }

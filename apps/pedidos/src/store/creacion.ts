import { type Engine, type Script, statement, together } from '@encargo/storage'
import { sinUso, usoDe } from '../domain/cupo.ts'
import { versionInicial } from '../domain/pedido.ts'
import type { Creacion, NuevoPedido, PedidosStore, Respuesta } from '../ports/store.ts'
import { Abiertos } from './abiertos.ts'
import { comoQueda, fechar, filaDe, relojAtrasado } from './alta.ts'
import { crearVarios } from './crear-varios.ts'
import { cobranzaInicial } from './cobranza/inicio.ts'
import { algoDe, antecedentesDe, contestar, sinAntecedentes } from './claves.ts'
import { condicionesNuevas, lineaNueva } from './condiciones.ts'
import { gastar, usoNuevo } from './cupones.ts'
import { ponerMarca } from './marcas.ts'
import { corridaNueva, sentencias } from './marcha.ts'

// The hot path of a purchase.

const usado = statement<{ readonly n: number }, [id: string]>(
  `SELECT 1 AS n WHERE EXISTS (SELECT 1 FROM pedidos WHERE id = ?1)
     OR EXISTS (SELECT 1 FROM descartes WHERE id = ?1)`,
)
/** The last order, how late that was made, and whether this customer was erased. */
const antes = statement<
  { readonly numero: number | null; readonly ultimo: number | null; readonly borrado: number },
  [clienteId: string]
>(
  `SELECT (SELECT max(numero) FROM pedidos) AS numero,
     (SELECT creado_en FROM pedidos ORDER BY numero DESC LIMIT 1) AS ultimo,
     EXISTS (SELECT 1 FROM clientes_borrados WHERE id = ?1) AS borrado`,
)
const anotarPedido = statement<
  never,
  [
    numero: number,
    id: string,
    clienteId: string,
    creadoPor: string,
    version: number,
    intencion: 'completar' | null,
    intencionActor: string | null,
    intencionDesde: number | null,
    proximaEn: number | null,
    total: number,
    moneda: string,
    notas: string | null,
    direccionEnvio: string | null,
    expiraEn: number,
    creadoEn: number,
    sello: Uint8Array | null,
  ]
>(
  `INSERT INTO pedidos (numero, id, cliente_id, creado_por, estado, version, intencion,
     intencion_actor, intencion_desde, intentos, proximo_intento_en, total, moneda, notas,
     direccion_envio, expira_en, creado_en, actualizado_en, sello)
   VALUES (?1, ?2, ?3, ?4, 'Pendiente', ?5, ?6, ?7, ?8, 0, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15, ?16)`,
)
function* insertar(numero: number, nuevo: NuevoPedido, creadoEn: number): Script<void> {
  const { creadoPor, corrida, condiciones, cobranza } = nuevo
  const cupon = condiciones?.cupon ?? null
  const { intencion, intencionActor, proximaEn, direccion, sello } = filaDe(nuevo)
  yield* anotarPedido.run(
    numero,
    nuevo.id,
    nuevo.clienteId,
    creadoPor,
    versionInicial,
    intencion,
    intencionActor,
    intencion && creadoEn,
    proximaEn,
    nuevo.total,
    nuevo.moneda,
    nuevo.notas,
    direccion,
    nuevo.expiraEn,
    creadoEn,
    sello,
  )
  yield* together(
    ...nuevo.lineas.map((linea, posicion) => lineaNueva(numero, posicion, linea)),
    ...(condiciones ? [condicionesNuevas(numero, condiciones)] : []),
    ...(cobranza ? [cobranzaInicial(numero, cobranza, nuevo.total)] : []),
    ...(cupon === null ? [] : [usoNuevo(cupon, nuevo.clienteId, numero)]),
    sentencias.evento.run(numero, 'Pendiente', null, creadoPor, creadoEn),
    corridaNueva(numero, 1, corrida),
  )
}

/** Orders and the answers to idempotency keys, as they come into being. */
export function createCreacion(
  engine: Engine,
): Pick<PedidosStore, 'antecedentes' | 'usado' | 'excede' | 'crear' | 'negar'> {
  const abiertos = new Abiertos(engine)

  function* crear(nuevo: NuevoPedido): Script<Creacion> {
    const { id, clienteId, clave, cupo, ahora } = nuevo
    // Mostly there is nothing, and no script is needed to say so.
    const algo = clave && (yield* algoDe.get(clave.primerId, clave.usuarioId, clave.clave))
    const previos = algo && (yield* antecedentesDe(clave, ahora))
    if (previos?.respuesta) return { tipo: 'respondida', respuesta: previos.respuesta }
    const primero = clave?.primerId === id
    if (primero ? previos?.primerIdUsado : yield* usado.get(id)) return { tipo: 'usado' }
    // Asked for here, not before: whoever erases either sees this order or is seen by it.
    const previo = yield* antes.get(clienteId)
    if (previo?.borrado) return { tipo: 'cliente-borrado' }
    abiertos.comprobar(previo?.numero ?? 0)
    const mas = usoDe(nuevo.lineas)
    const cabe = !cupo || abiertos.cabe(clienteId, mas, cupo)
    const exceso = cabe ? undefined : yield* abiertos.excede(clienteId, mas, cupo)
    if (exceso) return { tipo: 'excedido', exceso }
    const cupon = nuevo.condiciones?.cupon ?? null
    if (cupon !== null && !(yield* gastar(cupon, clienteId))) return { tipo: 'cupon-agotado' }
    const ultimo = previo?.ultimo ?? 0
    const { creadoEn, atrasado } = fechar(ahora, ultimo)
    // No order is ever deleted, so numbers have no gaps.
    const numero = (previo?.numero ?? 0) + 1
    yield* insertar(numero, nuevo, creadoEn)
    if (atrasado) yield* ponerMarca.run(`${relojAtrasado}${numero}`, String(ultimo))
    abiertos.anotar({ numero, id }, clienteId, cupo ? mas : sinUso)
    if (clave && !primero) yield* contestar(clave, { numero }, ahora)
    return { tipo: 'creado', pedido: comoQueda(numero, nuevo, creadoEn) }
  }

  const creacion = { one: crear, all: crearVarios(abiertos, crear) }
  return {
    async antecedentes(clave, ahora) {
      const algo = await engine.ask(algoDe.get(clave.primerId, clave.usuarioId, clave.clave))
      return algo ? await engine.read(() => antecedentesDe(clave, ahora)) : sinAntecedentes
    },
    usado: async (id) => (await engine.ask(usado.get(id))) !== undefined,
    async excede(clienteId, mas, cupo) {
      if (abiertos.cabe(clienteId, mas, cupo)) return undefined
      return await engine.read(() => abiertos.excede(clienteId, mas, cupo))
    },
    crear: (nuevo) => engine.writeEach(creacion, nuevo),
    negar: (clave, negativa, ahora) =>
      engine.write(function* (): Script<Respuesta> {
        const { respuesta } = yield* antecedentesDe(clave, ahora)
        if (respuesta) return respuesta
        yield* contestar(clave, { negativa }, ahora)
        return { tipo: 'negativa', misma: true, negativa }
      }),
  }
}

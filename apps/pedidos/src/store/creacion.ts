import type { Storage } from '@encargo/storage'
import type { Negativa } from '../domain/compra.ts'
import { type Cupo, sinUso, type Uso, usoDe } from '../domain/cupo.ts'
import { type PedidoPendiente, versionInicial } from '../domain/pedido.ts'
import { createAbiertos } from './abiertos.ts'
import { createClaves, selloDe } from './claves.ts'
import type { Lectura } from './lectura.ts'
import type { Clave, Creacion, NuevoPedido, Respuesta } from '../ports/store.ts'
import type { PedidosSchema } from './sqlite/tables.ts'

type Client = Storage<PedidosSchema>['client']

/** A clock that is set back by more was wrong before: what it dated stays alone with its date. */
const atrasoMs = 2 * 60 * 60 * 1000
/** With its number, the mark of an order that is dated before the one before it for that reason. */
export const relojAtrasado = 'reloj-atrasado-'

/** The hot path of a purchase: prepared once, on the connection itself. */
function prepare(client: Client) {
  return {
    usado: client.prepare<{ usado: number }, [string, string]>(
      `SELECT EXISTS (SELECT 1 FROM pedidos WHERE id = ?)
           OR EXISTS (SELECT 1 FROM descartes WHERE id = ?) AS usado`,
    ),
    /** The last order, how late that was made, and whether this customer was erased. */
    antes: client.prepare<
      { numero: number | null; ultimo: number | null; borrado: number },
      [string]
    >(
      `SELECT (SELECT max(numero) FROM pedidos) AS numero,
         (SELECT creado_en FROM pedidos ORDER BY numero DESC LIMIT 1) AS ultimo,
         EXISTS (SELECT 1 FROM clientes_borrados WHERE id = ?) AS borrado`,
    ),
    pedido: client.prepare(
      `INSERT INTO pedidos (id, cliente_id, creado_por, estado, version, intencion,
         intencion_actor, intencion_desde, intentos, proximo_intento_en, total, moneda, notas,
         direccion_envio, expira_en, creado_en, actualizado_en, sello)
       VALUES
         (?1, ?2, ?3, 'Pendiente', ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15)`,
    ),
    linea: client.prepare(
      `INSERT INTO pedido_lineas
         (numero, posicion, producto_id, sku, nombre, cantidad, precio_unitario)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    evento: client.prepare(
      `INSERT INTO pedido_eventos (numero, estado, actor, en) VALUES (?, 'Pendiente', ?, ?)`,
    ),
    marcar: client.prepare('INSERT INTO marcas (nombre, valor) VALUES (?, ?)'),
    corrida: client.prepare(
      `INSERT INTO pedido_corridas
         (numero, orden, operacion, actor, traza, resultado, en, duracion_us, pasos, veces, hasta)
       VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?6)`,
    ),
  }
}

/** Orders and the answers to idempotency keys, as they come into being. */
export function createCreacion(storage: Storage<PedidosSchema>, lectura: Lectura) {
  const statements = prepare(storage.client)

  const claves = createClaves(storage.client, lectura)
  const abiertos = createAbiertos(storage.client)

  function usado(id: string): boolean {
    return statements.usado.get(id, id)?.usado === 1
  }

  function insertar(nuevo: NuevoPedido, creadoEn: number): number {
    const { completarDesde, clave } = nuevo
    const intencion = completarDesde === null ? null : 'completar'
    const { lastInsertRowid } = statements.pedido.run(
      nuevo.id,
      nuevo.clienteId,
      nuevo.creadoPor,
      versionInicial,
      intencion,
      intencion && nuevo.creadoPor,
      intencion && creadoEn,
      completarDesde,
      nuevo.total,
      nuevo.moneda,
      nuevo.notas,
      nuevo.direccionEnvio && JSON.stringify(nuevo.direccionEnvio),
      nuevo.expiraEn,
      creadoEn,
      clave?.primerId === nuevo.id ? selloDe(clave) : null,
    )
    return Number(lastInsertRowid)
  }

  function insertarDetalle(numero: number, nuevo: NuevoPedido, creadoEn: number): void {
    for (const [posicion, linea] of nuevo.lineas.entries()) {
      const { productoId, sku, nombre, cantidad, precioUnitario } = linea
      statements.linea.run(numero, posicion, productoId, sku, nombre, cantidad, precioUnitario)
    }
    statements.evento.run(numero, nuevo.creadoPor, creadoEn)
    const { operacion, actor, traza, resultado, en, us, pasos } = nuevo.corrida
    const texto = JSON.stringify(pasos)
    statements.corrida.run(numero, operacion, actor, traza, resultado, en, us, texto)
  }

  function crear(nuevo: NuevoPedido): Creacion {
    const { id, clave, ahora } = nuevo
    const previos = clave && claves.antecedentes(clave, ahora)
    if (previos?.respuesta) return { resultado: 'respondida', respuesta: previos.respuesta }
    const primero = clave?.primerId === id
    if (primero ? previos?.primerIdUsado : usado(id)) return { resultado: 'usado' }
    // Asked for here, not before: whoever erases either sees this order or is seen by it.
    const antes = statements.antes.get(nuevo.clienteId)
    if (antes?.borrado) return { resultado: 'cliente-borrado' }
    abiertos.comprobar(antes?.numero ?? null)
    const mas = usoDe(nuevo.lineas)
    const exceso = nuevo.cupo && abiertos.excede(nuevo.clienteId, mas, nuevo.cupo)
    if (exceso) return { resultado: 'excedido', exceso }
    const ultimo = antes?.ultimo ?? 0
    const atrasado = ultimo - ahora > atrasoMs
    // Moments never go back while numbers grow, even if the clock does a little: lists rest on it.
    const creadoEn = atrasado ? ahora : Math.max(ahora, ultimo)
    const numero = insertar(nuevo, creadoEn)
    insertarDetalle(numero, nuevo, creadoEn)
    if (atrasado) statements.marcar.run(`${relojAtrasado}${numero}`, String(ultimo))
    abiertos.anotar(numero, nuevo.clienteId, nuevo.cupo ? mas : sinUso)
    if (clave && !primero) claves.contestar(clave, { numero }, ahora)
    return { resultado: 'creado', pedido: comoQueda(numero, nuevo, creadoEn) }
  }

  return {
    idDeClave: claves.idDeClave,
    antecedentes: claves.antecedentes,
    usado,
    excede: (clienteId: string, mas: Uso, cupo: Cupo) => abiertos.excede(clienteId, mas, cupo),
    crear: (nuevo: NuevoPedido) => storage.write(() => crear(nuevo)),
    negar: (clave: Clave, negativa: Negativa, ahora: number) =>
      storage.write((): Respuesta => {
        const { respuesta } = claves.antecedentes(clave, ahora)
        if (respuesta) return respuesta
        claves.contestar(clave, { negativa }, ahora)
        return { tipo: 'negativa', misma: true, negativa }
      }),
  }
}

/** The order as a read would find it. */
function comoQueda(numero: number, nuevo: NuevoPedido, creadoEn: number): PedidoPendiente {
  const { clave: _, corrida: __, completarDesde, ahora: ___, cupo: ____, ...igual } = nuevo
  const actor = nuevo.creadoPor
  const vacia = { motivo: null, intentos: 0, ultimoError: null }
  return {
    ...igual,
    numero,
    version: versionInicial,
    estado: 'Pendiente',
    motivo: null,
    intencion:
      completarDesde === null ? null : { proposito: 'completar', actor, desde: creadoEn, ...vacia },
    creadoEn,
    actualizadoEn: creadoEn,
    historial: [{ estado: 'Pendiente', motivo: null, actor, en: creadoEn }],
  }
}

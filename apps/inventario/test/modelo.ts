/**
 * What the service must come to, as simply as it can be said: maps, one step after the other.
 * Products and orders are small numbers here.
 */
export interface Modelo {
  ahora: number
  /** What is really there. */
  readonly contado: number[]
  readonly reservas: Map<number, ReservaModelo>
}

interface ReservaModelo {
  estado: string
  readonly lineas: ReadonlyMap<number, number>
  readonly expiraEn: number
}

type Linea = readonly [producto: number, cantidad: number]

export type Paso =
  | {
      readonly op: 'reservar'
      readonly pedido: number
      readonly lineas: readonly Linea[]
      /** In seconds. */
      readonly plazo: number
    }
  | { readonly op: 'confirmar' | 'liberar'; readonly pedido: number }
  | {
      readonly op: 'ENTRADA' | 'SALIDA' | 'AJUSTE'
      readonly producto: number
      readonly cantidad: number
    }
  | { readonly op: 'expirar' }

/** What can be seen of a state: stock of each product, state of each order's reservation. */
export interface Estado {
  readonly existencias: readonly (readonly [fisico: number, reservado: number, faltan: number])[]
  readonly reservas: readonly (string | undefined)[]
}

export function nuevo(productos: number, inicial: number, ahora: number): Modelo {
  return { ahora, contado: Array.from({ length: productos }, () => inicial), reservas: new Map() }
}

function reservado(modelo: Modelo, producto: number): number {
  let sum = 0
  for (const { estado, lineas } of modelo.reservas.values()) {
    if (estado === 'activa') sum += lineas.get(producto) ?? 0
  }
  return sum
}

/** What is promised is never less than what is on record, whatever was counted. */
const fisico = (modelo: Modelo, producto: number) =>
  Math.max(modelo.contado[producto] ?? 0, reservado(modelo, producto))

export function estadoDe(modelo: Modelo, pedidos: number): Estado {
  return {
    existencias: modelo.contado.map((_, producto) => [
      fisico(modelo, producto),
      reservado(modelo, producto),
      fisico(modelo, producto) - (modelo.contado[producto] ?? 0),
    ]),
    reservas: Array.from({ length: pedidos }, (_, pedido) => modelo.reservas.get(pedido)?.estado),
  }
}

function sumar(lineas: readonly Linea[]): Map<number, number> {
  const sum = new Map<number, number>()
  for (const [producto, cantidad] of lineas.toSorted(([a], [b]) => a - b)) {
    sum.set(producto, (sum.get(producto) ?? 0) + cantidad)
  }
  return sum
}

function vencer(modelo: Modelo, pedido: number): void {
  const reserva = modelo.reservas.get(pedido)
  if (reserva?.estado === 'activa' && reserva.expiraEn <= modelo.ahora) reserva.estado = 'expirada'
}

function reservar(modelo: Modelo, paso: Extract<Paso, { op: 'reservar' }>): number {
  vencer(modelo, paso.pedido)
  const lineas = sumar(paso.lineas)
  const reserva = modelo.reservas.get(paso.pedido)
  if (reserva) {
    if (reserva.estado === 'liberada' || reserva.estado === 'expirada') return 409
    return Bun.deepEquals([...lineas], [...reserva.lineas]) ? 200 : 409
  }
  for (const [producto, cantidad] of lineas) {
    if (fisico(modelo, producto) - reservado(modelo, producto) < cantidad) return 409
  }
  const expiraEn = modelo.ahora + paso.plazo * 1000
  modelo.reservas.set(paso.pedido, { estado: 'activa', lineas, expiraEn })
  return 201
}

function liberar(modelo: Modelo, pedido: number): number {
  vencer(modelo, pedido)
  const reserva = modelo.reservas.get(pedido)
  if (!reserva) {
    modelo.reservas.set(pedido, { estado: 'liberada', lineas: new Map(), expiraEn: modelo.ahora })
    return 200
  }
  if (reserva.estado === 'activa') reserva.estado = 'liberada'
  return reserva.estado === 'confirmada' ? 409 : 200
}

function confirmar(modelo: Modelo, pedido: number): number {
  vencer(modelo, pedido)
  const reserva = modelo.reservas.get(pedido)
  if (!reserva) return 404
  if (reserva.estado !== 'activa') return reserva.estado === 'confirmada' ? 200 : 409
  reserva.estado = 'confirmada'
  for (const [producto, cantidad] of reserva.lineas) {
    // Whoever has the goods has them, also those that a count did not find.
    modelo.contado[producto] = Math.max(0, (modelo.contado[producto] ?? 0) - cantidad)
  }
  return 200
}

/** Does `paso` to `modelo` and answers the status that it must get; 0 where nobody is answered. */
export function dar(modelo: Modelo, paso: Paso): number {
  switch (paso.op) {
    case 'reservar':
      return reservar(modelo, paso)
    case 'confirmar':
      return confirmar(modelo, paso.pedido)
    case 'liberar':
      return liberar(modelo, paso.pedido)
    case 'expirar':
      for (const pedido of modelo.reservas.keys()) vencer(modelo, pedido)
      return 0
    default: {
      const { op, producto, cantidad } = paso
      const antes = modelo.contado[producto] ?? 0
      const despues = { ENTRADA: antes + cantidad, SALIDA: antes - cantidad, AJUSTE: cantidad }
      if (op === 'SALIDA' && despues[op] < reservado(modelo, producto)) return 409
      modelo.contado[producto] = despues[op]
      return 200
    }
  }
}

export interface Dado {
  readonly paso: Paso
  readonly status: number
}

/**
 * The model after some order of `dados` that explains every answer and ends in `visto`; undefined
 * when there is none, and the requests that ran together were not as if one after the other.
 */
export function explicar(
  modelo: Modelo,
  dados: readonly Dado[],
  visto: Estado,
): Modelo | undefined {
  if (dados.length === 0) {
    return Bun.deepEquals(estadoDe(modelo, visto.reservas.length), visto) ? modelo : undefined
  }
  for (const [index, { paso, status }] of dados.entries()) {
    const next = structuredClone(modelo)
    if (dar(next, paso) !== status) continue
    const found = explicar(next, dados.toSpliced(index, 1), visto)
    if (found) return found
  }
  return undefined
}

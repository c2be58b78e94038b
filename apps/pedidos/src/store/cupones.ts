import { apuntar } from '@encargo/service-kit/audit/log'
import { cambiados } from '@encargo/service-kit/values/changed-fields'
import { type Engine, type Script, statement } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import type { Cupon } from '../domain/cupon.ts'
import type { Alta, Ofrecido, Ventas } from '../ports/venta.ts'
import type { cupones } from './sqlite/tables.ts'

/** A row as `columnas` reads it. */
type FilaCupon = Omit<typeof cupones.$inferSelect, 'categorias' | 'creadoEn' | 'actualizadoEn'> & {
  readonly categorias: string
}

const columnas = `codigo, tipo, valor, minimo, desde, hasta, usos_maximos AS "usosMaximos",
  usos_por_cliente AS "usosPorCliente", categorias, activo, usados, version`

type Campos = [
  valor: number | null,
  minimo: number | null,
  desde: number | null,
  hasta: number | null,
  usosMaximos: number | null,
  usosPorCliente: number | null,
  categorias: string,
  activo: number,
]
type Uso = [codigo: string, clienteId: string]

// Exported for the test that looks at their plans.
export const sentencias = {
  uno: statement<FilaCupon, [codigo: string]>(`SELECT ${columnas} FROM cupones WHERE codigo = ?1`),
  pagina: statement<FilaCupon, [despuesDe: string, desde: string, hasta: string, limite: number]>(
    `SELECT ${columnas} FROM cupones WHERE codigo > ?1 AND codigo >= ?2 AND codigo < ?3
     ORDER BY codigo LIMIT ?4`,
  ),
  /** Of this customer, in orders that are not Cancelado. */
  usos: statement<{ readonly usos: number }, Uso>(
    'SELECT count(*) AS usos FROM cupon_usos WHERE codigo = ?1 AND cliente_id = ?2',
  ),
  crear: statement<never, [codigo: string, tipo: string, ...Campos, ahora: number]>(
    `INSERT INTO cupones (codigo, tipo, valor, minimo, desde, hasta, usos_maximos, usos_por_cliente,
       categorias, activo, usados, version, creado_en, actualizado_en)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 1, ?11, ?11) ON CONFLICT (codigo) DO NOTHING`,
  ),
  editar: statement<never, [codigo: string, ...Campos, ahora: number]>(
    `UPDATE cupones SET valor = ?2, minimo = ?3, desde = ?4, hasta = ?5, usos_maximos = ?6,
       usos_por_cliente = ?7, categorias = ?8, activo = ?9, version = version + 1, actualizado_en = ?10
     WHERE codigo = ?1`,
  ),
  /** Nothing where it is used up, by all or by this customer, or off. */
  gastar: statement<never, Uso>(
    `UPDATE cupones SET usados = usados + 1
     WHERE codigo = ?1 AND activo = 1 AND (usos_maximos IS NULL OR usados < usos_maximos)
       AND (usos_por_cliente IS NULL OR usos_por_cliente >
         (SELECT count(*) FROM cupon_usos WHERE codigo = ?1 AND cliente_id = ?2))`,
  ),
  anotar: statement<never, [...Uso, numero: number]>(
    'INSERT INTO cupon_usos (codigo, cliente_id, numero) VALUES (?1, ?2, ?3)',
  ),
  gastado: statement<{ readonly codigo: string; readonly clienteId: string }, [numero: number]>(
    `SELECT c.cupon AS codigo, p.cliente_id AS "clienteId"
     FROM pedido_condiciones c JOIN pedidos p ON p.numero = c.numero
     WHERE c.numero = ?1 AND c.cupon IS NOT NULL`,
  ),
  quitar: statement<never, [...Uso, numero: number]>(
    'DELETE FROM cupon_usos WHERE codigo = ?1 AND cliente_id = ?2 AND numero = ?3',
  ),
  devolver: statement<never, [codigo: string]>(
    'UPDATE cupones SET usados = usados - 1 WHERE codigo = ?1',
  ),
} as const

const aCupon = ({ categorias, activo, ...igual }: FilaCupon): Cupon => ({
  ...igual,
  // Written below, from a list of texts.
  categorias: JSON.parse(categorias) as string[],
  activo: activo === 1,
})

const camposDe = (cupon: Omit<Cupon, 'codigo' | 'tipo' | 'usados' | 'version'>): Campos => [
  cupon.valor,
  cupon.minimo,
  cupon.desde,
  cupon.hasta,
  cupon.usosMaximos,
  cupon.usosPorCliente,
  JSON.stringify(cupon.categorias),
  cupon.activo ? 1 : 0,
]

/** A coupon, and how often a customer has used it where that counts. */
export async function ofrecerCupon(
  engine: Engine,
  codigo: string,
  clienteId: string | undefined,
): Promise<Pick<Ofrecido, 'cupon' | 'usosDelCliente'>> {
  const fila = await engine.ask(sentencias.uno.get(codigo))
  if (!fila) return { cupon: undefined, usosDelCliente: 0 }
  const cuenta = fila.usosPorCliente !== null && clienteId !== undefined
  const usos = cuenta ? await engine.ask(sentencias.usos.get(codigo, clienteId)) : undefined
  return { cupon: aCupon(fila), usosDelCliente: usos?.usos ?? 0 }
}

/** In the write of an order, before it: false where its coupon is used up. */
export function* gastar(codigo: string, clienteId: string): Script<boolean> {
  return (yield* sentencias.gastar.run(codigo, clienteId)) === 1
}

/** In the same write: whose use that was. */
export const usoNuevo = (codigo: string, clienteId: string, numero: number) =>
  sentencias.anotar.run(codigo, clienteId, numero)

/** In the write that makes an order Cancelado: its coupon can be used again. */
export function* devolver(numero: number): Script<void> {
  const gastado = yield* sentencias.gastado.get(numero)
  if (!gastado) return
  const { codigo, clienteId } = gastado
  if ((yield* sentencias.quitar.run(codigo, clienteId, numero)) === 1) {
    yield* sentencias.devolver.run(codigo)
  }
}

function* leer(codigo: string): Script<Cupon | undefined> {
  const fila = yield* sentencias.uno.get(codigo)
  return fila && aCupon(fila)
}

/** Comes after all that a code may have. */
const trasTodoCodigo = '~'

type Cupones = Pick<Ventas, 'cupones' | 'cupon' | 'crearCupon' | 'editarCupon'>

/** Coupons, as whoever runs the shop makes them. */
export function createCupones(engine: Engine): Cupones {
  return {
    cupon: (codigo) => engine.read(() => leer(codigo)),
    cupones: async ({ despuesDe, prefijo, limite }) => {
      const hasta = prefijo + trasTodoCodigo
      const filas = await engine.ask(sentencias.pagina.all(despuesDe, prefijo, hasta, limite + 1))
      return filas.map(aCupon)
    },
    crearCupon: (nuevo, ahora, por = {}) =>
      engine.write(function* (): Script<Alta<Cupon>> {
        const { codigo, tipo } = nuevo
        const hecho = yield* sentencias.crear.run(codigo, tipo, ...camposDe(nuevo), ahora)
        if (hecho === 0) return { tipo: 'codigo-en-uso' }
        yield* apuntar(apunteDe('cupon-creado', codigo, { en: ahora, por }))
        return { tipo: 'creado', creado: { ...nuevo, usados: 0, version: 1 } }
      }),
    editarCupon: ({ codigo, cambios, admite, ahora, por = {} }) =>
      engine.write(function* () {
        const previo = yield* leer(codigo)
        if (!previo) return { tipo: 'no-encontrado' } as const
        if (!admite(previo.version)) return { tipo: 'version-distinta' } as const
        const editado = { ...previo, ...cambios, version: previo.version + 1 }
        const { usados, usosMaximos, desde, hasta } = editado
        if (desde !== null && hasta !== null && hasta <= desde) {
          return { tipo: 'sin-tiempo' } as const
        }
        if (usosMaximos !== null && usosMaximos < usados) {
          return { tipo: 'usos-de-mas', usados } as const
        }
        yield* sentencias.editar.run(codigo, ...camposDe(editado), ahora)
        const detalle = cambiados(previo, editado)
        yield* apuntar(apunteDe('cupon-editado', codigo, { en: ahora, por, detalle }))
        return { tipo: 'editado', editado } as const
      }),
  }
}

import { apuntar } from '@encargo/service-kit/audit/log'
import { cambiados } from '@encargo/service-kit/values/changed-fields'
import { type Engine, type Script, statement } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import type { MetodoEnvio, Tarifa, Zona } from '../domain/metodo-envio.ts'
import type { Alta, CamposMetodo, Editado, Ventas } from '../ports/venta.ts'
import { ofrecerCupon } from './cupones.ts'
import type { metodosEnvio } from './sqlite/tables.ts'

/** As many as a shop has at most: they are shown, and gone through, as a whole. */
const maxMetodos = 100

type Fila = Omit<typeof metodosEnvio.$inferSelect, 'zonas' | 'tarifa' | 'actualizadoEn'> & {
  readonly zonas: string
  readonly tarifa: string
}
type Campos = [
  nombre: string,
  tipo: string,
  zonas: string,
  tarifa: string,
  gratisDesde: number | null,
  claseImpuesto: string,
  plazoDias: number | null,
  instrucciones: string | null,
  activo: number,
  posicion: number,
]

const columnas = `codigo, nombre, tipo, zonas, tarifa, gratis_desde AS "gratisDesde",
  clase_impuesto AS "claseImpuesto", plazo_dias AS "plazoDias", instrucciones, activo, posicion, version`

// Exported for the test that looks at their plans.
export const sentencias = {
  todos: statement<Fila, []>(`SELECT ${columnas} FROM metodos_envio ORDER BY posicion, codigo`),
  activos: statement<Fila, []>(
    `SELECT ${columnas} FROM metodos_envio WHERE activo = 1 ORDER BY posicion, codigo`,
  ),
  uno: statement<Fila, [codigo: string]>(`SELECT ${columnas} FROM metodos_envio WHERE codigo = ?1`),
  cuantos: statement<{ readonly cuantos: number; readonly siguiente: number }, []>(
    'SELECT count(*) AS cuantos, coalesce(max(posicion), 0) + 1 AS siguiente FROM metodos_envio',
  ),
  crear: statement<never, [codigo: string, ...Campos, ahora: number]>(
    `INSERT INTO metodos_envio (codigo, nombre, tipo, zonas, tarifa, gratis_desde, clase_impuesto,
       plazo_dias, instrucciones, activo, posicion, version, actualizado_en)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1, ?12)`,
  ),
  editar: statement<never, [codigo: string, ...Campos, ahora: number]>(
    `UPDATE metodos_envio SET nombre = ?2, tipo = ?3, zonas = ?4, tarifa = ?5, gratis_desde = ?6,
       clase_impuesto = ?7, plazo_dias = ?8, instrucciones = ?9, activo = ?10, posicion = ?11,
       version = version + 1, actualizado_en = ?12
     WHERE codigo = ?1`,
  ),
} as const

const aMetodo = ({ zonas, tarifa, activo, ...igual }: Fila): MetodoEnvio => ({
  ...igual,
  // Written below, from what they are read as.
  zonas: JSON.parse(zonas) as Zona[],
  tarifa: JSON.parse(tarifa) as Tarifa,
  activo: activo === 1,
})

const camposDe = (metodo: CamposMetodo): Campos => [
  metodo.nombre,
  metodo.tipo,
  JSON.stringify(metodo.zonas),
  JSON.stringify(metodo.tarifa),
  metodo.gratisDesde,
  metodo.claseImpuesto,
  metodo.plazoDias,
  metodo.instrucciones,
  metodo.activo ? 1 : 0,
  metodo.posicion,
]

type Metodos = Pick<Ventas, 'ofrecido' | 'metodosEnvio' | 'crearMetodo' | 'editarMetodo'>

/** Shipping methods, and what of them and of a coupon a customer is offered. */
export function createMetodos(engine: Engine): Metodos {
  return {
    // In no transaction: what they say together is judged again by the write of the order.
    async ofrecido({ cupon, clienteId }) {
      const [metodos, delCupon] = await Promise.all([
        engine.ask(sentencias.activos.all()),
        cupon === undefined ? { cupon, usosDelCliente: 0 } : ofrecerCupon(engine, cupon, clienteId),
      ])
      return { metodos: metodos.map(aMetodo), ...delCupon }
    },
    metodosEnvio: async () => (await engine.ask(sentencias.todos.all())).map(aMetodo),
    crearMetodo: (nuevo, ahora, por = {}) =>
      engine.write(function* (): Script<Alta<MetodoEnvio>> {
        const { cuantos = 0, siguiente = 1 } = (yield* sentencias.cuantos.get()) ?? {}
        const { codigo, posicion = siguiente } = nuevo
        const creado = { ...nuevo, posicion, version: 1 }
        const previos = yield* sentencias.todos.all()
        // Also where there is no room: whoever asks for it again has it already. Two that differ in case
        // alone would be one in the log.
        if (previos.some((uno) => uno.codigo.toLowerCase() === codigo.toLowerCase())) {
          return { tipo: 'codigo-en-uso' }
        }
        if (cuantos >= maxMetodos) return { tipo: 'demasiados' }
        yield* sentencias.crear.run(codigo, ...camposDe(creado), ahora)
        yield* apuntar(apunteDe('metodo-creado', codigo, { en: ahora, por }))
        return { tipo: 'creado', creado }
      }),
    editarMetodo: ({ codigo, cambios, admite, ahora, por = {} }) =>
      engine.write(function* (): Script<Editado<MetodoEnvio>> {
        const fila = yield* sentencias.uno.get(codigo)
        if (!fila) return { tipo: 'no-encontrado' }
        if (!admite(fila.version)) return { tipo: 'version-distinta' }
        const previo = aMetodo(fila)
        const editado = { ...previo, ...cambios, version: fila.version + 1 }
        yield* sentencias.editar.run(codigo, ...camposDe(editado), ahora)
        const detalle = cambiados(previo, editado)
        yield* apuntar(apunteDe('metodo-editado', codigo, { en: ahora, por, detalle }))
        return { tipo: 'editado', editado }
      }),
  }
}

import { apuntar } from '@encargo/service-kit/audit/log'
import { cambiados } from '@encargo/service-kit/values/changed-fields'
import { type Engine, type Script, statement } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import type { IdProveedor } from '../domain/cobro.ts'
import { maxMetodos, type MetodoPago } from '../domain/metodo.ts'
import type { MetodoStore, Puesto } from '../ports/metodos.ts'
import type { metodosPago } from './sqlite/tables.ts'

type Fila = Omit<typeof metodosPago.$inferSelect, 'proveedor' | 'creadoEn' | 'actualizadoEn'> & {
  readonly proveedor: IdProveedor
}
type Campos = [
  proveedor: string,
  nombre: string,
  momento: string,
  plazoSegundos: number | null,
  instrucciones: string | null,
  minimo: number | null,
  maximo: number | null,
  paises: string,
  activo: number,
  posicion: number,
]

// Exported for the test that looks at their plans.
export const sentencias = {
  todos: statement<Fila, []>(
    `SELECT codigo, proveedor, nombre, momento, plazo_segundos AS "plazoSegundos", instrucciones,
       minimo, maximo, paises, activo, posicion, version
     FROM metodos_pago ORDER BY posicion, codigo`,
  ),
  crear: statement<never, [codigo: string, ...Campos, ahora: number]>(
    `INSERT INTO metodos_pago (codigo, proveedor, nombre, momento, plazo_segundos, instrucciones,
       minimo, maximo, paises, activo, posicion, version, creado_en, actualizado_en)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1, ?12, ?12)`,
  ),
  editar: statement<never, [codigo: string, ...Campos, ahora: number]>(
    `UPDATE metodos_pago SET proveedor = ?2, nombre = ?3, momento = ?4, plazo_segundos = ?5,
       instrucciones = ?6, minimo = ?7, maximo = ?8, paises = ?9, activo = ?10, posicion = ?11,
       version = version + 1, actualizado_en = ?12
     WHERE codigo = ?1`,
  ),
} as const

const aMetodo = ({ paises, activo, ...igual }: Fila): MetodoPago => ({
  ...igual,
  // Written below, from what it is read as.
  paises: JSON.parse(paises) as string[],
  activo: activo === 1,
})

const camposDe = (metodo: MetodoPago): Campos => [
  metodo.proveedor,
  metodo.nombre,
  metodo.momento,
  metodo.plazoSegundos,
  metodo.instrucciones,
  metodo.minimo,
  metodo.maximo,
  JSON.stringify(metodo.paises),
  metodo.activo ? 1 : 0,
  metodo.posicion,
]

export function createMetodos(engine: Engine): MetodoStore {
  engine.prepare(...Object.values(sentencias))
  return {
    metodos: async () => (await engine.ask(sentencias.todos.all())).map(aMetodo),
    ponerMetodo: ({ codigo, campos, admite, por }) =>
      engine.write(function* (): Script<Puesto> {
        const todos = (yield* sentencias.todos.all()).map(aMetodo)
        const previo = todos.find((uno) => uno.codigo === codigo)
        if (!previo) {
          if (todos.length >= maxMetodos) return { tipo: 'demasiados' }
          const ultima = todos.reduce((mayor, { posicion }) => Math.max(mayor, posicion), 0)
          const metodo = { ...campos, codigo, posicion: campos.posicion ?? ultima + 1, version: 1 }
          yield* sentencias.crear.run(codigo, ...camposDe(metodo), por.ahora)
          yield* apuntar(apunteDe('metodo-pago-creado', codigo, por))
          return { tipo: 'creado', metodo }
        }
        if (!admite(previo.version)) return { tipo: 'version-distinta' }
        const posicion = campos.posicion ?? previo.posicion
        const igual = { ...previo, ...campos, posicion }
        const detalle = cambiados(previo, igual)
        if (detalle === '') return { tipo: 'editado', metodo: previo }
        yield* sentencias.editar.run(codigo, ...camposDe(igual), por.ahora)
        yield* apuntar(apunteDe('metodo-pago-editado', codigo, por, detalle))
        return { tipo: 'editado', metodo: { ...igual, version: previo.version + 1 } }
      }),
  }
}

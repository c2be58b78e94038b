import type { Celda } from '@encargo/csv/escribir'
import { escribirControl } from '@encargo/csv/control'
import { DescargaCsv, respuestaCsv } from '@encargo/csv/descarga'
import { ConsultaImportacion, separador, separadorDe } from '@encargo/csv/http/consulta'
import { rechazoDe } from '@encargo/csv/http/rechazo'
import { AccionImportacion, informeImportacion, NumeroDeFila } from '@encargo/csv/informe'
import { cuerpoCsv, maxFilasCsv, muestraFilas } from '@encargo/csv/limites'
import { TurnosImportacion } from '@encargo/csv/http/turnos'
import { ConIdempotencyKey } from '@encargo/service-kit/http/idempotency'
import { rechazos } from '@encargo/service-kit/http/problems'
import { consulta, Uuid } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import { type ExportarDeps, exportarExistencias, type FilaExportada } from '../app/exportar.ts'
import { importarRecuento, type RecuentoDeps } from '../app/recuento.ts'
import { contadoDe, disponibleDe } from '../domain/existencia.ts'
import { columnasControladas, columnasRecuento } from '../domain/recuento.ts'
import { autorDe } from './autor.ts'
import { leerRecuento } from './recuento-filas.ts'
import { claveDistinta } from './refusals.ts'

export type RecuentoRoutesDeps = RecuentoDeps & ExportarDeps

const importacion = {
  200: informeImportacion(
    Type.Object({
      fila: NumeroDeFila,
      productoId: Uuid,
      sku: Type.Union([Type.String(), Type.Null()]),
      accion: AccionImportacion,
      antes: Type.Union([Type.Integer(), Type.Null()], {
        description: 'Lo que había por el último recuento; null si el producto no tenía inventario',
      }),
      despues: Type.Integer({ description: 'Lo que hay después' }),
      faltan: Type.Optional(
        Type.Integer({
          description: 'Unidades reservadas que el recuento no encuentra, si las hay',
        }),
      ),
      umbral: Type.Optional(
        Type.Object(
          { antes: Type.Integer(), despues: Type.Integer() },
          { description: '`umbralMinimo`, si cambia' },
        ),
      ),
    }),
  ),
  ...rechazos('importacion-invalida', 'idempotencia-distinta'),
}
const exportacion = { 200: DescargaCsv, ...rechazos() }

const columnasExportadas = columnasRecuento.filter((columna) => columna !== 'motivo')

/** A row of the file. */
function celdasDe({ existencia, libro, producto }: FilaExportada): Celda[] {
  const { productoId, reservado, umbralMinimo, actualizadoEn } = existencia
  const fisico = contadoDe(existencia)
  const { sku = null, nombre = null } = producto ?? {}
  const fecha = new Date(actualizadoEn).toISOString()
  const disponible = disponibleDe(existencia)
  const visto = { fisico, umbralMinimo, libro }
  const control = escribirControl(productoId, columnasControladas, visto)
  return [sku, nombre, productoId, fisico, reservado, disponible, umbralMinimo, fecha, control]
}

async function* celdas(paginas: AsyncIterable<FilaExportada[]>): AsyncGenerator<Celda[][]> {
  for await (const filas of paginas) yield filas.map(celdasDe)
}

/** The same bytes, and what tells them from others once they have all gone by. */
function conHuella(source: AsyncIterable<Uint8Array>, omitirConflictos: boolean) {
  const query = omitirConflictos ? '?omitirConflictos=true' : ''
  const hash = new Bun.CryptoHasher('sha256').update(`POST /inventario/importacion${query}\n`)
  async function* bytes() {
    for await (const piece of source) {
      hash.update(piece)
      yield piece
    }
  }
  return { bytes: bytes(), huella: () => hash.digest('hex') }
}

const tags = ['inventario']

/** The stock as a CSV file: staff only. */
export const recuentoRoutes = (base: ReturnType<typeof service>, deps: RecuentoRoutesDeps) => {
  const turnos = new TurnosImportacion()
  return new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/inventario/importacion',
      async ({ cuerpo, query, headers, identidad, call, set, request }) => {
        const simulada = query.simular === true
        const omitirConflictos = query.omitirConflictos === true
        const importado = await turnos.pasar(async () => {
          const { bytes, huella } = conHuella(cuerpo.stream(), omitirConflictos)
          const leido = await leerRecuento(bytes)
          const key = headers['idempotency-key']
          const peticion = {
            simulada,
            omitirConflictos,
            ...autorDe(identidad, request),
            clave: key === undefined ? undefined : { clave: key, huella: huella() },
            muestra: muestraFilas,
            previa: query.previa,
          }
          return await importarRecuento(deps, leido, peticion, call)
        })
        if (importado.tipo === 'distinta') return claveDistinta()
        if (importado.tipo === 'rechazada') return rechazoDe(importado.errores)
        if (importado.repetida) set.headers['idempotency-replayed'] = 'true'
        return { simulada, ...importado.resumen }
      },
      {
        acceso: 'personal',
        cuerpoCrudo: cuerpoCsv,
        query: ConsultaImportacion,
        headers: ConIdempotencyKey,
        response: importacion,
        detail: {
          tags,
          summary: 'Importar un recuento de un archivo CSV',
          description:
            `CSV como lo guardan las hojas de cálculo: con coma, punto y coma o tabulador según la cabecera o una línea \`sep=\`, en UTF-8, UTF-16 o Windows-1252, hasta 16 MiB y ${maxFilasCsv} filas. Cada fila nombra un producto por \`sku\` (a la venta) o por \`productoId\`; si trae los dos, deben ser del mismo. \`fisico\` es lo contado: pone la existencia y deja una línea AJUSTE en el libro, con \`motivo\` si lo trae; \`umbralMinimo\`, el umbral. Hace falta una de las dos columnas; una celda vacía deja lo que hay. Las otras columnas de la exportación se admiten y no se leen. Un producto sin inventario lo estrena, y entonces hace falta \`fisico\`. Un recuento por debajo de lo reservado se anota como los demás: su fila dice cuántas unidades reservadas faltan (\`faltan\`), que salen según se cancelen sus pedidos. ` +
            'En una fila exportada, `control` dice qué había entonces. Una celda que sigue igual no pide nada, aunque haya habido ventas. Un recuento es verdad en el momento en que se cuenta, que el archivo no dice: se anota si desde la exportación no se ha movido mercancía de ese producto (reservar no la mueve); si no, es un conflicto de su fila, o se deja como está con `omitirConflictos=true`. Sin `control` se anota lo que la fila dice; con la `previa` que respondió la simulación, solo si haría justo lo que se vio. ' +
            'Todo o nada: si una fila está mal no se escribe ninguna y el 422 dice fila, columna y motivo (las 200 primeras). Con `simular=true` responde lo mismo sin escribir. Un recuento dice lo que había al contar, así que repetirlo más tarde desharía lo que se vendió entretanto: con `Idempotency-Key` la primera respuesta 200 se repite durante 24 h con `Idempotency-Replayed: true`, sin contar otra vez. 503 si no se puede preguntar a productos. Hasta dos importaciones a la vez; otra responde 503 con `Retry-After`.',
        },
      },
    )
    .get(
      '/inventario/exportacion',
      async ({ call, query }) =>
        await respuestaCsv({
          nombre: 'inventario',
          ahora: new Date(deps.clock.epochMs()),
          separador: separadorDe(query.separador),
          columnas: columnasExportadas,
          paginas: celdas(exportarExistencias(deps, call)),
        }),
      {
        acceso: 'personal',
        query: consulta({ separador }),
        response: exportacion,
        detail: {
          tags,
          summary: 'Descargar el inventario en un archivo CSV',
          description:
            'En UTF-8 con marca de orden de bytes, en el orden de los ids de producto, con el SKU y el nombre que da productos (503 si no se le puede preguntar; si deja de responder a mitad, la descarga se corta). Importado sin tocar no cambia nada, ni lo que se haya movido entretanto.',
        },
      },
    )
}

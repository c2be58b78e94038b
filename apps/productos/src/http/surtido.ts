import { appOptions, type service } from '@encargo/service-kit/http/service'
import { claveSku } from '@encargo/service-kit/values/sku'
import { consulta } from '@encargo/service-kit/http/schemas'
import { rechazos } from '@encargo/service-kit/http/problems'
import { AccionImportacion, informeImportacion, NumeroDeFila } from '@encargo/csv/informe'
import type { Celda, Separador } from '@encargo/csv/escribir'
import { ConsultaImportacion, separador, separadorDe } from '@encargo/csv/http/consulta'
import { cuerpoCsv, maxFilasCsv, muestraFilas } from '@encargo/csv/limites'
import { DescargaCsv, respuestaCsv } from '@encargo/csv/descarga'
import { ErroresImportacion } from '@encargo/csv/errores'
import { escribirControl } from '@encargo/csv/control'
import { TurnosImportacion } from '@encargo/csv/turnos'
import { escribirImporte } from '@encargo/service-kit/values/importes'
import { Type } from '@sinclair/typebox'
import { Elysia, status, t } from 'elysia'
import { camposProducto, type Producto } from '../domain/producto.ts'
import { columnasSurtido, type Surtido } from '../domain/surtido.ts'
import { CamposDeProducto } from './schemas.ts'
import { leerSurtido } from './surtido-filas.ts'

interface Deps {
  readonly surtido: Surtido
  readonly now: () => Date
  readonly newId: () => string
}

const ConsultaExportacion = consulta({
  archivados: Type.Optional(t.Boolean({ description: 'También los archivados; si falta, no' })),
  separador,
})

const importacion = {
  200: informeImportacion(
    Type.Object({
      fila: NumeroDeFila,
      sku: Type.String(),
      nombre: Type.String(),
      accion: AccionImportacion,
      campos: Type.Array(Type.String(), { description: 'Los que escribe' }),
      antes: Type.Union([CamposDeProducto, Type.Null()], {
        description: 'Lo que hay en esos campos; null si el producto es nuevo',
      }),
      despues: CamposDeProducto,
    }),
  ),
  ...rechazos('importacion-invalida'),
}
const exportacion = { 200: DescargaCsv, ...rechazos() }

/** How many products are read at a time while a file is written. */
const porTramo = 200

const celdasDe = (producto: Producto, separador: Separador): Celda[] => [
  producto.sku,
  producto.nombre,
  producto.descripcion,
  escribirImporte(producto.precio, producto.moneda, separador === ';' ? ',' : '.'),
  producto.categoria,
  producto.imagenUrl,
  producto.activo,
  Object.keys(producto.atributos).length === 0 ? null : JSON.stringify(producto.atributos),
  escribirControl(producto.id, camposProducto, { ...producto, sku: claveSku(producto.sku) }),
]

async function* paginasDe(
  surtido: Surtido,
  archivados: boolean,
  separador: Separador,
): AsyncGenerator<Celda[][]> {
  let despuesDe: number | null = 0
  while (despuesDe !== null) {
    const { productos, ultimo } = await surtido.recorrer({
      archivados,
      despuesDe,
      limite: porTramo,
    })
    yield productos.map((producto) => celdasDe(producto, separador))
    despuesDe = ultimo
  }
}

const tags = ['gestión del catálogo']

/** The catalogue as a CSV file: staff only. */
export const surtidoRoutes = (base: ReturnType<typeof service>, { surtido, now, newId }: Deps) => {
  const turnos = new TurnosImportacion()
  return new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/productos/importacion',
      async ({ cuerpo, query, identidad }) => {
        const errores = new ErroresImportacion()
        const simulada = query.simular === true
        const importado = await turnos.pasar(async () => {
          const filas = await leerSurtido(cuerpo.stream(), surtido.moneda, errores)
          const autoria = { usuarioId: identidad.id, ahora: now() }
          const omitirConflictos = query.omitirConflictos === true
          const todo = {
            ...autoria,
            filas,
            newId,
            errores,
            muestra: muestraFilas,
            omitirConflictos,
            previa: query.previa,
          }
          // With a wrong row already, the others are still held to the catalogue for theirs.
          return simulada || errores.total > 0 ? surtido.simular(todo) : surtido.importar(todo)
        })
        if (errores.total > 0) return status(422, errores.problema())
        return { simulada, ...importado }
      },
      {
        acceso: 'personal',
        cuerpoCrudo: cuerpoCsv,
        query: ConsultaImportacion,
        response: importacion,
        detail: {
          tags,
          summary: 'Importar productos de un archivo CSV',
          description:
            `CSV como lo guardan las hojas de cálculo: con coma, punto y coma o tabulador según la cabecera o una línea \`sep=\`, en UTF-8, UTF-16 o Windows-1252, hasta 16 MiB y ${maxFilasCsv} filas. Columnas, en cualquier orden: ${columnasSurtido.map((una) => `\`${una}\``).join(', ')}; solo \`sku\` es obligatoria, y otra que no sea de estas se rechaza; en sus nombres no cuentan mayúsculas, acentos ni espacios. El SKU, sin distinguir mayúsculas, dice qué producto es: si no lo hay se crea, y entonces hacen falta \`nombre\` y \`precio\`. Una columna que falta deja lo que hay; una celda vacía vacía lo que puede estar vacío. \`precio\` va en unidades, con punto o coma (\`19.99\`, \`1.500,00\`); los decimales de la moneda dicen qué es \`1.500\`, y lo que se entendió está en la respuesta; \`activo\` es true/false, sí/no o 1/0; \`atributos\`, un objeto JSON. ` +
            'En una fila exportada, `control` dice qué había entonces: una celda que sigue igual no pide nada, aunque el producto haya cambiado, y una que alguien cambió se aplica solo si en la tienda sigue lo que se exportó; si no, es un conflicto de su fila, o se deja como está con `omitirConflictos=true`. Sin `control` se aplica lo que la fila dice; con la `previa` que respondió la simulación, solo si haría justo lo que se vio. ' +
            'Todo o nada: si una fila está mal no se escribe ninguna y el 422 dice fila, columna y motivo (las 200 primeras). Con `simular=true` responde lo mismo sin escribir. Repetirla no cambia nada. Hasta dos importaciones a la vez; otra responde 503 con `Retry-After`.',
        },
      },
    )
    .get(
      '/productos/exportacion',
      async ({ query }) =>
        await respuestaCsv({
          nombre: 'productos',
          ahora: now(),
          columnas: columnasSurtido,
          separador: separadorDe(query.separador),
          paginas: paginasDe(surtido, query.archivados === true, separadorDe(query.separador)),
        }),
      {
        acceso: 'personal',
        query: ConsultaExportacion,
        response: exportacion,
        detail: {
          tags,
          summary: 'Descargar los productos en un archivo CSV',
          description:
            'Las columnas de la importación, en UTF-8 con marca de orden de bytes; importado sin tocar no cambia nada, ni lo que haya cambiado entretanto en la tienda. Lo que una hoja de cálculo tomaría por fórmula lleva un apóstrofo delante, que la importación quita.',
        },
      },
    )
}

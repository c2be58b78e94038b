import { appOptions, type service } from '@encargo/service-kit/http/service'
import { claveSku } from '@encargo/service-kit/values/sku'
import { consulta } from '@encargo/service-kit/http/schemas'
import { rechazos } from '@encargo/service-kit/http/problems'
import { AccionImportacion, informeImportacion, NumeroDeFila } from '@encargo/csv/informe'
import type { Celda, Separador } from '@encargo/csv/escribir'
import { ConsultaImportacion, separador, separadorDe } from '@encargo/csv/http/consulta'
import { cuerpoCsv, maxFilasCsv, muestraFilas } from '@encargo/csv/limites'
import { DescargaCsv, respuestaCsv } from '@encargo/csv/descarga'
import { rechazoDe } from '@encargo/csv/http/rechazo'
import { escribirControl } from '@encargo/csv/control'
import { TurnosImportacion } from '@encargo/csv/http/turnos'
import { escribirImporte } from '@encargo/service-kit/values/importes'
import { Type } from '@sinclair/typebox'
import { Elysia, t } from 'elysia'
import { importarSurtido } from '../app/importacion.ts'
import { camposProducto, type Producto } from '../domain/producto.ts'
import { columnasSurtido } from '../domain/surtido.ts'
import { autoriaDe } from './autoria.ts'
import type { Deps } from './deps.ts'
import { CamposDeProducto } from './schemas.ts'
import { leerSurtido } from './surtido-filas.ts'

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

const celdasDe = (producto: Producto, moneda: string, separador: Separador): Celda[] => [
  producto.sku,
  producto.nombre,
  producto.descripcion,
  escribirImporte(producto.precio, moneda, separador === ';' ? ',' : '.'),
  producto.categoria,
  producto.imagenUrl,
  producto.activo,
  Object.keys(producto.atributos).length === 0 ? null : JSON.stringify(producto.atributos),
  producto.claseImpuesto,
  producto.pesoGramos,
  escribirControl(producto.id, camposProducto, { ...producto, sku: claveSku(producto.sku) }),
]

async function* paginasDe(
  { store, moneda }: Deps,
  archivados: boolean,
  separador: Separador,
): AsyncGenerator<Celda[][]> {
  let despuesDe: number | undefined = 0
  while (despuesDe !== undefined) {
    const { productos, ultimo } = await store.recorrer({ archivados, despuesDe, limite: porTramo })
    yield productos.map((producto) => celdasDe(producto, moneda, separador))
    despuesDe = ultimo
  }
}

const tags = ['gestión del catálogo']

/** The catalogue as a CSV file: staff only. */
export const surtidoRoutes = (base: ReturnType<typeof service>, deps: Deps) => {
  const { store, moneda, clock, uuid } = deps
  const turnos = new TurnosImportacion()
  return new Elysia({ ...appOptions })
    .use(base)
    .post(
      '/productos/importacion',
      async ({ cuerpo, query, identidad, request }) => {
        const simulada = query.simular === true
        const importado = await turnos.pasar(async () => {
          const { filas, errores } = await leerSurtido(cuerpo.stream(), moneda)
          const importacion = {
            ...autoriaDe({ identidad, request }, clock),
            uuid,
            moneda,
            filas,
            muestra: muestraFilas,
            omitirConflictos: query.omitirConflictos === true,
            previa: query.previa,
          }
          return await importarSurtido(store, importacion, { errores, simular: simulada })
        })
        if (importado.tipo === 'rechazada') return rechazoDe(importado.errores)
        return { simulada, ...importado.resumen }
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
            `CSV como lo guardan las hojas de cálculo: con coma, punto y coma o tabulador según la cabecera o una línea \`sep=\`, en UTF-8, UTF-16 o Windows-1252, hasta 16 MiB y ${maxFilasCsv} filas. Columnas, en cualquier orden: ${columnasSurtido.map((una) => `\`${una}\``).join(', ')}; solo \`sku\` es obligatoria, y otra que no sea de estas se rechaza; en sus nombres no cuentan mayúsculas, acentos ni espacios. El SKU, sin distinguir mayúsculas, dice qué producto es: si no lo hay se crea, y entonces hacen falta \`nombre\` y \`precio\`. Una columna que falta deja lo que hay; una celda vacía vacía lo que puede estar vacío. \`precio\` va en unidades, con punto o coma (\`19.99\`, \`1.500,00\`); los decimales de la moneda dicen qué es \`1.500\`, y lo que se entendió está en la respuesta; \`activo\` es true/false, sí/no o 1/0; \`atributos\`, un objeto JSON; \`claseImpuesto\`, un código de los impuestos de la tienda (vacía, \`general\`), y \`pesoGramos\` va en gramos enteros. ` +
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
          ahora: new Date(clock.epochMs()),
          columnas: columnasSurtido,
          separador: separadorDe(query.separador),
          paginas: paginasDe(deps, query.archivados === true, separadorDe(query.separador)),
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

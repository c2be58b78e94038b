import { DescargaCsv, respuestaCsv } from '@encargo/csv/descarga'
import type { Celda } from '@encargo/csv/escribir'
import { separador, separadorDe } from '@encargo/csv/http/consulta'
import { consulta } from '@encargo/service-kit/http/schemas'
import { rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { Deps } from '../app/deps.ts'
import { exportarHechos } from '../app/exportar.ts'
import type { Hecho } from '../domain/hecho.ts'
import { cuartoMs } from '../domain/tramos.ts'
import { columnas, filasDe, type Forma, type Por } from './hechos-filas.ts'
import { DeDias, pedirDias } from './resumen.ts'

const nombres: Readonly<Record<Por, string>> = {
  hecho: 'ventas',
  linea: 'ventas-lineas',
  tasa: 'ventas-impuestos',
}

const ConsultaExportacion = consulta({
  ...DeDias,
  por: Type.Optional(
    Type.Union([Type.Literal('hecho'), Type.Literal('linea'), Type.Literal('tasa')], {
      error: 'debe ser hecho, linea o tasa',
      'x-regla': 'opcion',
      description:
        'Una fila por venta o abono, una por cada línea suya, o una por cada tasa de impuesto; si falta, `hecho`',
    }),
  ),
  separador,
})

async function* filas(
  paginas: AsyncIterable<readonly Hecho[]>,
  por: Por,
  forma: Forma,
): AsyncGenerator<Celda[][]> {
  for await (const hechos of paginas) yield hechos.flatMap((hecho) => filasDe(por, hecho, forma))
}

/** What was sold and owed back, as a file for whoever keeps the books: staff only. */
export const exportacionRoutes = (base: ReturnType<typeof service>, { store, clock }: Deps) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/pedidos/exportacion',
    async ({ query }) => {
      const { zona = 'UTC', por = 'hecho' } = query
      const ahora = clock.epochMs()
      const dias = pedirDias({ desde: query.desde, hasta: query.hasta, zona, ahora })
      const lapso = {
        desde: (dias[0]?.lapso.desde ?? 0) * cuartoMs,
        hasta: (dias.at(-1)?.lapso.hasta ?? 0) * cuartoMs,
      }
      const forma = { separador: separadorDe(query.separador), zona }
      return await respuestaCsv({
        nombre: nombres[por],
        ahora: new Date(ahora),
        separador: forma.separador,
        columnas: columnas[por],
        paginas: filas(exportarHechos(store, lapso), por, forma),
      })
    },
    {
      acceso: 'personal',
      query: ConsultaExportacion,
      response: { 200: DescargaCsv, ...rechazos() },
      detail: {
        tags: ['pedidos'],
        summary: 'Descargar las ventas y los abonos en un archivo CSV',
        description:
          'De los mismos días que `/pedidos/resumen`, con el que coincide: las ventas (cuando se completó el pedido) suman `ingresos`, y los abonos, que van en negativo, `abonado`. En UTF-8 con marca de orden de bytes, en el orden en que ocurrieron; importes con decimales. `por=hecho`: `fecha`, `hora` (en `zona`), `numero`, `hecho` (`venta` o `abono`), `importe`, `base`, `impuesto`, `moneda`, `metodo` (vacío mientras la tienda no anote cobros), `referencia`, a quién se factura, y base e impuesto por tasa. `por=linea`: una fila por línea, y otra por el envío. `por=tasa`: una fila por clase y tasa, envío incluido, con su `importe`, `base` e `impuesto`. Recorre todo el historial: en una tienda de un millón de pedidos tarda segundos.',
      },
    },
  )

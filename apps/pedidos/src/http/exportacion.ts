import { DescargaCsv, respuestaCsv } from '@encargo/csv/descarga'
import type { Celda } from '@encargo/csv/escribir'
import { separador, separadorDe } from '@encargo/csv/http/consulta'
import { consulta } from '@encargo/service-kit/http/schemas'
import { rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { Deps } from '../app/deps.ts'
import { exportarHechos, exportarVentas } from '../app/exportar.ts'
import { cuartoMs } from '../domain/tramos.ts'
import { columnas, filaDe, filasDe, type Forma, type Por } from './hechos-filas.ts'
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
        'Una fila por venta, abono o movimiento de dinero, una por cada línea suya, o una por cada tasa de impuesto; si falta, `hecho`',
    }),
  ),
  separador,
})

async function* filas(
  store: Deps['store'],
  lapso: Parameters<typeof exportarHechos>[1],
  { por, forma }: { readonly por: Por; readonly forma: Forma },
): AsyncGenerator<Celda[][]> {
  if (por === 'hecho') {
    const paginas = exportarHechos(store, lapso)
    for await (const hechos of paginas) yield hechos.map((hecho) => filaDe(hecho, forma))
    return
  }
  const paginas = exportarVentas(store, lapso)
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
        paginas: filas(store, lapso, { por, forma }),
      })
    },
    {
      acceso: 'personal',
      query: ConsultaExportacion,
      response: { 200: DescargaCsv, ...rechazos() },
      detail: {
        tags: ['pedidos'],
        summary: 'Descargar ventas, abonos y dinero en un archivo CSV',
        description:
          'De los mismos días que `/pedidos/resumen`, con el que coincide: las ventas (cuando se completó el pedido) suman `ingresos`, y los abonos, que van en negativo, `abonado`. El dinero que entró o, en negativo, salió, va en una columna aparte, `dinero`, por cuando se movió: las capturas suman `cobrado`, las devoluciones `reembolsado` y los contracargos `disputado`. En UTF-8 con marca de orden de bytes, en el orden en que ocurrieron; importes con decimales. `por=hecho`: `fecha`, `hora` (en `zona`), `numero`, `hecho` (`venta`, `abono`, `captura`, `reembolso`, `reembolso-revertido`, `contracargo` o `contracargo-revertido`), `importe`, `base`, `impuesto`, `moneda`, `metodo` de pago, `referencia` (del dinero, la del proveedor), a quién se factura, y base e impuesto por tasa, y `dinero`. `por=linea`: una fila por línea, y otra por el envío; de un abono que no es de todo el pedido, una por tasa. `por=tasa`: una fila por clase y tasa, envío incluido, con su `importe`, `base` e `impuesto`. Recorre todo el historial: en una tienda de un millón de pedidos tarda segundos.',
      },
    },
  )

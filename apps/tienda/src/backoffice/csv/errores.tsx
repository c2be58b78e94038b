import { useEffect, useRef } from 'react'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useTextosGestion } from '../textos/lenguas.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { ErrorFila, Paso } from './importacion.ts'
import { textosCsv } from './textos.ts'

interface ErroresProps {
  readonly paso: Extract<Paso, { tipo: 'rechazado' }>
  readonly otro: () => void
}

/** What has to be mended in a file, line by line. */
export function ErroresPorFila({ paso: { archivo, total, errores }, otro }: ErroresProps) {
  const t = useTextosGestion(textosCsv)
  const titulo = useRef<HTMLHeadingElement>(null)
  useEffect(() => titulo.current?.focus(), [])
  const columnas: readonly Column<ErrorFila & { readonly clave: string }>[] = [
    {
      key: 'fila',
      head: t.linea,
      main: true,
      cell: ({ fila }) => <span className="whitespace-nowrap">{`${t.linea} ${fila}`}</span>,
    },
    {
      key: 'columna',
      head: t.columnaError,
      cell: ({ columna }) => (columna === null ? <em>{t.todaLaFila}</em> : <code>{columna}</code>),
    },
    {
      key: 'mensaje',
      head: t.mensaje,
      // The services' own words are Spanish.
      cell: ({ mensaje }) => (
        <span lang="es" className="min-w-0 break-words">
          {mensaje}
        </span>
      ),
    },
  ]
  const filas = errores.map((uno, indice) => ({ ...uno, clave: String(indice) }))
  return (
    <>
      <Notice tone="bad">
        <h3 ref={titulo} tabIndex={-1} className="text-lg font-semibold">
          {archivo.nombre}: {t.errores(total)}
        </h3>
        <p>{t.erroresTexto}</p>
      </Notice>
      <DataTable
        caption={t.tablaErrores}
        columns={columnas}
        rows={filas}
        rowKey={({ clave }) => clave}
      />
      {errores.length < total && <p className="text-suave">{t.primeros(errores.length, total)}</p>}
      <Button className="self-start" onClick={otro}>
        {t.otro}
      </Button>
    </>
  )
}

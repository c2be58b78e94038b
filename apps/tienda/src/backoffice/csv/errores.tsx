import { useEffect, useRef } from 'react'
import { useLengua, useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import type { ErrorFila, Importacion, Paso } from './importacion.ts'
import { useReglasDeFila, textoDeFila } from './reglas-fila.ts'
import { useTextosCsv } from './textos.ts'

interface ErroresProps {
  readonly paso: Extract<Paso, { tipo: 'rechazado' }>
  readonly importacion: Importacion
}

/** What has to be mended in a file, line by line. */
export function ErroresPorFila({ paso, importacion }: ErroresProps) {
  const { archivo, total, errores } = paso
  const t = useTextosCsv()
  const soloConflictos = errores.every(({ regla }) => regla === 'conflicto')
  const titulo = useRef<HTMLHeadingElement>(null)
  useEffect(() => titulo.current?.focus(), [])
  const columnas: readonly Column<ErrorFila & { readonly clave: string }>[] = [
    {
      head: t.linea,
      main: true,
      cell: ({ fila }) => <span className="whitespace-nowrap">{`${t.linea} ${fila}`}</span>,
    },
    {
      head: t.columnaError,
      cell: ({ columna }) => (columna === null ? <em>{t.todaLaFila}</em> : <code>{columna}</code>),
    },
    {
      head: t.mensaje,
      cell: (error) => <Dicho error={error} />,
    },
  ]
  const filas = errores.map((uno, indice) => ({ ...uno, clave: String(indice) }))
  return (
    <>
      <Notice tone="bad">
        <h3 ref={titulo} tabIndex={-1} className="text-lg font-semibold">
          {`${archivo.nombre}: ${soloConflictos ? t.conflictos(total) : t.errores(total)}`}
        </h3>
        <p>{soloConflictos ? t.conflictosTexto : t.erroresTexto}</p>
      </Notice>
      <DataTable
        caption={t.tablaErrores}
        columns={columnas}
        rows={filas}
        rowKey={({ clave }) => clave}
      />
      {errores.length < total && <p className="text-suave">{t.primeros(errores.length, total)}</p>}
      <div className="flex flex-wrap gap-3">
        {soloConflictos && (
          <Button onClick={() => importacion.omitirConflictos(archivo)}>
            {t.omitirConflictos}
          </Button>
        )}
        <Button look={soloConflictos ? 'secondary' : 'primary'} onClick={importacion.reiniciar}>
          {t.otro}
        </Button>
      </div>
    </>
  )
}

/** What is wrong with a row, in the reader's language where we have words for it. */
function Dicho({ error }: { readonly error: ErrorFila }) {
  const textos = useTextos()
  const { idioma } = useLengua()
  const propio = textoDeFila(useReglasDeFila(), textos, error)
  return (
    // The services' own words are Spanish.
    <span lang={propio === undefined ? 'es' : idioma} className="min-w-0">
      {propio ?? error.mensaje}
    </span>
  )
}

import type { AnyProblem } from '@encargo/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { problemaDe } from '../../api.ts'
import { type Archivo, leerArchivo, type Reparo } from './archivo.ts'
import { importar, type Informe, type Materia } from './datos.ts'

export type ErrorFila = Extract<AnyProblem, { codigo: 'importacion-invalida' }>['filas'][number]

/** Where one is between choosing a file and having imported it. */
export type Paso =
  | {
      readonly tipo: 'elegir'
      readonly reparo?: { readonly motivo: Reparo; readonly bytes: number }
    }
  | { readonly tipo: 'revisando'; readonly archivo: Archivo; readonly parte: number }
  | { readonly tipo: 'revisado'; readonly archivo: Archivo; readonly informe: Informe }
  | { readonly tipo: 'importando'; readonly archivo: Archivo; readonly parte: number }
  | { readonly tipo: 'hecho'; readonly archivo: Archivo; readonly informe: Informe }
  | {
      readonly tipo: 'rechazado'
      readonly archivo: Archivo
      readonly total: number
      readonly errores: readonly ErrorFila[]
    }
  | {
      readonly tipo: 'fallado'
      readonly archivo: Archivo
      readonly error: unknown
      readonly importando: boolean
    }

const alPrincipio: Paso = { tipo: 'elegir' }

/** Takes a file through its preview into the shop. */
export function useImportacion(materia: Materia) {
  const consultas = useQueryClient()
  const [paso, setPaso] = useState<Paso>(alPrincipio)
  const enCurso = useRef<AbortController>(undefined)
  // A preview that nobody waits for is not worth finishing; an import is.
  useEffect(() => () => enCurso.current?.abort(), [])

  async function enviar(archivo: Archivo, simular: boolean): Promise<void> {
    const fin = new AbortController()
    enCurso.current = simular ? fin : undefined
    const avanzado = (parte: number): Paso =>
      simular ? { tipo: 'revisando', archivo, parte } : { tipo: 'importando', archivo, parte }
    const mostrar = (nuevo: Paso) => {
      if (!fin.signal.aborted) setPaso(nuevo)
    }
    mostrar(avanzado(0))
    try {
      const informe = await importar(materia, {
        archivo,
        simular,
        signal: fin.signal,
        alAvanzar: (parte) => mostrar(avanzado(parte)),
      })
      mostrar({ tipo: simular ? 'revisado' : 'hecho', archivo, informe })
    } catch (error) {
      const problema = problemaDe(error)
      if (problema?.codigo === 'importacion-invalida') {
        const { total, filas } = problema
        // The shop has changed since the preview: what would happen now is another question.
        if (filas.some(({ regla }) => regla === 'previa')) return await enviar(archivo, true)
        mostrar({ tipo: 'rechazado', archivo, total, errores: filas })
      } else mostrar({ tipo: 'fallado', archivo, error, importando: !simular })
    }
    if (simular) return
    for (const clave of ['productos', 'existencias', 'disponibles']) {
      void consultas.invalidateQueries({ queryKey: [clave] })
    }
  }

  return {
    paso,
    async elegir(file: File): Promise<void> {
      const leido = await leerArchivo(file)
      if (typeof leido !== 'string') return await enviar(leido, true)
      setPaso({ tipo: 'elegir', reparo: { motivo: leido, bytes: file.size } })
    },
    importar: (archivo: Archivo, { previa }: Informe) => void enviar({ ...archivo, previa }, false),
    revisar: (archivo: Archivo) => void enviar(archivo, true),
    omitirConflictos: (archivo: Archivo) =>
      void enviar({ ...archivo, omitirConflictos: true }, true),
    reiniciar() {
      enCurso.current?.abort()
      setPaso(alPrincipio)
    },
  }
}

export type Importacion = ReturnType<typeof useImportacion>

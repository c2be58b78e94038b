import { useEffect, useRef } from 'react'
import { useFormato } from '../../textos/formato.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import type { Informe } from './datos.ts'
import type { Importacion, Paso } from './importacion.ts'
import { TablaMuestra } from './muestra.tsx'
import { useTextosCsv } from './textos.ts'

interface InformeProps {
  readonly paso: Extract<Paso, { tipo: 'revisado' | 'hecho' }>
  readonly importacion: Importacion
}

/** What a file would do, with the question whether it shall; or what it did. */
export function InformeVisto({ paso: { tipo, archivo, informe }, importacion }: InformeProps) {
  const t = useTextosCsv()
  const { numero } = useFormato()
  const titulo = useRef<HTMLHeadingElement>(null)
  useEffect(() => titulo.current?.focus(), [])
  const cambian = informe.creados + informe.actualizados
  const hecho = tipo === 'hecho'
  return (
    <>
      <h3 ref={titulo} tabIndex={-1} className="text-lg font-semibold">
        {hecho ? t.hecho(archivo.nombre) : t.previa(archivo.nombre)}
      </h3>
      {!hecho && archivo.previa !== undefined && archivo.previa !== informe.previa && (
        <Notice tone="warning">{t.otraPrevia}</Notice>
      )}
      <Cuentas informe={informe} />
      {!hecho && cambian === 0 && <Notice tone="neutral">{t.nada}</Notice>}
      <div className="flex flex-wrap gap-3">
        {!hecho && cambian > 0 && (
          <Button onClick={() => importacion.importar(archivo, informe)}>
            {t.confirmar(numero(cambian), cambian === 1)}
          </Button>
        )}
        <Button look="secondary" onClick={importacion.reiniciar}>
          {t.otro}
        </Button>
      </div>
      {cambian > 0 && (
        <>
          <TablaMuestra muestra={informe.muestra} />
          {informe.muestra.length < informe.filas && (
            <p className="text-suave">
              {t.muestraDe(numero(informe.muestra.length), numero(informe.filas))}
            </p>
          )}
        </>
      )}
    </>
  )
}

function Cuentas({ informe }: { readonly informe: Informe }) {
  const t = useTextosCsv()
  const { numero } = useFormato()
  const cuentas = [
    { texto: t.filas, cuantas: informe.filas },
    { texto: t.crear, cuantas: informe.creados },
    { texto: t.actualizar, cuantas: informe.actualizados },
    { texto: t.igual, cuantas: informe.sinCambios },
  ]
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {cuentas.map(({ texto, cuantas }) => (
        <div key={texto} className="bg-hundido rounded-xl px-4 py-3">
          <dt className="text-suave text-sm">{texto}</dt>
          <dd className="text-2xl font-semibold cifra">{numero(cuantas)}</dd>
        </div>
      ))}
    </dl>
  )
}

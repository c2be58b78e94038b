import { useEffect, useRef } from 'react'
import { ProgresoDeEnvio } from '../../formularios/progreso.tsx'
import { ZonaArchivo } from '../../formularios/zona-archivo.tsx'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Columnas } from './columnas.tsx'
import { type Materia, maximoBytes } from './datos.ts'
import { ErroresPorFila } from './errores.tsx'
import { type Importacion, type Paso, useImportacion } from './importacion.ts'
import { InformeVisto } from './informe.tsx'
import { useTextosCsv } from './textos.ts'

/** From choosing a file to having imported it. */
export function Importar({ materia }: { readonly materia: Materia }) {
  const t = useTextosCsv()
  const importacion = useImportacion(materia)
  const { paso } = importacion
  return (
    <section aria-labelledby="importar" className="carta flex flex-col gap-4 p-5 sm:p-6">
      <h2 id="importar" className="text-xl font-semibold">
        {t.importar}
      </h2>
      {paso.tipo === 'elegir' ? (
        <>
          <p className="max-w-prose">{t.importarTexto[materia]}</p>
          <Columnas materia={materia} />
          <Eleccion paso={paso} elegir={importacion.elegir} />
        </>
      ) : (
        <Camino paso={paso} importacion={importacion} />
      )}
    </section>
  )
}

interface EleccionProps {
  readonly paso: Extract<Paso, { tipo: 'elegir' }>
  readonly elegir: (archivo: File) => Promise<void>
}

function Eleccion({ paso: { reparo }, elegir }: EleccionProps) {
  const t = useTextosCsv()
  const { tamano } = useFormato()
  const maximo = tamano(maximoBytes)
  return (
    <>
      <div aria-live="assertive" className="empty:hidden">
        {reparo && (
          <Notice tone="bad">
            {reparo.motivo === 'grande' ? t.grande(tamano(reparo.bytes), maximo) : t[reparo.motivo]}
          </Notice>
        )}
      </div>
      <ZonaArchivo
        texto={t.elegir}
        pista={`${t.arrastra(maximo)} ${t.primero}`}
        accept=".csv,text/csv"
        onArchivo={(archivo) => void elegir(archivo)}
      />
    </>
  )
}

interface CaminoProps {
  readonly paso: Exclude<Paso, { tipo: 'elegir' }>
  readonly importacion: Importacion
}

function Camino({ paso, importacion }: CaminoProps) {
  const t = useTextosCsv()
  const { archivo } = paso
  switch (paso.tipo) {
    case 'revisando':
    case 'importando': {
      const llegado = paso.tipo === 'revisando' ? t.revisando : t.guardando
      return (
        <>
          <ProgresoDeEnvio
            enviando={t.subiendo(archivo.nombre)}
            esperando={llegado(archivo.nombre)}
            parte={paso.parte}
          />
          {paso.tipo === 'revisando' && (
            <Button look="secondary" className="self-start" onClick={importacion.reiniciar}>
              {t.cancelar}
            </Button>
          )}
        </>
      )
    }
    case 'revisado':
    case 'hecho':
      return <InformeVisto key={paso.tipo} paso={paso} importacion={importacion} />
    case 'rechazado':
      return <ErroresPorFila paso={paso} importacion={importacion} />
    case 'fallado':
      return <Fallo paso={paso} importacion={importacion} />
  }
}

interface FalloProps {
  readonly paso: Extract<Paso, { tipo: 'fallado' }>
  readonly importacion: Importacion
}

function Fallo({ paso: { archivo, error, importando }, importacion }: FalloProps) {
  const t = useTextosCsv()
  const textos = useTextos()
  const repetir = useRef<HTMLButtonElement>(null)
  useEffect(() => repetir.current?.focus(), [])
  return (
    <>
      <Notice tone="bad" title={t.fallo} urgent>
        <p>{textoDeFallo(textos, error)}</p>
        {importando && <p>{t.falloImportando}</p>}
      </Notice>
      <div className="flex flex-wrap gap-3">
        <Button ref={repetir} onClick={() => importacion.revisar(archivo)}>
          {t.repetir}
        </Button>
        <Button look="secondary" onClick={importacion.reiniciar}>
          {t.otro}
        </Button>
      </div>
    </>
  )
}

import { signoDecimalDe } from '@encargo/service-kit/values/importes'
import { useState } from 'react'
import { useFormato } from '../../textos/formato.ts'
import { useLengua, useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import type { Materia } from './datos.ts'
import { type Descarga, descargar } from './descarga.ts'
import { useTextosCsv } from './textos.ts'

/** What is offered of each, and the address up to how it shall be written. */
const descargas = {
  productos: [
    ['exportarProductos', '/productos/exportacion?'],
    ['exportarArchivados', '/productos/exportacion?archivados=true&'],
  ],
  existencias: [['exportarExistencias', '/inventario/exportacion?']],
} as const

/** Spreadsheets write numbers in their country's way. */
const separadores = ['punto-y-coma', 'coma'] as const
type Separador = (typeof separadores)[number]

export function Exportar({ materia }: { readonly materia: Materia }) {
  const t = useTextosCsv()
  const { region } = useLengua()
  const suyo = signoDecimalDe(region) === ',' ? 'punto-y-coma' : 'coma'
  const [separador, setSeparador] = useState<Separador>(suyo)
  return (
    <section aria-labelledby="exportar" className="carta flex flex-col gap-4 p-5 sm:p-6">
      <h2 id="exportar" className="text-xl font-semibold">
        {t.exportar}
      </h2>
      <p className="max-w-prose">{t.exportarTexto[materia]}</p>
      <Select
        label={t.separador}
        className="max-w-md"
        value={separador}
        onChange={({ target }) =>
          setSeparador(separadores.find((uno) => uno === target.value) ?? suyo)
        }
        options={separadores.map((uno) => [uno, t.separadores[uno]])}
      />
      <div className="flex flex-wrap gap-3">
        {descargas[materia].map(([texto, ruta]) => (
          <BotonExportar
            key={texto}
            texto={t[texto]}
            descarga={{
              servicio: materia === 'productos' ? 'productos' : 'inventario',
              ruta: `${ruta}separador=${separador}`,
              nombre: `${materia}.csv`,
            }}
          />
        ))}
      </div>
    </section>
  )
}

interface BotonProps {
  readonly descarga: Descarga
  readonly texto: string
}

export function BotonExportar({ descarga, texto }: BotonProps) {
  const t = useTextosCsv()
  const textos = useTextos()
  const { tamano } = useFormato()
  const [bytes, setBytes] = useState<number>()
  const empezar = async () => {
    setBytes(0)
    const fin = await descargar(descarga, setBytes)
    setBytes(undefined)
    if (fin.tipo === 'hecha') return toast(t.descargado(fin.nombre))
    const mensaje = fin.tipo === 'cortada' ? t.cortado : textoDeFallo(textos, fin.error)
    toast(mensaje, { tone: 'bad' })
  }
  return (
    <Button look="secondary" busy={bytes !== undefined} onClick={() => void empezar()}>
      {bytes === undefined ? texto : t.descargando(tamano(bytes))}
    </Button>
  )
}

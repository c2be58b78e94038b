import { useState } from 'react'
import { useMedidas } from '../../formularios/medidas.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useTextosGestion } from '../textos/lenguas.ts'
import type { Materia } from './datos.ts'
import { type Descarga, descargar } from './descarga.ts'
import { textosCsv } from './textos.ts'

const descargas = {
  ventas: { servicio: 'productos', ruta: '/productos/exportacion', nombre: 'productos.csv' },
  archivo: {
    servicio: 'productos',
    ruta: '/productos/exportacion?archivados=true',
    nombre: 'productos.csv',
  },
  existencias: {
    servicio: 'inventario',
    ruta: '/inventario/exportacion',
    nombre: 'existencias.csv',
  },
} as const satisfies Record<string, Descarga>

export function Exportar({ materia }: { readonly materia: Materia }) {
  const t = useTextosGestion(textosCsv)
  return (
    <section aria-labelledby="exportar" className="carta flex flex-col gap-4 p-5 sm:p-6">
      <h2 id="exportar" className="text-xl font-semibold">
        {t.exportar}
      </h2>
      <p className="max-w-prose">{t.exportarTexto[materia]}</p>
      <div className="flex flex-wrap gap-3">
        {materia === 'productos' ? (
          <>
            <BotonExportar descarga={descargas.ventas} texto={t.exportarProductos} />
            <BotonExportar descarga={descargas.archivo} texto={t.exportarArchivados} />
          </>
        ) : (
          <BotonExportar descarga={descargas.existencias} texto={t.exportarExistencias} />
        )}
      </div>
    </section>
  )
}

interface BotonProps {
  readonly descarga: Descarga
  readonly texto: string
}

function BotonExportar({ descarga, texto }: BotonProps) {
  const t = useTextosGestion(textosCsv)
  const textos = useTextos()
  const { tamano } = useMedidas()
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

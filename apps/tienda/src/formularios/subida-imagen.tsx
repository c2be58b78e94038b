import { useState } from 'react'
import { Notice } from '../ui/badge.tsx'
import { ProgresoDeEnvio } from './progreso.tsx'
import { ZonaArchivo } from './zona-archivo.tsx'

/** What is sent of a file that somebody chose, or why nothing is. */
export type Preparada =
  | { readonly tipo: 'lista'; readonly archivo: File }
  | { readonly tipo: 'rechazada'; readonly motivo: string }

export const rechazada = (motivo: string): Preparada => ({ tipo: 'rechazada', motivo })

/** What a picture has to be before it is sent, and what to say when it is refused. */
export interface Reparos {
  readonly preparar: (archivo: File) => Promise<Preparada>
  readonly despues: (error: unknown, archivo: File) => string
}

type Subida =
  | { readonly tipo: 'quieta' }
  | { readonly tipo: 'subiendo'; readonly parte: number }
  | { readonly tipo: 'rechazada'; readonly motivo: string }

interface SubidaImagenProps {
  readonly reparos: Reparos
  /** Sends it and shows what became of it. */
  readonly enviar: (archivo: File, alAvanzar: (parte: number) => void) => Promise<void>
  readonly textos: { readonly subiendo: string; readonly comprobando: string }
  readonly texto: string
  readonly pista: string
  readonly accept: string
}

/** Takes a picture, sends it at once, and says how far it is or why it is refused. */
export function SubidaImagen({ reparos, enviar, textos, ...zona }: SubidaImagenProps) {
  const [subida, setSubida] = useState<Subida>({ tipo: 'quieta' })

  async function subir(elegido: File): Promise<void> {
    setSubida({ tipo: 'subiendo', parte: 0 })
    const preparada = await reparos.preparar(elegido)
    if (preparada.tipo === 'rechazada') return setSubida(preparada)
    const { archivo } = preparada
    try {
      await enviar(archivo, (parte) => setSubida({ tipo: 'subiendo', parte }))
      setSubida({ tipo: 'quieta' })
    } catch (error) {
      setSubida({ tipo: 'rechazada', motivo: reparos.despues(error, archivo) })
    }
  }
  return (
    <>
      <ZonaArchivo
        {...zona}
        disabled={subida.tipo === 'subiendo'}
        onArchivo={(archivo) => void subir(archivo)}
      />
      {subida.tipo === 'subiendo' && (
        <ProgresoDeEnvio
          enviando={textos.subiendo}
          esperando={textos.comprobando}
          parte={subida.parte}
        />
      )}
      <div aria-live="assertive" className="empty:hidden">
        {subida.tipo === 'rechazada' && <Notice tone="bad">{subida.motivo}</Notice>}
      </div>
    </>
  )
}

import { useRef, useState } from 'react'
import { Formulario } from '../../formularios/campos.tsx'
import { ErrorDeCampo, porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { Notice } from '../../ui/badge.tsx'
import { Colores } from './colores.tsx'
import { Destacadas } from './destacadas.tsx'
import { type Forma, leerForma } from './forma.ts'
import { horaEn, Identidad } from './identidad.tsx'
import { PalabrasContacto, PalabrasLegales, PalabrasPortada } from './palabras.tsx'
import { useTextosTienda } from './textos.ts'

/** A path of the shop's own, or a whole address; the service looks closer. */
const destino = /^(?:https:\/\/|\/(?!\/))\S*$/

interface HojaProps {
  readonly inicial: Forma
  /** What somebody else saved meanwhile is in it. */
  readonly cruzada: boolean
  readonly guardar: (forma: Forma) => Promise<void>
  readonly alEscribir: (forma: Forma) => void
}

/** The form of the shop. */
export function Hoja({ inicial, cruzada, guardar, alEscribir }: HojaProps) {
  const t = useTextosTienda()
  const [destacadas, setDestacadas] = useState(inicial.categoriasDestacadas)
  const caja = useRef<HTMLDivElement>(null)
  /** @throws ErrorDeCampo for what only reading all of it can tell */
  function leer(datos: FormData): Forma {
    const forma = leerForma(datos, destacadas)
    const { enlace } = forma.portada
    if (horaEn(forma.zonaHoraria, 'es') === undefined)
      throw new ErrorDeCampo('zonaHoraria', t.zonaMal)
    if (enlace?.texto === '') throw new ErrorDeCampo('enlaceTexto', t.enlaceIncompleto)
    if (enlace?.destino === '') throw new ErrorDeCampo('destino', t.enlaceIncompleto)
    if (enlace && !destino.test(enlace.destino)) throw new ErrorDeCampo('destino', t.destinoMal)
    return forma
  }
  const formulario = useFormulario({
    enviar: (datos) => guardar(leer(datos)),
    explicar: porCodigo({ prohibido: { mensaje: t.yaNoAdmin } }),
  })
  const escrita = (elegidas = destacadas) => {
    const formulario = caja.current?.querySelector('form')
    if (formulario) alEscribir(leerForma(new FormData(formulario), elegidas))
  }
  return (
    <div ref={caja} className="min-w-0">
      <div role="status" className="mb-5 empty:hidden">
        {cruzada && <Notice tone="warning">{t.cruce}</Notice>}
      </div>
      <Formulario
        de={formulario}
        boton={t.guardar}
        autoFocus={cruzada}
        className="gap-5"
        onChange={() => escrita()}
      >
        <Identidad inicial={inicial} />
        <Colores inicial={inicial.colores} />
        <PalabrasPortada inicial={inicial} />
        <Destacadas
          elegidas={destacadas}
          onChange={(elegidas) => {
            setDestacadas(elegidas)
            escrita(elegidas)
          }}
        />
        <PalabrasContacto inicial={inicial} />
        <PalabrasLegales inicial={inicial} />
      </Formulario>
    </div>
  )
}

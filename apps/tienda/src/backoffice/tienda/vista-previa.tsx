import type { Cara } from '../../cara/cara.ts'
import { comoVariables, deLaCasa, derivar, type Tema } from '../../cara/paleta.ts'
import { Portada } from '../../cara/portada.tsx'
import { Marca } from '../../marco/marca.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { useTextosTienda } from './textos.ts'

interface VistaProps {
  readonly cara: Cara
}

/** The shop as it will be, in both themes. Only for the eye, so nothing in it can be pressed. */
export function VistaPrevia({ cara }: VistaProps) {
  const t = useTextosTienda()
  return (
    <section aria-label={t.vista} className="flex flex-col gap-4">
      <h2 className="text-lg font-semibold">{t.vista}</h2>
      <EnTema tema="claro" cara={cara} />
      <EnTema tema="oscuro" cara={cara} />
    </section>
  )
}

function EnTema({ cara, tema }: VistaProps & { readonly tema: Tema }) {
  const t = useTextosTienda()
  const paleta = { ...deLaCasa[tema], ...derivar(cara.colores)[tema] }
  return (
    <figure>
      <figcaption className="text-suave mb-1.5 text-sm">{t.temas[tema]}</figcaption>
      <div
        inert
        className="bg-fondo text-tinta border-linea @container overflow-hidden rounded-2xl border"
        style={comoVariables(paleta)}
      >
        <div className="border-linea border-b px-3 py-2">
          <Marca cara={cara} />
        </div>
        <div className="flex flex-col gap-3 p-3">
          <Portada {...cara} angosta />
          <p className="flex flex-wrap items-center gap-4">
            <span className={buttonClass('primary', 'small')}>{t.boton}</span>
            <span className="text-acento font-medium underline underline-offset-4">
              {t.enlaceMuestra}
            </span>
          </p>
        </div>
      </div>
    </figure>
  )
}

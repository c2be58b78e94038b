import { useRouter } from '@tanstack/react-router'
import { buttonClass } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { isPlainClick } from '../ui/plain-click.ts'
import { type Cara, medidasDe } from './cara.ts'

interface PortadaProps extends Pick<Cara, 'portada' | 'idioma'> {
  /** In a narrow place: words and picture below each other, however wide the window is. */
  readonly angosta?: boolean
  readonly className?: string
}

/** The banner of the front page. No text stands on the picture, so it can be read whatever that shows. */
export function Portada({ portada, idioma, angosta = false, className }: PortadaProps) {
  const { titulo, texto, imagen, enlace } = portada
  const dice = titulo !== null || texto !== null || enlace !== null
  if (!dice && imagen === null) return null
  return (
    <section
      lang={idioma}
      className={classNames(
        'bg-acento-tenue grid overflow-hidden rounded-3xl',
        dice && imagen !== null && !angosta && 'md:grid-cols-2',
        className,
      )}
    >
      {dice && (
        <div className="flex min-w-0 flex-col items-start justify-center gap-4 p-6 sm:p-8">
          {titulo !== null && (
            <h2 className="text-2xl font-semibold tracking-tight lg:text-3xl">{titulo}</h2>
          )}
          {texto !== null && <p className="max-w-prose whitespace-pre-line">{texto}</p>}
          {enlace && <Enlace {...enlace} />}
        </div>
      )}
      {imagen && (
        <img
          src={imagen.url}
          alt=""
          {...medidasDe(imagen)}
          className={classNames(
            'size-full min-h-40 object-cover',
            dice ? 'max-md:max-h-56 max-md:order-first md:max-h-96' : 'max-h-80',
          )}
        />
      )}
    </section>
  )
}

/** To a page of the shop's own without loading everything anew, or to somewhere else. */
function Enlace({ texto, destino }: NonNullable<Cara['portada']['enlace']>) {
  const router = useRouter()
  return (
    <a
      href={destino}
      className={buttonClass('primary', 'large')}
      onClick={(event) => {
        if (!destino.startsWith('/') || !isPlainClick(event)) return
        event.preventDefault()
        router.history.push(destino)
      }}
    >
      {texto}
    </a>
  )
}

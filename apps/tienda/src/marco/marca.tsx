import { type Cara, medidasDe } from '../cara/cara.ts'
import { claseLogo } from '../cara/clase-logo.ts'
import { useTextos } from '../textos/idioma.ts'
import { classNames } from '../ui/class-names.ts'
import { BasketIcon } from '../ui/icons.tsx'

/**
 * What the shop is known by. Where there is little room, its name goes before our own
 * mark; where there is hardly any, the mark alone is left.
 */
export function Marca({ cara: { logo, nombre } }: { readonly cara: Cara }) {
  const { marca } = useTextos()
  if (logo) {
    return <img src={logo.url} alt={nombre ?? marca} {...medidasDe(logo)} className={claseLogo} />
  }
  return (
    <span className="flex min-w-0 items-center gap-2.5 text-xl font-bold tracking-tight">
      <span
        className={classNames(
          'bg-acento text-sobre-acento flex size-9 shrink-0 print:hidden items-center justify-center rounded-xl',
          nombre !== null && 'max-sm:@min-[5rem]:hidden',
        )}
      >
        <BasketIcon />
      </span>
      <span
        className={
          nombre === null
            ? 'max-sm:not-print:sr-only'
            : '@max-[5rem]:not-print:sr-only line-clamp-2 min-w-0 max-sm:text-sm max-sm:leading-tight'
        }
      >
        {nombre ?? marca}
      </span>
    </span>
  )
}

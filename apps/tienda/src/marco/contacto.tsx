import { useCara } from '../cara/de-la-pagina.ts'
import { classNames } from '../ui/class-names.ts'

const enlace = 'hover:text-tinta underline-offset-4 hover:underline'

/** How the shop can be reached, as far as it says so; also on paper. */
export function Contacto({ className }: { readonly className?: string }) {
  const { contacto, idioma } = useCara()
  const { email, telefono, direccion, horario } = contacto
  if ([email, telefono, direccion, horario].every((uno) => uno === null)) return null
  return (
    <address lang={idioma} className={classNames('text-sm not-italic', className)}>
      {direccion !== null && <span className="whitespace-pre-line">{direccion}</span>}
      {telefono !== null && (
        <a href={`tel:${telefono.replace(/[^+\d]/g, '')}`} className={enlace}>
          {telefono}
        </a>
      )}
      {email !== null && (
        <a href={`mailto:${email}`} className={enlace}>
          {email}
        </a>
      )}
      {horario !== null && <span className="whitespace-pre-line">{horario}</span>}
    </address>
  )
}

import { useQuery } from '@tanstack/react-query'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import { opcionesTienda } from '../../datos/tienda.ts'
import { NoExiste } from '../../marco/no-existe.tsx'
import { EnCamino } from '../../sesion/con-sesion.tsx'
import { useTextos } from '../../textos/idioma.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'

export const TerminosPage = () => <Legal cual="terminos" />
export const PrivacidadPage = () => <Legal cual="privacidad" />

/** A text of the shop's own, in paragraphs; a shop that has none has no such page. */
function Legal({ cual }: { readonly cual: 'terminos' | 'privacidad' }) {
  const t = useTextos()
  const consulta = useQuery({ ...opcionesTienda(), ...insistente })
  return (
    <Loaded query={consulta} error={motivoDe(consulta)} alone waiting={<EnCamino />}>
      {({ [cual]: texto, idioma }) => {
        if (texto === null) return <NoExiste />
        return (
          <Page title={t.legal[cual]}>
            <div lang={idioma} className="flex max-w-prose flex-col gap-4 leading-relaxed">
              {texto.split(/\n\s*\n/).map((parrafo) => (
                <p key={parrafo} className="whitespace-pre-line">
                  {parrafo}
                </p>
              ))}
            </div>
          </Page>
        )
      }}
    </Loaded>
  )
}

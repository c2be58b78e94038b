import { Link } from '@tanstack/react-router'
import { useTextos } from '../textos/idioma.ts'
import { buttonClass } from '../ui/button.tsx'
import { Illustration } from '../ui/illustration.tsx'
import { Empty, Page } from '../ui/page.tsx'

export function NoExiste() {
  const t = useTextos()
  return (
    <Page title={t.noExiste.titulo} ownHeading>
      <Empty
        alone
        title={t.noExiste.titulo}
        text={t.noExiste.texto}
        picture={<Illustration family="hogar" seed="no existe" />}
      >
        <Link to="/" className={buttonClass('secondary')}>
          {t.noExiste.volver}
        </Link>
      </Empty>
    </Page>
  )
}

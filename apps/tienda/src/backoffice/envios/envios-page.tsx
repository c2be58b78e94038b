import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Notice } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/page.tsx'
import { useEsAdmin } from '../personal.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { opcionesMetodos } from './datos.ts'
import { ListaMetodos } from './lista.tsx'
import { nuevo } from './nuevo.ts'
import { useTextosEnvios } from './textos.ts'

/** How orders get to their customers. */
export function EnviosPage() {
  const t = useTextosEnvios()
  const consulta = useQuery(opcionesMetodos())
  const esAdmin = useEsAdmin()
  const anadir = (
    <Link to="/gestion/envios/$codigo" params={{ codigo: nuevo }} className={buttonClass()}>
      {t.nuevo}
    </Link>
  )
  return (
    <>
      <PageHead title={t.titulo} lead={t.explica} actions={esAdmin && anadir} />
      <Loaded query={consulta} waiting={<LoadingRows />}>
        {(metodos) =>
          metodos.length === 0 ? (
            <Empty title={t.vacio} text={t.vacioTexto} />
          ) : (
            <ListaMetodos metodos={metodos} conCambios={esAdmin} />
          )
        }
      </Loaded>
      {!esAdmin && (
        <div className="mt-5">
          <Notice tone="neutral">{t.soloAdmin}</Notice>
        </div>
      )}
    </>
  )
}

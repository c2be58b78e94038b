import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Notice } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Empty } from '../../ui/page.tsx'
import { type MetodosPago, opcionesMetodosPago } from '../cobros/datos.ts'
import { nuevo } from '../envios/nuevo.ts'
import { useEsAdmin } from '../personal.ts'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ListaMetodosPago } from './lista.tsx'
import { Proveedores } from './proveedores.tsx'
import { useTextosMetodosPago } from './textos.ts'

/** How the shop is paid. */
export function MetodosPagoPage() {
  const t = useTextosMetodosPago()
  const consulta = useQuery(opcionesMetodosPago())
  const esAdmin = useEsAdmin()
  const anadir = (
    <Link to="/gestion/metodos-pago/$codigo" params={{ codigo: nuevo }} className={buttonClass()}>
      {t.nuevo}
    </Link>
  )
  return (
    <>
      <PageHead title={t.titulo} lead={t.explica} actions={esAdmin && anadir} />
      <Loaded query={consulta} waiting={<LoadingRows />}>
        {(metodos) => <Metodos metodos={metodos} conCambios={esAdmin} />}
      </Loaded>
      {!esAdmin && (
        <div className="mt-5">
          <Notice tone="neutral">{t.soloAdmin}</Notice>
        </div>
      )}
    </>
  )
}

interface MetodosProps {
  readonly metodos: MetodosPago
  readonly conCambios: boolean
}

function Metodos({ metodos: { datos, proveedores }, conCambios }: MetodosProps) {
  const t = useTextosMetodosPago()
  if (proveedores.length === 0) return <Notice tone="neutral">{t.sinServicio}</Notice>
  return (
    <>
      {datos.length === 0 ? (
        <Empty title={t.vacio} text={t.vacioTexto} />
      ) : (
        <ListaMetodosPago metodos={datos} conCambios={conCambios} />
      )}
      <Proveedores proveedores={proveedores} />
    </>
  )
}

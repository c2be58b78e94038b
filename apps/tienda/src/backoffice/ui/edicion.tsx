import { Fragment, type ReactNode } from 'react'
import { Notice } from '../../ui/badge.tsx'
import { toast } from '../../ui/toast.tsx'
import { type Encuentro, useEncuentro } from '../datos/encuentro.ts'
import { useTextosGuardar } from '../textos/guardar.ts'
import { useSinGuardar } from './sin-guardar.tsx'

interface Hoja<F> {
  readonly inicial: F
  /** It begins anew: one comes to it from somewhere else on the page. */
  readonly conFoco: boolean
  readonly alEscribir: () => void
  readonly guardar: (mia: F) => Promise<void>
}

interface EdicionProps<F extends object> extends Encuentro<F> {
  /** What its fields are called, to tell which of them somebody else changed. */
  readonly campos: Readonly<Partial<Record<string, string>>>
  readonly guardado: (mia: F) => string
  /** The form, from what it begins with. */
  readonly children: (hoja: Hoja<F>) => ReactNode
}

/** The form of something that several people edit. */
export function Edicion<F extends object>(props: EdicionProps<F>) {
  const { campos, guardado, children, ...encuentro } = props
  const t = useTextosGuardar()
  const { alEscribir, alGuardar, pregunta } = useSinGuardar()
  const { inicial, guardar } = useEncuentro(encuentro)
  const { forma, vez, ajenos } = inicial
  const hoja: Hoja<F> = {
    inicial: forma,
    conFoco: vez > 0,
    alEscribir,
    async guardar(mia) {
      const como = await guardar(mia)
      if (como === 'cruzado') return
      alGuardar()
      toast(como === 'guardado' ? guardado(mia) : t.nadaCambio)
    },
  }
  const dichos = ajenos.map((campo) => campos[campo] ?? campo).join(', ')
  return (
    <div>
      {pregunta}
      {/* Always there, so that it is read out. */}
      <div role="status" className="mb-5 empty:hidden">
        {vez > 0 && <Notice tone="warning">{t.cruce(dichos)}</Notice>}
      </div>
      <Fragment key={vez}>{children(hoja)}</Fragment>
    </div>
  )
}

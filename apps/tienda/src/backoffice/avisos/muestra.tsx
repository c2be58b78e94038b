import { useQuery } from '@tanstack/react-query'
import { useLengua } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { LoadingRows } from '../ui/cursor-list.tsx'
import { opcionesMuestra, type TipoAviso } from './datos.ts'
import { useTextosAvisos } from './textos.ts'

interface MuestraProps {
  /** Undefined: none is shown. */
  readonly tipo: TipoAviso | undefined
  readonly alCerrar: () => void
}

/** A mail as it would go out now, in the reader's language. */
export function Muestra({ tipo, alCerrar }: MuestraProps) {
  const t = useTextosAvisos()
  const { idioma } = useLengua()
  const consulta = useQuery(opcionesMuestra(tipo, idioma))
  return (
    <Dialog
      open={tipo !== undefined}
      onOpenChange={alCerrar}
      title={tipo === undefined ? '' : t.muestra(t.tipos[tipo])}
    >
      <Loaded query={consulta} waiting={<LoadingRows rows={3} />}>
        {({ asunto, texto, reparos }) => (
          <div className="flex flex-col gap-3">
            {reparos.length > 0 && (
              <Notice tone="warning" title={t.reparos}>
                {reparos.join(' ')}
              </Notice>
            )}
            <p>
              <span className="text-suave text-sm">{`${t.asunto}: `}</span>
              <span className="font-medium">{asunto}</span>
            </p>
            <p className="bg-hundido rounded-xl p-4 text-sm wrap-anywhere whitespace-pre-line">
              {texto}
            </p>
          </div>
        )}
      </Loaded>
    </Dialog>
  )
}
